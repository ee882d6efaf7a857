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
export { findPublishers, type Publisher } from './packaging.ts';
export { findGrants, type Grant } from './permissions.ts';
export { type AnalysisKind, type AnalysisUse, findAnalyses } from './sast.ts';
export { actual, type Surroundings } from './surroundings.ts';
export type { Via } from './untrusted.ts';
