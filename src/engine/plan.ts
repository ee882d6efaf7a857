/** From asked checks and probes to what must be gathered. Pure. */
import {
  type AnyEvidence,
  allProbesOf,
  type Check,
  type FactKey,
  type Needs,
  type PathInterest,
  type PerFileEvidence,
  type Probe,
  type RepoPath,
} from '../core/index.ts';

export interface Plan {
  readonly checks: readonly Check[];
  /** Probes of the checks, then those asked for by id, then the checks' further ones; each once. */
  readonly probes: readonly Probe[];
  readonly perFile: readonly PerFileEvidence<unknown>[];
  /** All other evidence, needed ones first. */
  readonly rest: readonly Exclude<AnyEvidence, PerFileEvidence<unknown>>[];
  readonly facts: readonly FactKey[];
  readonly wanted: PathTable;
}

/** Answers "which kinds want this path" by table look-ups. */
export interface PathTable {
  kindsFor(path: RepoPath): readonly PerFileEvidence<unknown>[];
}

/**
 * Closes the asked units over their needs.
 * @throws Error when two kinds of evidence share an id: a mistake of the program.
 */
export function makePlan(checks: readonly Check[], extraProbes: readonly Probe[], also: Needs = {}): Plan {
  const probes = [
    ...new Set([...checks.flatMap((check) => check.probes), ...extraProbes, ...checks.flatMap(allProbesOf)]),
  ];
  const ordered = closure([...probes.map((probe) => probe.needs), also]);
  const perFile = ordered.filter((kind) => kind.kind === 'perFile') as PerFileEvidence<unknown>[];
  const rest = ordered.filter((kind) => kind.kind !== 'perFile');
  const facts = new Set(rest.flatMap((kind) => (kind.kind === 'forge' ? kind.facts : [])));
  return { checks, probes, perFile, rest, facts: [...facts], wanted: pathTable(perFile) };
}

/** All evidence reachable from the given needs, each once, needed kinds before those that need them. */
export function closure(roots: readonly Needs[]): AnyEvidence[] {
  const byId = new Map<string, AnyEvidence>();
  const add = (kind: AnyEvidence): void => {
    const seen = byId.get(kind.id);
    if (seen !== undefined) {
      if (seen !== kind) throw new Error(`two kinds of evidence are called ${kind.id}`);
      return;
    }
    if (kind.kind === 'ask' || kind.kind === 'derive') Object.values(kind.needs).forEach(add);
    byId.set(kind.id, kind);
  };
  for (const needs of roots) Object.values(needs).forEach(add);
  return [...byId.values()];
}

function pathTable(kinds: readonly PerFileEvidence<unknown>[]): PathTable {
  const every: number[] = [];
  const tables = {
    folders: new Map<string, number[]>(),
    names: new Map<string, number[]>(),
    extensions: new Map<string, number[]>(),
  };
  kinds.forEach((kind, index) => {
    if (kind.paths.every) return void every.push(index);
    for (const key of ['folders', 'names', 'extensions'] as const) {
      for (const text of (kind.paths as PathInterest)[key] ?? [])
        push(tables[key], text.toLowerCase(), index);
    }
  });
  const agrees = (index: number, path: RepoPath) => kinds[index]!.paths.where?.(path) ?? true;
  return {
    kindsFor(path) {
      let hits: number[] = every;
      const more = [
        tables.extensions.get(path.extension),
        tables.names.get(path.lowerBase),
        tables.folders.size > 0 && path.folder !== ''
          ? tables.folders.get(path.folder.toLowerCase())
          : undefined,
      ];
      for (const list of more) if (list !== undefined) hits = hits.concat(list);
      if (hits.length === 0) return [];
      const wanted: PerFileEvidence<unknown>[] = [];
      for (const index of hits) {
        const kind = kinds[index]!;
        if (agrees(index, path) && !wanted.includes(kind)) wanted.push(kind);
      }
      return wanted;
    },
  };
}

function push(table: Map<string, number[]>, key: string, index: number): void {
  const list = table.get(key);
  if (list === undefined) table.set(key, [index]);
  else if (!list.includes(index)) list.push(index);
}
