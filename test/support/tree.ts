/** A repository in memory, and the value of one kind of evidence on it. */
import {
  type AnyEvidence,
  type Check,
  type Doors,
  type FactKey,
  type Facts,
  known,
  type Probe,
  type RepoEntry,
  type RepoSnapshot,
  type ScanResult,
  unknown,
} from '../../src/core/index.ts';
import { gather } from '../../src/engine/gather.ts';
import { makePlan } from '../../src/engine/plan.ts';
import { emptyStats, scanSnapshot } from '../../src/engine/scan.ts';

/** Path to content; text is written as UTF-8. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

export interface Around {
  readonly facts?: Partial<Facts>;
  readonly doors?: Partial<Doors>;
  readonly commit?: string;
}

const unsupported = async () => unknown('unsupported', 'not told by the test');

/** Every door unsupported, also those to come; nothing is listed by OSS-Fuzz. */
const NO_DOORS = new Proxy({ ossFuzz: async () => known(false) } as unknown as Doors, {
  get: (doors, name) => Reflect.get(doors, name) ?? unsupported,
});

function doorsOf(given: Partial<Doors> = {}): Doors {
  return new Proxy(NO_DOORS, { get: (doors, name) => Reflect.get(given, name) ?? Reflect.get(doors, name) });
}

/** A snapshot whose files come in byte order of their paths, as from an archive. */
export function treeSnapshot(tree: Tree, around: Around = {}): RepoSnapshot {
  const entries = Object.entries(tree)
    .map(([path, content]): RepoEntry => entry(path, typeof content === 'string' ? encode(content) : content))
    .sort((a, b) => Buffer.compare(encode(a.path), encode(b.path)));
  return {
    ref: { forge: 'local', name: 'file:///tree' },
    commit: around.commit ?? 'unknown',
    source: 'archive',
    files: () => entries,
    facts: async (keys: readonly FactKey[]) =>
      Object.fromEntries(
        keys.map((key) => [key, around.facts?.[key] ?? unknown('unsupported', 'not told by the test')]),
      ),
    notices: () => [],
    close: async () => {},
  };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function entry(path: string, bytes: Uint8Array): RepoEntry {
  return {
    path,
    kind: 'file',
    size: bytes.length,
    open: () => ({
      head: (max) => bytes.subarray(0, max),
      whole: (max) => ({ bytes: bytes.subarray(0, max), truncated: bytes.length > max }),
      close: () => {},
    }),
  };
}

/**
 * Gathers one kind of evidence with all it needs, and returns its value.
 * @throws Error when it could not be gathered.
 */
export async function evidenceOf<E extends AnyEvidence>(
  kind: E,
  tree: Tree,
  around: Around = {},
): Promise<E extends { readonly value?: infer T } ? NonNullable<T> : never> {
  const probe = { id: 'test', needs: { kind } } as unknown as Probe;
  const set = await gather(treeSnapshot(tree, around), makePlan([], [probe]), {
    now: new Date('2026-01-01T00:00:00Z'),
    tool: { version: '0', commit: '0' },
    doors: doorsOf(around.doors),
    stats: emptyStats(),
  });
  const lookUp = (needed: AnyEvidence): unknown => {
    if (needed.kind === 'derive') {
      const values = Object.entries(needed.needs).map(([name, one]) => [name, lookUp(one)]);
      return needed.derive(Object.fromEntries(values) as never, {});
    }
    const gathered = set.evidence[needed.id];
    if (gathered === undefined || 'failed' in gathered) throw new Error(`${needed.id}: ${gathered?.failed}`);
    return gathered.value;
  };
  return lookUp(kind) as never;
}

/** Scans a tree with the given checks and probes and returns the whole result. */
export async function scanTree(
  units: { readonly checks?: readonly Check[]; readonly probes?: readonly Probe[] },
  tree: Tree,
  around: Around = {},
): Promise<ScanResult> {
  const { result } = await scanSnapshot({
    snapshot: treeSnapshot(tree, around),
    doors: doorsOf(around.doors),
    checks: units.checks ?? [],
    probes: units.probes ?? [],
    now: new Date('2026-01-01T00:00:00Z'),
    tool: { version: '0', commit: '0' },
  });
  return result;
}
