/** Shell scripts: what they install, or download and run. */

export type { ShellOptions } from './analyze.ts';
export { analyzeShell } from './analyze.ts';
export { isAnyShellScript, isParsedShell, isShellScript } from './script-files.ts';
export type * from './types.ts';
export type { StepScript } from './workflow-script.ts';
export { analyzeWorkflowScript } from './workflow-script.ts';
