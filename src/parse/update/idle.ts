/** Whether a configuration of an update tool makes the tool do anything. */
import { parseYaml, type YamlNode } from '../yaml/index.ts';
import { topLevelKeys } from './json5-keys.ts';

/** Why Dependabot proposes nothing, or undefined. Its file must name at least one ecosystem (format version 2). */
export function dependabotIdle(text: string): string | undefined {
  const { root, error } = parseYaml(text);
  if (error !== undefined) return 'it is no YAML';
  if (root === undefined) return 'it is empty';
  const updates = root.kind === 'map' ? entryOf(root.entries, 'updates') : undefined;
  const target = updates?.kind === 'alias' ? updates.target : updates;
  return target?.kind === 'seq' && target.items.length > 0 ? undefined : 'it names no ecosystem';
}

function entryOf(entries: readonly { key: YamlNode; value: YamlNode }[], name: string): YamlNode | undefined {
  return entries.find(({ key }) => key.kind === 'scalar' && key.value === name)?.value;
}

/** Why Renovate proposes nothing, or undefined. An empty object is a full configuration; an empty file is none. */
export function renovateIdle(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty';
  const keys = topLevelKeys(text);
  if (keys === undefined) return 'it is no JSON';
  return keys.get('enabled') === 'false' ? 'it is switched off' : undefined;
}
