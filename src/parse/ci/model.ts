import { resolveAlias, type YamlNode, type YamlScalar } from '../yaml/index.ts';

export type CiFormat =
  | 'gitlab'
  | 'azure'
  | 'compose'
  | 'devcontainer'
  | 'circleci'
  | 'travis'
  | 'cirrus'
  | 'appveyor'
  | 'bitbucket'
  | 'buildkite'
  | 'drone';

export interface CiImage {
  readonly value: string;
  readonly line: number;
  /** A feature of a development container: an artifact of a registry whose script is run. */
  readonly isFeature?: true;
}

export interface CiScript {
  readonly language: 'shell' | 'powershell';
  readonly text: string;
  /** Line of its first line. */
  readonly line: number;
}

/** A task of Azure, or a template or component that GitLab includes. */
export interface CiTask {
  /** Without version, in lower case. */
  readonly name: string;
  /** What it is told to do. */
  readonly command: string;
  readonly line: number;
}

export interface CiFile {
  readonly path: string;
  readonly format: CiFormat;
  readonly images: readonly CiImage[];
  readonly scripts: readonly CiScript[];
  readonly tasks: readonly CiTask[];
}

export interface Collector {
  readonly images: CiImage[];
  readonly scripts: CiScript[];
  readonly tasks: CiTask[];
  /** Nodes still to be looked at: aliases may make small files large. */
  budget: number;
}

export const newCollector = (): Collector => ({ images: [], scripts: [], tasks: [], budget: 50_000 });

/** An image by a text. Names made of variables are resolved by their defaults; without one they cannot be told. */
export function addImage(node: YamlNode | undefined, found: Collector): void {
  const scalar = scalarOf(node);
  if (scalar === undefined || scalar.value === '') return;
  const value = scalar.value.replace(/\$\{[A-Za-z_]\w*:?-([^${}]*)\}/g, '$1');
  if (!/^[$%<{]/.test(value)) found.images.push({ value, line: scalar.line });
}

/** Scripts of a text or a list, which may hold lists. What an alias stands for is read where it stands. */
export function addScripts(
  node: YamlNode | undefined,
  language: CiScript['language'],
  found: Collector,
  depth = 0,
): void {
  if (node === undefined || found.budget-- < 0 || depth > 10) return;
  if (node.kind === 'scalar') {
    if (node.value.trim() !== '') found.scripts.push({ language, text: node.value, line: node.textLine });
  } else if (node.kind === 'seq') for (const item of node.items) addScripts(item, language, found, depth + 1);
}

export function scalarOf(node: YamlNode | undefined): YamlScalar | undefined {
  const seen = node === undefined ? undefined : resolveAlias(node);
  return seen?.kind === 'scalar' ? seen : undefined;
}

/** Keys and values of a map; none for anything else. Aliases are not followed. */
export function pairsOf(node: YamlNode | undefined): (readonly [key: string, value: YamlNode])[] {
  if (node?.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }) =>
    key.kind === 'scalar' ? [[key.value, value] as const] : [],
  );
}
