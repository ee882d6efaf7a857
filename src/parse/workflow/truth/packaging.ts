import type { Env, Job, Step, Workflow } from '../model.ts';
import { PUBLISHING_ACTIONS, PUBLISHING_COMMANDS, PUBLISHING_TASKS } from './packaging-data.ts';
import { readCommands } from './script.ts';
import { actual, findLocalAction, localPath, type Surroundings } from './surroundings.ts';
import { publishedBy } from './tasks.ts';

/** A step that publishes a package, an image or a release asset. */
export interface Publisher {
  readonly path: string;
  readonly job: string;
  /** Line of the step, or of the job that calls a publishing workflow. */
  readonly line: number;
  /** The action, or the words of the command. */
  readonly by: string;
  /** What is published: `npm`, `pypi`, `image`, `release`, ... */
  readonly what: string;
  /** The workflow is called by others: its runs are told under their names. */
  readonly isCalled: boolean;
}

const MAX_DEPTH = 4;

/**
 * Publishing steps of all workflows, one entry per step; local composite actions and reusable workflows are
 * followed, comments and printed text are not taken for commands. Beyond file-checks 7.2, see 7.5.
 */
export function findPublishers(files: Surroundings): readonly Publisher[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    const isCalled = workflow.triggers.some(({ name }) => name === 'workflow_call');
    return workflow.jobs.flatMap((job) =>
      jobPublishers(workflow, job, files).map((found) => ({ ...found, isCalled })),
    );
  });
}

function jobPublishers(
  workflow: Workflow,
  job: Job,
  files: Surroundings,
): readonly Omit<Publisher, 'isCalled'>[] {
  if (job.call !== undefined) {
    // A called workflow of the same repository is listed for itself.
    const { value } = job.call.uses;
    const what =
      actionTarget(value) ?? (localPath(files, value) === undefined ? namedTarget(value) : undefined);
    return what === undefined
      ? []
      : [{ path: workflow.path, job: job.id, line: job.line, by: nameOf(value), what }];
  }
  return job.steps.flatMap((step) =>
    stepPublishers(step, files, 0)
      .filter((found) => !isLocalKo(found, [step.env, job.env, workflow.env], step))
      .map((found) => ({
        path: workflow.path,
        job: job.id,
        line: step.line,
        ...found,
      })),
  );
}

interface Found {
  readonly by: string;
  readonly what: string;
}

function nameOf(uses: string): string {
  const at = uses.indexOf('@');
  return at < 0 ? uses : uses.slice(0, at);
}

function actionTarget(uses: string): string | undefined {
  return PUBLISHING_ACTIONS.get(nameOf(uses).toLowerCase());
}

/** What a task of an Azure pipeline publishes. In: its name in lower case, and its inputs as one text. */
export function taskPublisher(name: string, inputs: string): string | undefined {
  return PUBLISHING_TASKS.find(([task, pattern]) => task === name && pattern.test(inputs))?.[2];
}

