/** A plugin as plain data, so that it can come from another thread: everything about its units but their functions. */
import type {
  AnyEvidence,
  AskEvidence,
  Check,
  FactKey,
  ForgeEvidence,
  Needs,
  PathInterest,
  PerFileEvidence,
  Probe,
} from '../core/index.ts';
import type { IsBuiltIn, Shaped } from './shape.ts';

/** A unit of the plugin, or one of the program. */
export type Ref = { readonly own: string } | { readonly builtIn: string };
export type Refs = Readonly<Record<string, Ref>>;

interface EvidenceBase {
  readonly id: string;
  readonly version: number;
}

export type EvidenceDescription =
  | (EvidenceBase & {
      readonly kind: 'perFile';
      readonly paths: Omit<PathInterest, 'where'>;
      readonly hasWhere: boolean;
      readonly hasWholeIf: boolean;
    } & Pick<PerFileEvidence<unknown>, 'read' | 'links' | 'maxBytes'>)
  | (EvidenceBase & { readonly kind: 'forge'; readonly facts: readonly FactKey[] })
  | (EvidenceBase & { readonly kind: 'ask'; readonly needs: Refs })
  | (EvidenceBase & { readonly kind: 'derive'; readonly needs: Refs });

export type ProbeDescription = Omit<Probe, 'needs' | 'run'> & { readonly needs: Refs };
export type CheckDescription = Omit<Check, 'probes' | 'further' | 'score'> & {
  readonly probes: readonly Ref[];
  readonly further?: Readonly<Record<string, readonly Ref[]>>;
};

export interface PluginDescription {
  readonly name: string;
  /** Needed ones first. */
  readonly evidence: readonly EvidenceDescription[];
  readonly probes: readonly ProbeDescription[];
  readonly checks: readonly CheckDescription[];
}

/** All evidence of the plugin's own, needed ones first. */
export function ownEvidence(shaped: Shaped, isBuiltIn: IsBuiltIn): readonly AnyEvidence[] {
  const found = new Set<AnyEvidence>();
  const add = (needs: Needs): void => {
    for (const kind of Object.values(needs)) {
      if (isBuiltIn(kind) || found.has(kind)) continue;
      if (kind.kind === 'ask' || kind.kind === 'derive') add(kind.needs);
      found.add(kind);
    }
  };
  for (const probe of shaped.probes) add(probe.needs);
  return [...found];
}

export function describe(shaped: Shaped, isBuiltIn: IsBuiltIn): PluginDescription {
  const kindRef = (kind: AnyEvidence): Ref => (isBuiltIn(kind) ? { builtIn: kind.id } : { own: kind.id });
  const probeRef = (probe: Probe): Ref => (isBuiltIn(probe) ? { builtIn: probe.id } : { own: probe.id });
  const refs = (needs: Needs): Refs =>
    Object.fromEntries(Object.entries(needs).map(([key, kind]) => [key, kindRef(kind)]));
  return {
    name: shaped.name,
    evidence: ownEvidence(shaped, isBuiltIn).map((kind) => evidenceData(kind, refs)),
    probes: shaped.probes.map((probe) => {
      const { needs, run: _, ...rest } = probe;
      return { ...rest, needs: refs(needs) };
    }),
    checks: shaped.checks.map((check) => {
      const { probes, further, score: _, ...rest } = check;
      return {
        ...rest,
        probes: probes.map(probeRef),
        ...(further && {
          further: Object.fromEntries(
            Object.entries(further).map(([name, more]) => [name, more.map(probeRef)]),
          ),
        }),
      };
    }),
  };
}

function evidenceData(kind: AnyEvidence, refs: (needs: Needs) => Refs): EvidenceDescription {
  const { id, version } = kind;
  if (kind.kind === 'forge')
    return { id, version, kind: 'forge', facts: (kind as ForgeEvidence<unknown>).facts };
  if (kind.kind !== 'perFile')
    return { id, version, kind: kind.kind, needs: refs((kind as AskEvidence<unknown>).needs) };
  const { paths, read, links, maxBytes, wholeIf } = kind as PerFileEvidence<unknown>;
  const { where, ...lists } = paths;
  return {
    id,
    version,
    kind: 'perFile',
    paths: lists,
    hasWhere: where !== undefined,
    hasWholeIf: wholeIf !== undefined,
    read,
    links,
    maxBytes,
  };
}
