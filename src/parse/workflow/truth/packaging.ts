import type { Job, Step, Workflow } from '../model.ts';
import { PUBLISHING_ACTIONS, PUBLISHING_COMMANDS } from './packaging-data.ts';
import { readCommands } from './script.ts';
import { actual, findLocalAction, type Surroundings } from './surroundings.ts';

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
}

const MAX_DEPTH = 4;

/**
 * Publishing steps of all workflows, one entry per step; local composite actions and reusable workflows are
 * followed, comments and printed text are not taken for commands. Beyond file-checks 7.2, see 7.5.
 */
export function findPublishers(files: Surroundings): readonly Publisher[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    return workflow.jobs.flatMap((job) => jobPublishers(workflow, job, files));
  });
}

function jobPublishers(workflow: Workflow, job: Job, files: Surroundings): readonly Publisher[] {
  if (job.call !== undefined) {
    // A called workflow of the same repository is listed for itself.
    const { value } = job.call.uses;
    const what = actionTarget(value);
    return what === undefined
      ? []
      : [{ path: workflow.path, job: job.id, line: job.line, by: nameOf(value), what }];
  }
  return job.steps.flatMap((step) =>
    stepPublishers(step, files, 0).map((found) => ({
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

function stepPublishers(step: Step, files: Surroundings, depth: number): readonly Found[] {
  if (step.run !== undefined) return scriptPublishers(step.run.value);
  const uses = step.uses?.value;
  if (uses === undefined) return [];
  const what = actionTarget(uses);
  if (what !== undefined)
    return isSwitchedOff(step, nameOf(uses).toLowerCase()) ? [] : [{ by: nameOf(uses), what }];
  const action = depth > MAX_DEPTH ? undefined : findLocalAction(files, uses);
  return action?.steps.flatMap((inner) => stepPublishers(inner, files, depth + 1)).slice(0, 1) ?? [];
}

/** A build that is told not to push publishes nothing. */
function isSwitchedOff(step: Step, name: string): boolean {
  const input = (key: string): string | undefined =>
    step.inputs.find((candidate) => candidate.name === key)?.value;
  if (name === 'docker/build-push-action') {
    const outputs = input('outputs') ?? '';
    return (input('push') ?? 'false') === 'false' && !/type=registry|push=true/.test(outputs);
  }
  if (name === 'docker/bake-action') return (input('push') ?? 'false') === 'false';
  if (name === 'goreleaser/goreleaser-action')
    return /--snapshot|--skip[= ]\S*publish|\bbuild\b|\bcheck\b/.test(input('args') ?? '');
  return false;
}

function scriptPublishers(script: string): readonly Found[] {
  if (!PUBLISHING_COMMANDS.some(({ hint }) => script.includes(hint))) return [];
  const found: Found[] = [];
  for (const { name, args } of readCommands(script)) {
    const words = [name, ...args.map(({ value }) => value)];
    if (words.some((word) => word === '--dry-run' || (word === '-n' && name === 'npm'))) continue;
    const text = words.join(' ');
    const rule = PUBLISHING_COMMANDS.find(({ hint, pattern }) => text.includes(hint) && pattern.test(text));
    if (rule !== undefined) found.push({ by: words.slice(0, 3).join(' '), what: rule.what });
  }
  return found.slice(0, 1);
}