const LOCAL_KO = /^["']?(?:kind\.local|ko\.local|[\w.-]*registry\.local|localhost|127\.)/;

/** Ko pushes to where a variable says; tests let it push to the machine itself. */
function isLocalKo({ by }: Found, envs: readonly Env[], step: Step): boolean {
  if (!by.startsWith('ko ')) return false;
  const set = envs.flatMap(({ variables }) => variables).find(({ name }) => name === 'ko_docker_repo');
  const repository = set?.value ?? /KO_DOCKER_REPO=(\S{1,200})/.exec(step.run?.value ?? '')?.[1] ?? '';
  return LOCAL_KO.test(repository);
}

const CALLED = /\/\.github\/workflows\/([\w.-]{1,100})\.ya?ml@/;

/** What a workflow of another repository publishes, by its name; its content is not here. */
function namedTarget(uses: string): string | undefined {
  const name = CALLED.exec(uses)?.[1]?.toLowerCase() ?? '';
  if (/build|docs|pages|notes|draft|please|check|test|prepare|changelog|results|label/.test(name))
    return undefined;
  return /publish|(?:^|[-_.])release(?:[-_.]|$)/.test(name) ? 'package' : undefined;
}

function stepPublishers(step: Step, files: Surroundings, depth: number): readonly Found[] {
  if (step.run !== undefined) {
    const found =
      scriptPublisher(step.run.value) ??
      (files.tasks === undefined || step.workingDirectory !== undefined
        ? undefined
        : publishedBy(files.tasks, step.run.value));
    return found === undefined ? [] : [found];
  }
  const uses = step.uses?.value;
  if (uses === undefined) return [];
  const what = actionTarget(uses);
  if (what !== undefined)
    return isSwitchedOff(step, nameOf(uses).toLowerCase()) ? [] : [{ by: nameOf(uses), what }];
  const own = embeddedPublisher(step, nameOf(uses).toLowerCase());
  if (own !== undefined) return [own];
  const action = depth > MAX_DEPTH ? undefined : findLocalAction(files, uses);
  return action?.steps.flatMap((inner) => stepPublishers(inner, files, depth + 1)).slice(0, 1) ?? [];
}

/** A build that is told not to push publishes nothing. */
function isSwitchedOff(step: Step, name: string): boolean {
  const input = (key: string): string | undefined =>
    step.inputs.find((candidate) => candidate.name === key)?.value;
  if (name.endsWith('/build-push-action')) {
    const outputs = input('outputs') ?? '';
    return (input('push') ?? 'false') === 'false' && !/type=registry|push=true/.test(outputs);
  }
  if (name.endsWith('/bake-action')) return (input('push') ?? 'false') === 'false';
  if (name === 'goreleaser/goreleaser-action')
    return /--snapshot|--skip[= ]\S{0,200}publish|\bbuild\b|\bcheck\b/.test(input('args') ?? '');
  return false;
}

/** Scripts inside the inputs of actions. */
function embeddedPublisher(step: Step, name: string): Found | undefined {
  const input = (key: string): string => step.inputs.find((one) => one.name === key)?.value ?? '';
  if (name.endsWith('/retry')) return scriptPublisher(input('command') || input('run'));
  if (name !== 'actions/github-script') return undefined;
  const call = /repos\.(?:createRelease|uploadReleaseAsset)\b/.exec(input('script'))?.[0];
  return call === undefined ? undefined : { by: call, what: 'release' };
}

/** The program and its first fixed words. */
function shortened(words: readonly string[]): string {
  const fixed = words.filter((word, index) => index === 0 || /^[\w@:./][\w@:./-]{0,60}$/.test(word));
  return fixed.slice(0, 3).join(' ');
}

/** Programs that run the rest of their words. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'time',
  'command',
  'exec',
  'nohup',
  'xargs',
  'retry',
]);
/** Registries and stores of the machine itself, as tests start them. */
const LOCAL =
  /(?:^|[\s=/@])(?:localhost|127\.0\.0\.1|\[::1\]|kind-registry|registry\.local)(?::\d{1,5})?(?:\/|\s|$)/;

/** Repositories that are folders: what is built there is not published by this command. */
const FOLDER =
  /repositor(?:y|ies)\w{0,40}=["']?(?:\w+::)?(?:\$\(pwd\)|\$\{?PWD|\$\{?GITHUB_WORKSPACE|file:|\.{0,2}\/)/i;

/** What the first publishing command of a script publishes. */
export function scriptPublisher(script: string): Found | undefined {
  if (!PUBLISHING_COMMANDS.some(({ hint }) => script.includes(hint))) return undefined;
  for (const { name, args } of readCommands(script)) {
    const words = [name, ...args.map(({ value }) => value)];
    while (words.length > 1 && (WRAPPERS.has(words[0]!) || /^-|^\w+=/.test(words[0]!))) words.shift();
    if (words.some((word) => word === '--dry-run' || (word === '-n' && name === 'npm'))) continue;
    const text = words.join(' ');
    const rule = PUBLISHING_COMMANDS.find(({ hint, pattern }) => text.includes(hint) && pattern.test(text));
    if (rule !== undefined && !LOCAL.test(text) && !FOLDER.test(text))
      return { by: shortened(words), what: rule.what };
  }
  return undefined;
}
