import type { AnalysisKind } from './sast.ts';
import { taskCalls } from './task-calls.ts';
import type { Task, TaskFile } from './task-files.ts';

// Follows calls of tasks through the task files of a repository.

const MAX_VISITS = 200;

/** The tasks that calls lead to, those called by them included; each once. */
export function reachedTasks(files: readonly TaskFile[], calls: readonly string[]): readonly Task[] {
  const reached = new Set<Task>();
  const open = [...calls];
  for (let visits = 0; open.length > 0 && visits < MAX_VISITS; visits++) {
    const task = findTask(files, open.shift()!);
    if (task === undefined || reached.has(task)) continue;
    reached.add(task);
    open.push(...task.calls);
  }
  return [...reached];
}

function findTask(files: readonly TaskFile[], call: string): Task | undefined {
  const colon = call.indexOf(':');
  const [runner, name] = [call.slice(0, colon), call.slice(colon + 1)];
  for (const file of files) {
    if (file.runner !== runner) continue;
    if (runner === 'file') {
      if (file.path === name) return file.tasks[0];
      continue;
    }
    const task = file.tasks.find((one) => one.name === name);
    if (task !== undefined) return task;
  }
  return undefined;
}

/** What the first publishing task that a script leads to publishes. */
export function publishedBy(files: readonly TaskFile[], script: string): Task['publishes'] {
  const publishes = ({ publishes }: Task) => publishes !== undefined;
  if (!files.some(({ tasks }) => tasks.some(publishes))) return undefined;
  return reachedTasks(files, taskCalls(script)).find(publishes)?.publishes;
}

/** The tools that the tasks run which a script leads to. */
export function toolsOf(
  files: readonly TaskFile[],
  script: string,
): readonly (readonly [tool: string, kind: AnalysisKind])[] {
  if (!files.some(({ tasks }) => tasks.some(({ tools }) => tools.length > 0))) return [];
  return reachedTasks(files, taskCalls(script)).flatMap(({ tools }) => tools);
}
