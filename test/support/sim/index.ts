/** The one door of the GitHub simulator. */
export { type FaultKindInfo, faultKinds } from './faults/engine.ts';
export { faultsFor } from './faults/forRequest.ts';
export type { FaultKind, FaultRule } from './faults/types.ts';
export type { Reply } from './http/exchange.ts';
export type { RequestRecord, Summary } from './http/log.ts';
export { type Simulator, type SimulatorOptions, startSimulator, type Tap } from './simulator.ts';
export type { ScenarioInfo } from './views.ts';
