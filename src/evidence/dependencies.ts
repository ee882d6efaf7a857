/**
 * Everything the repository's automation takes from elsewhere: actions, images, downloads and packages, from
 * workflows, Dockerfiles and scripts, in the reference's order (file-checks 8.1).
 */
import { derive } from '../core/index.ts';
import type { ImageRecord } from '../parse/dockerfile/index.ts';
import { type InstallRecord, MAX_INSTALLS, type ShellParseError } from '../parse/shell/index.ts';
import {
  type Action,
  asRun,
  findReferenceScripts,
  findReferenceUses,
  type Step,
  scriptLanguage,
  type Workflow,
} from '../parse/workflow/index.ts';
import { ciDependencies, ciFiles } from './ciFiles.ts';
import { compositeActions } from './compositeActions.ts';
import { type DockerfileEvidence, dockerfiles } from './dockerfiles.ts';
import { type PinningPaths, pinningFiles, settle } from './pinningFiles.ts';
import { type ShellScriptEvidence, shellScripts } from './shellScripts.ts';
import {
  actionDependencies,
  actionDependency,
  analyzeStep,
  furtherScripts,
  inputScripts,
  JobMemories,
  stepDependencies,
  workflowExtras,
} from './workflowDependencies.ts';
import { workflows } from './workflows.ts';

/** What the reference says of one dependency; its lines carry its quirks. */
export interface ReferencePin {
  readonly pinned: boolean;
  readonly startLine: number;
  readonly endLine: number;
}

/** What is true of one dependency. */
export interface TruePin {
  readonly verdict: 'unpinned' | 'pinned' | 'not-a-download';
  readonly why: string;
}

export interface Dependency {
  /** The reference's type strings, and further ones. */
  readonly type: string;
  readonly path: string;
  /** Where it stands. */
  readonly startLine: number;
  readonly endLine: number;
  readonly snippet: string;
  readonly name?: string;
  readonly pinnedAt?: string;
  /** Of container images: the whole reference, arguments replaced. */
  readonly image?: string;
  /** Of actions. */
  readonly owner?: 'GitHub-owned' | 'third-party';
  /** Of actions: `first-party`, `third-party` or `docker`, then `reusable` and `composite` where they apply. */
  readonly class?: string;
  /** Absent: the reference does not report it. */
  readonly reference?: ReferencePin;
  /** Absent: only the reference sees it so, e.g. an alias that it does not follow. */
  readonly truth?: TruePin;
}

/** Something that could not be read. */
export interface Unreadable {
  readonly path: string;
  readonly startLine: number;
  /** Absent for a runner that cannot be told. */
  readonly endLine?: number;
  readonly snippet: string;
  readonly message: string;
  /** The reference ends the whole check here. */
  readonly fatal?: boolean;
}

export interface Dependencies {
  readonly list: readonly Dependency[];
  readonly unreadable: readonly Unreadable[];
}

interface Found {
  readonly files: PinningPaths;
  readonly list: Dependency[];
  readonly unreadable: Unreadable[];
}

export const dependencies = derive({
  id: 'dependencies',
  version: 1,
  needs: { workflows, dockerfiles, shellScripts, compositeActions, ciFiles, pinningFiles },
  derive: ({
    workflows,
    dockerfiles,
    shellScripts,
    compositeActions,
    ciFiles,
    pinningFiles,
  }): Dependencies => {
    const found: Found = { files: pinningFiles, list: [], unreadable: [] };
    const readable = workflows.filter((workflow) => noteBroken(workflow, found) && workflow.hasCommands);
    for (const workflow of readable) addUses(workflow, found);
    for (const file of dockerfiles) addImages(file, found);
    for (const file of dockerfiles) addDockerfileInstalls(file, found);
    addScripts(shellScripts, found);
    for (const workflow of readable) addWorkflowScripts(workflow, compositeActions, found);
    for (const workflow of readable) add(workflowExtras(asRun(workflow)), found);
    for (const action of compositeActions) add(actionDependencies(action, pinningFiles), found);
    for (const file of ciFiles) add(ciDependencies(file, pinningFiles), found);
    return limited(found);
  },
});

/** Dependencies of one repository that are judged: tens of times what the largest have. */
const MAX_DEPENDENCIES = 50_000;

function limited({ list, unreadable }: Found): Dependencies {
  const first = list[MAX_DEPENDENCIES];
  if (first === undefined) return { list, unreadable };
  const { path, startLine } = first;
  const message = `more than ${MAX_DEPENDENCIES} dependencies in all; what follows is not looked at`;
  return {
    list: list.slice(0, MAX_DEPENDENCIES),
    unreadable: [...unreadable, { path, ...lines(startLine), snippet: '', message }],
  };
}

function add(more: readonly Dependency[], { list }: Found): void {
  for (const one of more) list.push(one);
}

function noteBroken({ path, error, hasCommands }: Workflow, found: Found): boolean {
  if (error === undefined) return true;
  if (hasCommands)
    found.unreadable.push({ path, ...lines(error.line), snippet: '', message: error.message, fatal: true });
  return false;
}

