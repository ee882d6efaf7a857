import { getValue, parseYaml, type YamlNode } from '../../yaml/index.ts';
import { scriptPublisher } from './packaging.ts';
import { type AnalysisKind, scriptTools } from './sast.ts';
import { taskCalls } from './task-calls.ts';

// What the task runners of a repository do when a workflow calls them: make, npm and its likes, just, task, and shell
// scripts. Only tasks that publish, analyse, or call others are kept.

export type TaskRunner = 'make' | 'npm' | 'just' | 'task' | 'file';

export interface Task {
  /** Empty for a shell script as a whole. */
  readonly name: string;
  readonly publishes?: { readonly by: string; readonly what: string };
  readonly tools: readonly (readonly [tool: string, kind: AnalysisKind])[];
  /** Other tasks: runner, colon, name (or path, for files). */
  readonly calls: readonly string[];
}

export interface TaskFile {
  readonly path: string;
  readonly runner: TaskRunner;
  readonly tasks: readonly Task[];
}

interface RawTask {
  readonly name: string;
  readonly script: string;
  readonly needs: readonly string[];
}

const MAX_TASKS = 2000;
/** Nothing else is worth being read as a script. */
const WORTH =
  /publish|push|release|deploy|upload|make|npm|yarn|pnpm|bun|just|task|\.sh\b|lint|scan|sonar|semgrep|grep|bandit|gosec|brakeman|zizmor|poutine|check|clippy|stan|mypy|ruff|cop|detekt|tidy|psalm|ko |snyk|horusec|mobsf|njs|cov-build|infer|hadolint/;

/** The runner of a file by its path; undefined for other files. Only tasks of the root are called by their name. */
export function taskRunnerOf(path: string): TaskRunner | undefined {
  const lower = path.toLowerCase();
  if (!lower.includes('/')) {
    if (lower === 'makefile' || lower === 'gnumakefile') return 'make';
    if (lower === 'package.json') return 'npm';
    if (lower === 'justfile' || lower === '.justfile') return 'just';
    if (/^taskfile\.ya?ml$/.test(lower)) return 'task';
    if (lower === 'build.ps1') return 'file';
  }
  const base = lower.slice(lower.lastIndexOf('/') + 1);
  return /(?:release|publish|deploy|push|upload|ship|lint|analy[sz]|sast|security)/.test(base) &&
    /\.(?:(?:ba)?sh|ps1)$/.test(base)
    ? 'file'
    : undefined;
}

/** Reads a file of tasks; undefined when it has none that matter. Never throws. */
export function parseTaskFile(text: string, path: string): TaskFile | undefined {
  const runner = taskRunnerOf(path);
  if (runner === undefined) return undefined;
  const script = path.toLowerCase().endsWith('.ps1') ? plainCommands(text) : text;
  const tasks = READERS[runner](script)
    .slice(0, MAX_TASKS)
    .flatMap((task) => judged(task, runner));
  return tasks.length === 0 ? undefined : { path, runner, tasks };
}

/** PowerShell as lines of plain commands, as far as they are written like those of other shells. */
function plainCommands(text: string): string {
  return text
    .split(/[\n;{}|]/)
    .map((line) => /^[\s&]*([\w./-][\w \t./:@=,*+-]*)/.exec(line)?.[1] ?? '')
    .join('\n');
}

const READERS: Readonly<Record<TaskRunner, (text: string) => readonly RawTask[]>> = {
  make: readMakefile,
  npm: readPackage,
  just: readJustfile,
  task: readTaskfile,
  file: (script) => [{ name: '', script, needs: [] }],
};

function judged({ name, script, needs }: RawTask, runner: TaskRunner): readonly Task[] {
  const worth = WORTH.test(script);
  const publishes = worth ? scriptPublisher(script) : undefined;
  const tools = worth ? scriptTools(script) : [];
  const calls = [...needs.map((need) => `${runner}:${need}`), ...(worth ? taskCalls(script) : [])];
  if (publishes === undefined && tools.length === 0 && calls.length === 0) return [];
  return [{ name, ...(publishes === undefined ? {} : { publishes }), tools, calls }];
}

