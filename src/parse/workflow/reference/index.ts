export { type CheckoutHit, findReferenceCheckouts } from './checkout.ts';
export { validatesGradleWrapper } from './gradle.ts';
export {
  findReferenceInjections,
  type InjectionHit,
  type InjectionScan,
  isDangerousExpression,
  MAX_INJECTIONS,
} from './injection.ts';
export type { JobMatch } from './job-rules.ts';
export { findGitlabPackaging, findReferencePackaging } from './packaging.ts';
export { type PermissionEntry, type PermissionLevel, readReferencePermissions } from './permissions.ts';
export { findReferenceScripts, type RunnerError, type ScriptScan, type ShellScript } from './runner.ts';
export { findReferenceSast, SAST_TOOLS, type SastTool, type SastUse } from './sast.ts';
export { type ActionReference, findReferenceUses, isReferencePinned } from './uses.ts';
