import { getText, getValue, type YamlNode } from '../yaml/index.ts';
import { addImage, addScripts, type Collector, pairsOf, scalarOf } from './model.ts';

const SHELLS: Readonly<Record<string, 'shell' | 'powershell'>> = {
  script: 'shell',
  bash: 'shell',
  pwsh: 'powershell',
  powershell: 'powershell',
};

const MAX_DEPTH = 60;

/** Steps and containers of an Azure pipeline or template, at any depth: stages, jobs, templates, conditions. */
export function readAzure(root: YamlNode, found: Collector): void {
  const resources = getValue(getValue(root, 'resources'), 'containers');
  const named = new Set<string>();
  if (resources?.kind === 'seq') {
    for (const one of resources.items) named.add(getText(getValue(one, 'container')) ?? '');
  }
  walk(root, named, found, 0);
}

function walk(node: YamlNode, named: ReadonlySet<string>, found: Collector, depth: number): void {
  if (found.budget-- < 0 || depth > MAX_DEPTH) return;
  if (node.kind === 'seq') for (const item of node.items) walk(item, named, found, depth + 1);
  for (const [key, value] of pairsOf(node)) {
    const language = SHELLS[key];
    if (language !== undefined && value.kind === 'scalar') addScripts(value, language, found);
    else if (key === 'containers' && value.kind === 'seq') {
      for (const one of value.items) addImage(getValue(one, 'image'), found);
    } else if (key === 'container') readContainer(value, named, found);
    else walk(value, named, found, depth + 1);
  }
}

/** A container of a job: a resource by name, or an image. */
function readContainer(value: YamlNode, named: ReadonlySet<string>, found: Collector): void {
  if (value.kind === 'map') addImage(getValue(value, 'image'), found);
  const name = scalarOf(value)?.value ?? '';
  if (/[:/]/.test(name) && !named.has(name)) addImage(value, found);
}
