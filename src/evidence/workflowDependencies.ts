/** What workflows and actions fetch, beyond what the reference looks at: containers, services, PowerShell, composite actions. */
import {
  analyzePowershell,
  analyzePrompt,
  analyzeWorkflowScript,
  type InstallRecord,
  MAX_INSTALLS,
  newShellMemory,
  packagesOfCode,
  type ShellAnalysis,
  type ShellMemory,
  type ShellOptions,
  setFolder,
  setVariables,
} from '../parse/shell/index.ts';
import {
  type Action,
  type Container,
  type Env,
  imageVerdict,
  type Job,
  jobImageVerdict,
  type PinVerdict,
  type ScriptLanguage,
  type Step,
  scriptLanguage,
  shellInputs,
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
    owner: isFirstParty(value) ? 'GitHub-owned' : 'third-party',
    class: classOf(path, value),
    truth: usesVerdict(value),
  };
}

const isFirstParty = (uses: string): boolean => uses.startsWith('actions/') || uses.startsWith('github/');

/** Whose it is, and whether it is a workflow or stands in an action. */
function classOf(path: string, uses: string): string {
  const words = [
    uses.startsWith('docker://') ? 'docker' : isFirstParty(uses) ? 'first-party' : 'third-party',
  ];
  if (uses.includes('/.github/workflows/')) words.push('reusable');
  if (/(?:^|\/)action\.ya?ml$/i.test(path)) words.push('composite');
  return words.join(' ');
}

/** Scripts of one job know what earlier ones downloaded, in both views, and the variables of workflow and job. */
export class JobMemories {
  readonly #memories = new Map<string, ShellMemory>();
  readonly #workflow: Workflow;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
  }

  of(job: Job): ShellMemory {
    const known =
      this.#memories.get(job.id) ??
      newShellMemory([...variablesOf(this.#workflow.env), ...variablesOf(job.env)]);
    this.#memories.set(job.id, known);
    return known;
  }
}

/** The model has names in lower case; nearly all are written in capitals. */
function variablesOf({ variables }: Env): readonly (readonly [string, string])[] {
  return variables.flatMap(({ name, value }) => [
    [name, value] as const,
    [name.toUpperCase(), value] as const,
  ]);
}

/** The installs of a step's shell script. */
export function analyzeStep(step: Step, memory: ShellMemory, views: ShellOptions['views']): ShellAnalysis {
  const run = step.run!;
  setVariables(memory, variablesOf(step.env));
  setFolder(memory, step.workingDirectory?.value);
  const place = { line: run.line, textLine: run.style === undefined ? run.line : run.line + 1, memory };
  const known = views === 'reference' ? run.value : withVariables(run.value, memory);
  if (known === run.value) return analyzeWorkflowScript(run.value, { ...place, views });
  const truth = analyzeWorkflowScript(known, { ...place, views: 'truth' });
  if (views === 'truth') return truth;
  const reference = analyzeWorkflowScript(run.value, { ...place, views: 'reference' });
  return { ...reference, records: [...reference.records, ...truth.records] };
}

const ENV_EXPRESSION = /\$\{\{[ \t]{0,8}env\.(\w{1,80})[ \t]{0,8}\}\}/g;

/** Expressions for variables that hold a version or a hash become that value. */
function withVariables(script: string, { truth }: ShellMemory): string {
  if (!script.includes('env.')) return script;
  return script.replace(
    ENV_EXPRESSION,
    (expression, name: string) => fixing(truth.variables.get(name)) ?? expression,
  );
}

/** Scripts that the reference passes over: other shells, PowerShell, and all of them where it does not follow aliases. */
export function furtherScripts(
  workflow: Workflow,
  seen: ReadonlySet<Step>,
  memories: JobMemories,
  files: PinningPaths,
): Dependency[] {
  const found: Dependency[] = [];
  for (const job of workflow.jobs) {
    for (const step of job.steps) {
      if (step.run === undefined || seen.has(step)) continue;
      if (found.length > MAX_INSTALLS) return found;
      const language = scriptLanguage(step, job, workflow.defaults);
      for (const one of stepDependencies(workflow.path, step, language, memories.of(job), files))
        found.push(one);
    }
  }
  return found;
}

/** Inputs of actions that are shell scripts: those of known actions, and of the repository's own ones. */
export function inputScripts(
  workflow: Workflow,
  actions: readonly Action[],
  memories: JobMemories,
  files: PinningPaths,
): Dependency[] {
  const own = new Map(actions.map((action) => [action.path.replace(/\/?action\.ya?ml$/i, ''), action]));
  return workflow.jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      if (step.uses === undefined || step.inputs.length === 0) return [];
      const names = scriptInputsOf(step.uses.value, own);
      const scripts = step.inputs.filter(({ name }) => names.includes(name));
      return scripts.flatMap((run) =>
        stepDependencies(workflow.path, { ...step, run }, 'shell', memories.of(job), files),
      );
    }),
  );
}

