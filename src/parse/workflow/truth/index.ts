export { type Checkout, findCheckouts } from './checkout.ts';
export type { Gate } from './gates.ts';
export { findInjections, type Injection, type Verdict } from './injection.ts';
export { findGrants, type Grant } from './permissions.ts';
export { actual, type Surroundings } from './taint.ts';
export type { Via } from './untrusted.ts';