const lines = (line: number) => ({ startLine: line, endLine: line });

function addUses(workflow: Workflow, { list }: Found): void {
  const { path } = workflow;
  // Only the folder's own spelling is looked at here (file-checks 1.6).
  const seen = path.startsWith('.github/workflows/');
  for (const use of findReferenceUses(workflow)) {
    list.push({
      ...actionDependency(path, { value: use.snippet, line: use.line }),
      ...(seen ? { reference: { pinned: use.pinned, ...lines(use.line) } } : {}),
      ...(workflow.expanded === undefined ? {} : { truth: undefined }),
    });
  }
  if (workflow.expanded !== undefined) {
    for (const use of findReferenceUses(workflow.expanded))
      list.push(actionDependency(path, { value: use.snippet, line: use.line }));
  }
}

function addImages(file: DockerfileEvidence, { list, unreadable }: Found): void {
  if (file.imageError && !file.template) {
    unreadable.push({
      path: file.path,
      ...lines(file.imageError.line),
      snippet: '',
      message: file.imageError.message,
      fatal: !file.containerfile,
    });
  }
  const known = !file.template && !file.containerfile;
  for (const image of file.images) list.push(imageDependency(file.path, image, known));
}

function imageDependency(path: string, image: ImageRecord, known: boolean): Dependency {
  const { startLine, endLine, snippet, name, pinnedAt, reference, truth } = image;
  return {
    type: 'containerImage',
    path,
    startLine,
    endLine,
    snippet,
    name,
    ...(pinnedAt === undefined ? {} : { pinnedAt }),
    ...(reference && known ? { reference: { pinned: reference.pinned, startLine, endLine } } : {}),
    image: truth.image,
    truth: { verdict: truth.verdict, why: truth.why },
  };
}

function addDockerfileInstalls(file: DockerfileEvidence, found: Found): void {
  const { path, scriptError } = file;
  if (scriptError) {
    found.unreadable.push({
      path,
      ...lines(scriptError.line),
      snippet: '',
      message: scriptError.message,
      fatal: !file.containerfile,
    });
  }
  addInstalls(path, file.installs, !file.containerfile, found);
  addUnreadable(path, file.unreadable, found);
}

function addScripts(scripts: readonly ShellScriptEvidence[], found: Found): void {
  let known = true;
  for (const script of scripts) {
    addInstalls(script.path, script.installs, known, found);
    if (known) addUnreadable(script.path, script.unreadable, found);
    if (script.abort !== undefined) known = false;
  }
}

function addWorkflowScripts(workflow: Workflow, actions: readonly Action[], found: Found): void {
  const { path } = workflow;
  const { scripts, errors } = findReferenceScripts(workflow);
  for (const { job, line, snippet } of errors) {
    found.unreadable.push({
      path,
      startLine: line,
      snippet,
      message: `the operating system of job ${job} cannot be told`,
    });
  }
  const seen = new Set<Step>();
  const byId = new Map(workflow.jobs.map((job) => [job.id, job]));
  // Aliases are followed by the runner, not by the reference: then each view reads its own.
  const views = workflow.expanded === undefined ? 'both' : 'reference';
  const memories = new JobMemories(asRun(workflow));
  const before = found.list.length;
  for (const { job, step } of scripts) {
    const one = byId.get(job)!.steps[step]!;
    seen.add(one);
    const owner = byId.get(job)!;
    const isPowershell = scriptLanguage(one, owner, workflow.defaults) === 'powershell';
    const { records, errors: failures } = analyzeStep(
      one,
      memories.of(owner),
      isPowershell ? 'reference' : views,
    );
    if (isPowershell && views === 'both')
      found.list.push(...stepDependencies(path, one, 'powershell', memories.of(owner), found.files));
    addInstalls(path, records, true, found);
    addUnreadable(path, failures, found);
    if (found.list.length - before <= MAX_INSTALLS) continue;
    const message = `more than ${MAX_INSTALLS} downloads; what follows is not looked at`;
    found.unreadable.push({ path, ...lines(one.line), snippet: '', message });
    return;
  }
  add(furtherScripts(asRun(workflow), seen, memories, found.files), found);
  add(inputScripts(asRun(workflow), actions, memories, found.files), found);
}

function addInstalls(
  path: string,
  records: readonly InstallRecord[],
  known: boolean,
  { list, files }: Found,
): void {
  for (const { type, text, reference, truth, startLine, endLine } of records) {
    list.push({
      type,
      path,
      startLine,
      endLine,
      snippet: text,
      ...(reference && known ? { reference } : {}),
      ...(truth ? { truth: settle(truth, files) } : {}),
    });
  }
}

function addUnreadable(path: string, errors: readonly ShellParseError[], { unreadable }: Found): void {
  for (const { message, startLine, endLine, script } of errors) {
    unreadable.push({ path, startLine, endLine, snippet: script, message });
  }
}
