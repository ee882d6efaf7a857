/** What workflows and actions fetch, beyond what the reference looks at: containers, services, PowerShell, composite actions. */
import {
  analyzePowershell,
  analyzeWorkflowScript,
  type InstallRecord,
  newShellMemory,
  type ShellAnalysis,
  type ShellMemory,
  type ShellOptions,
} from '../parse/shell/index.ts';
import {
  type Action,
  type Container,
  imageVerdict,
  type Job,
  jobImageVerdict,
  type PinVerdict,
  type ScriptLanguage,
  type Step,
  scriptLanguage,
  type Text,
  usesVerdict,
  type Workflow,
} from '../parse/workflow/index.ts';
import type { Dependency } from './dependencies.ts';
import { type PinningPaths, settle } from './pinningFiles.ts';

const lines = (line: number) => ({ startLine: line, endLine: line });

/** One `uses`, as it is. */
export function actionDependency(path: string, uses: Pick<Text, 'value' | 'line'>): Dependency {
  const { value, line } = uses;
  const at = value.indexOf('@');
  return {
    type: 'GitHubAction',
    path,
    ...lines(line),
    snippet: value,
    name: at < 0 ? value : value.slice(0, at),
    ...(at < 0 ? {} : { pinnedAt: value.slice(at + 1) }),
    owner: value.startsWith('actions/') || value.startsWith('github/') ? 'GitHub-owned' : 'third-party',
    truth: usesVerdict(value),
  };
}

/** Scripts of one job know what earlier ones downloaded, in both views. */
export class JobMemories {
  readonly #memories = new Map<string, ShellMemory>();

  of(job: string): ShellMemory {
    const known = this.#memories.get(job) ?? newShellMemory();
    this.#memories.set(job, known);
    return known;
  }
}

/** The installs of a step's shell script. */
export function analyzeStep(step: Step, memory: ShellMemory, views: ShellOptions['views']): ShellAnalysis {
  const run = step.run!;
  const textLine = run.style === undefined ? run.line : run.line + 1;
  return analyzeWorkflowScript(run.value, { line: run.line, textLine, memory, views });
}

/** Scripts that the reference passes over: other shells, PowerShell, and all of them where it does not follow aliases. */
export function furtherScripts(
  workflow: Workflow,
  seen: ReadonlySet<Step>,
  memories: JobMemories,
  files: PinningPaths,
): Dependency[] {
  return workflow.jobs.flatMap((job) =>
    job.steps
      .filter((step) => step.run !== undefined && !seen.has(step))
      .flatMap((step) => {
        const language = scriptLanguage(step, job, workflow.defaults);
        return stepDependencies(workflow.path, step, language, memories.of(job.id), files);
      }),
  );
}

function stepDependencies(
  path: string,
  step: Step,
  language: ScriptLanguage,
  memory: ShellMemory,
  files: PinningPaths,
): Dependency[] {
  if (language === 'shell') return installs(path, analyzeStep(step, memory, 'truth').records, files);
  if (language !== 'powershell') return [];
  const { value, line, style } = step.run!;
  const first = style === undefined ? line : line + 1;
  return analyzePowershell(value).map(({ type, truth, text, startLine, endLine }) => ({
    type,
    path,
    startLine: first + startLine - 1,
    endLine: first + endLine - 1,
    snippet: text,
    truth: settle(truth, files),
  }));
}

function installs(path: string, records: readonly InstallRecord[], files: PinningPaths): Dependency[] {
  return records.flatMap(({ type, text, truth, startLine, endLine }) =>
    truth === undefined
      ? []
      : [
          {
            type,
            path,
            startLine,
            endLine,
            snippet: text,
            truth: settle(truth, files),
          },
        ],
  );
}

/** Container and service images of jobs. */
export function workflowExtras(workflow: Workflow): Dependency[] {
  return workflow.jobs.flatMap((job) =>
    [job.container, ...job.services].flatMap((container) =>
      container ? containerDependency(workflow.path, container, job) : [],
    ),
  );
}

function containerDependency(path: string, { image }: Container, job: Job): Dependency[] {
  return image === undefined ? [] : imageOf(path, image, jobImageVerdict(image.value, job));
}

function imageOf(path: string, image: Pick<Text, 'value' | 'line'>, truth: PinVerdict): Dependency[] {
  if (truth.verdict === 'not-a-download') return [];
  return [
    { type: 'containerImage', path, ...lines(image.line), snippet: image.value, name: image.value, truth },
  ];
}

/** What an action of the repository itself fetches. */
export function actionDependencies(action: Action, files: PinningPaths): Dependency[] {
  const { path, image, steps } = action;
  const memory = newShellMemory();
  const remote = image?.value.startsWith('docker://')
    ? imageOf(path, image, imageVerdict(image.value.slice(9)))
    : [];
  return [
    ...remote,
    ...steps.flatMap((step) => {
      if (step.uses !== undefined) return [actionDependency(path, step.uses)];
      return step.run === undefined ? [] : stepDependencies(path, step, scriptLanguage(step), memory, files);
    }),
  ];
}
