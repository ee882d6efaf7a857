/** Shell scripts: what they install, or download and run. */

export type { ShellMemory, ShellOptions } from './analyze.ts';
export { analyzeShell, newShellMemory, setFolder, setVariables } from './analyze.ts';
export { limitInstalls, MAX_INSTALLS } from './limits.ts';
export type { PowershellFinding } from './powershell.ts';
export { analyzePowershell, analyzePrompt } from './powershell.ts';
export { isAnyShellScript, isParsedShell, isShellScript } from './script-files.ts';
export { packagesOfCode } from './truth/managers-more.ts';
export type * from './types.ts';
export type { StepScript } from './workflow-script.ts';
export { analyzeWorkflowScript } from './workflow-script.ts';