function scriptInputsOf(uses: string, own: ReadonlyMap<string, Action>): readonly string[] {
  if (!uses.startsWith('./')) return shellInputs(uses);
  const steps = own.get(uses.slice(2).replace(/\/+$/, ''))?.steps ?? [];
  return steps.flatMap(({ run, uses, inputs }) => {
    const names = uses === undefined ? [] : shellInputs(uses.value);
    const scripts: readonly (Text | undefined)[] = [
      run,
      ...inputs.filter(({ name }) => names.includes(name)),
    ];
    return scripts.flatMap((script) =>
      [...(script?.value.matchAll(WHOLE_INPUT) ?? [])].map((match) => match[1]!.toLowerCase()),
    );
  });
}

/** A line of a script that is nothing but an input. */
const WHOLE_INPUT = /^[ \t]{0,20}\$\{\{[ \t]{0,8}inputs\.([\w-]{1,80})[ \t]{0,8}\}\}[ \t]{0,20}$/gm;

/** What one script fetches, read in its language. */
export function stepDependencies(
  path: string,
  step: Step,
  language: ScriptLanguage,
  memory: ShellMemory,
  files: PinningPaths,
): Dependency[] {
  if (language === 'shell') return installs(path, analyzeStep(step, memory, 'truth').records, files);
  if (language === 'other') return codePackages(path, step, files);
  // Plain commands, one a line, look the same to PowerShell and the command prompt.
  if (language !== 'powershell' && language !== 'cmd') return [];
  const { value, line, style } = step.run!;
  const first = style === undefined ? line : line + 1;
  setVariables(memory, variablesOf(step.env));
  const analyze = language === 'cmd' ? analyzePrompt : analyzePowershell;
  return analyze(withVariables(value, memory)).map(({ type, truth, text, startLine, endLine }) => ({
    type,
    path,
    startLine: first + startLine - 1,
    endLine: first + endLine - 1,
    snippet: text,
    truth: settle(truth, files),
  }));
}

/** Packages that a step written in R or Julia installs, line by line. */
function codePackages(path: string, step: Step, files: PinningPaths): Dependency[] {
  const { value, line, style } = step.run!;
  if (!/install|Pkg|renv|pak::/.test(value)) return [];
  const first = style === undefined ? line : line + 1;
  return value.split('\n').flatMap((text, index) => {
    const truth = /^\s*#/.test(text) ? undefined : packagesOfCode(text);
    if (truth === undefined) return [];
    const snippet = text.trim().slice(0, 200);
    const place = { startLine: first + index, endLine: first + index };
    return [{ type: 'otherPackageCommand', path, ...place, snippet, truth: settle(truth, files) }];
  });
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

/** Versions and hashes: other values change no judgement and would only cost a second reading of the script. */
function fixing(value: string | undefined): string | undefined {
  return value !== undefined && FIXING.test(value) ? value : undefined;
}

const FIXING = /^(?:v?\d{1,9}(?:\.\d{1,9}){1,4}[\w.+-]{0,60}|(?:sha256:)?[\da-f]{40,128})$/i;
