export { type ArtifactUse, findArtifactUses } from './artifacts.ts';
export { type Checkout, findCheckouts } from './checkout.ts';
export {
  findInheritedSecrets,
  findOwnRunners,
  findPersistedCredentials,
  findPoisonedCaches,
  type Place,
} from './further.ts';
export type { Gate } from './gates.ts';
export { findInjections, type Injection, type Verdict } from './injection.ts';
export { findPublishers, type Publisher, scriptPublisher, taskPublisher } from './packaging.ts';
export { findGrants, findWritingJobs, type Grant, type WritingJob } from './permissions.ts';
export { type AnalysisKind, type AnalysisUse, findAnalyses, scriptTools, taskTool } from './sast.ts';
export { actual, type Surroundings } from './surroundings.ts';
export { parseTaskFile, type TaskFile, taskRunnerOf } from './task-files.ts';
export { shellInputs, type Via } from './untrusted.ts';
