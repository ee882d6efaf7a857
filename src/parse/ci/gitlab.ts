import { getValue, type YamlNode } from '../yaml/index.ts';
import { addImage, addScripts, type Collector, pairsOf } from './model.ts';

/** Keys of the top level that are no jobs. */
const NO_JOBS: ReadonlySet<string> = new Set([
  'include',
  'stages',
  'variables',
  'workflow',
  'spec',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
]);

const SCRIPTS = ['before_script', 'script', 'after_script'];

/** Jobs, hidden jobs and defaults of a GitLab CI file. `extends` and `include` are not followed: parts count where they stand. */
export function readGitlab(root: YamlNode, found: Collector): void {
  readJob(root, found);
  readIncludes(getValue(root, 'include'), found);
  for (const [name, value] of pairsOf(root)) {
    if (!NO_JOBS.has(name) && value.kind === 'map') readJob(value, found);
  }
}

function readJob(job: YamlNode, found: Collector): void {
  for (const [key, value] of pairsOf(job)) {
    if (key === 'image') readImage(value, found);
    else if (key === 'services' && value.kind === 'seq') for (const one of value.items) readImage(one, found);
    else if (SCRIPTS.includes(key)) addScripts(value, 'shell', found);
  }
}

/** `include: template`, `component` and lists of them. */
function readIncludes(node: YamlNode | undefined, found: Collector): void {
  for (const one of node?.kind === 'seq' ? node.items : node === undefined ? [] : [node]) {
    for (const [key, value] of pairsOf(one)) {
      if ((key !== 'template' && key !== 'component') || value.kind !== 'scalar') continue;
      const name = value.value.toLowerCase().replace(/@.*$/, '');
      found.tasks.push({ name, command: '', line: value.line });
    }
  }
}

/** `image: name` or `image: {name: name}`. */
function readImage(node: YamlNode, found: Collector): void {
  addImage(node.kind === 'map' ? getValue(node, 'name') : node, found);
}