function readMakefile(text: string): readonly RawTask[] {
  const tasks: { name: string; script: string; needs: string[] }[] = [];
  const variables = new Map<string, string>();
  let open: typeof tasks = [];
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    if (line.startsWith('\t')) {
      const command = line.replace(/^[\t @+-]+/, '');
      for (const task of open) task.script += `${withVariables(command, variables)}\n`;
      continue;
    }
    const assigned = /^(?:export )?([\w-]{1,80})[ \t]*[:?+]{0,2}=[ \t]*(\S{1,200})/.exec(line);
    if (assigned !== null) variables.set(assigned[1]!, assigned[2]!);
    const rule = assigned === null ? /^([\w./%-][\w./% -]{0,200}?)[ \t]*::?(?!=)([^#;]*)/.exec(line) : null;
    if (rule === null) {
      if (line.trim() !== '' && !line.startsWith('#')) open = [];
      continue;
    }
    const needs = rule[2]!.split(/\s+/).filter((need) => /^[\w./-]+$/.test(need));
    open = rule[1]!.split(/\s+/).map((name) => ({ name, script: '', needs }));
    if (!rule[1]!.startsWith('.')) tasks.push(...open);
  }
  return tasks;
}

/** Variables of the file, once; those it does not set are taken for the program of that name. */
function withVariables(command: string, variables: ReadonlyMap<string, string>): string {
  return command
    .replaceAll('$$', '$')
    .replace(/\$[({]([\w-]{1,80})[)}]/g, (_, name: string) => variables.get(name) ?? name.toLowerCase());
}

function readPackage(text: string): readonly RawTask[] {
  try {
    const scripts = (JSON.parse(text) as { scripts?: unknown } | null)?.scripts;
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, script]) =>
      typeof script === 'string' ? [{ name, script, needs: [] }] : [],
    );
  } catch {
    return [];
  }
}

function readJustfile(text: string): readonly RawTask[] {
  const tasks: { name: string; script: string; needs: string[] }[] = [];
  let open: (typeof tasks)[number] | undefined;
  for (const line of text.split('\n')) {
    if (/^[ \t]/.test(line)) {
      if (open !== undefined) open.script += `${line.trim().replace(/^[@-]+/, '')}\n`;
      continue;
    }
    const recipe = /^@?([\w-]{1,80})[^:=#]*:(?!=)([^#]*)/.exec(line);
    if (line.trim() !== '') open = undefined;
    if (recipe === null) continue;
    const needs = recipe[2]!.split(/[\s()&]+/).filter((need) => /^[\w-]+$/.test(need));
    open = { name: recipe[1]!, script: '', needs };
    tasks.push(open);
  }
  return tasks;
}

function readTaskfile(text: string): readonly RawTask[] {
  const { root } = parseYaml(text);
  const tasks = root === undefined ? undefined : getValue(root, 'tasks');
  if (tasks?.kind !== 'map') return [];
  return tasks.entries.flatMap(({ key, value }) => {
    if (key.kind !== 'scalar') return [];
    const commands = itemsOf(
      value.kind === 'map' ? (getValue(value, 'cmds') ?? getValue(value, 'cmd')) : value,
    );
    const lines = commands.flatMap((item) => textOf(item) ?? textOf(getValue(item, 'cmd')) ?? []);
    const called = [...commands, ...itemsOf(getValue(value, 'deps'))].flatMap(
      (item) => textOf(getValue(item, 'task')) ?? [],
    );
    const needs = itemsOf(getValue(value, 'deps')).flatMap((item) => textOf(item) ?? []);
    return [{ name: key.value, script: lines.join('\n'), needs: [...needs, ...called] }];
  });
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node === undefined ? [] : node.kind === 'seq' ? node.items : [node];
}

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}
