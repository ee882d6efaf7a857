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
  const task = readTask(node, found);
  for (const [key, value] of pairsOf(node)) {
    if (task && key === 'inputs') continue;
    const language = SHELLS[key];
    if (language !== undefined && value.kind === 'scalar') addScripts(value, language, found);
    else if (key === 'containers' && value.kind === 'seq') {
      for (const one of value.items) addImage(getValue(one, 'image'), found);
    } else if (key === 'container') readContainer(value, named, found);
    else walk(value, named, found, depth + 1);
  }
}

/** Tasks whose scripts are of PowerShell; those of others are for a shell. */
const POWERSHELL_TASK = /^(?:powershell|azurepowershell|pwsh)/;
const SCRIPT_INPUTS: ReadonlySet<string> = new Set(['script', 'inlinescript', 'inline']);

/** `task: Name@version` with its inputs; true when it is one. */
function readTask(node: YamlNode, found: Collector): boolean {
  const task = node.kind === 'map' ? scalarOf(getValue(node, 'task')) : undefined;
  if (task === undefined) return false;
  const name = task.value.toLowerCase().replace(/@.*$/, '');
  const inputs = pairsOf(getValue(node, 'inputs'));
  const command: string[] = [];
  const isPowershell =
    POWERSHELL_TASK.test(name) ||
    inputs.some(([key, value]) => /^scripttype$/i.test(key) && /^ps/i.test(scalarOf(value)?.value ?? ''));
  for (const [key, value] of inputs) {
    const lower = key.toLowerCase();
    if (SCRIPT_INPUTS.has(lower)) addScripts(value, isPowershell ? 'powershell' : 'shell', found);
    else if (value.kind === 'scalar' && command.length < 20)
      command.push(`${lower}=${value.value.slice(0, 200)}`);
  }
  found.tasks.push({ name, command: command.join(' '), line: task.line });
  return true;
}

/** A container of a job: a resource by name, or an image. */
function readContainer(value: YamlNode, named: ReadonlySet<string>, found: Collector): void {
  if (value.kind === 'map') addImage(getValue(value, 'image'), found);
  const name = scalarOf(value)?.value ?? '';
  if (/[:/]/.test(name) && !named.has(name)) addImage(value, found);
}
