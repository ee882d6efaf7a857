/** A plugin's units as the engine knows units: the same objects, whose functions call the plugin. */
import type { AnyEvidence, Check, DerivedAbout, Finding, Needs, Probe, View } from '../core/index.ts';
import type { Caller } from './caller.ts';
import type { CheckDescription, EvidenceDescription, ProbeDescription, Ref, Refs } from './description.ts';
import { dataOf } from './plain-file.ts';
import type { ViewData } from './runner.ts';

/** The program's own units, by name. */
export interface BuiltIns {
  readonly evidence: ReadonlyMap<string, AnyEvidence>;
  readonly probes: ReadonlyMap<string, Probe>;
}

export interface Units {
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
}

/** The units of one plugin, each called `plugin/unit`. */
export function unitsOf(caller: Caller, builtIns: BuiltIns): Units {
  const { description } = caller;
  const full = (id: string) => `${description.name}/${id}`;
  const kinds = new Map<string, AnyEvidence>();
  const needsOf = (refs: Refs): Needs =>
    Object.fromEntries(
      Object.entries(refs).map(([key, ref]) => [
        key,
        'own' in ref ? kinds.get(ref.own)! : builtIns.evidence.get(ref.builtIn)!,
      ]),
    );
  for (const kind of description.evidence)
    kinds.set(kind.id, evidenceOf(kind, caller, full(kind.id), needsOf));
  const probes = new Map(
    description.probes.map((probe) => [
      probe.id,
      probeOf(probe, caller, full(probe.id), needsOf(probe.needs)),
    ]),
  );
  const probe = (ref: Ref) => ('own' in ref ? probes.get(ref.own)! : builtIns.probes.get(ref.builtIn)!);
  return {
    checks: description.checks.map((check) => checkOf(check, caller, full, (refs) => refs.map(probe))),
    probes: [...probes.values()],
  };
}

function evidenceOf(
  kind: EvidenceDescription,
  caller: Caller,
  id: string,
  needsOf: (refs: Refs) => Needs,
): AnyEvidence {
  const { version } = kind;
  if (kind.kind === 'forge') {
    const read = (facts: unknown) => caller.call(kind.id, 'read', kind.id, facts);
    return { kind: 'forge', id, version, facts: kind.facts, read };
  }
  if (kind.kind === 'derive') {
    const derive = (values: never, about: DerivedAbout) =>
      caller.call(kind.id, 'derive', kind.id, values, about);
    return { kind: 'derive', id, version, needs: needsOf(kind.needs), derive };
  }
  if (kind.kind === 'ask') {
    const ask: Extract<AnyEvidence, { kind: 'ask' }>['ask'] = (values, doors, at) =>
      caller.ask(kind.id, values, doors, at);
    return { kind: 'ask', id, version, needs: needsOf(kind.needs), ask };
  }
  const { read, links, maxBytes, hasWhere, hasWholeIf, paths } = kind;
  return {
    kind: 'perFile',
    id,
    version,
    read,
    links,
    maxBytes,
    paths: hasWhere
      ? { ...paths, where: remembered(({ path }) => caller.call(kind.id, 'where', kind.id, path)) }
      : paths,
    ...(hasWholeIf && { wholeIf: (file) => caller.call(kind.id, 'wholeIf', kind.id, dataOf(file)) }),
    visit: (file) => caller.call(kind.id, 'visit', kind.id, dataOf(file)),
    failure: () => caller.stopped(kind.id),
  };
}

/** The walk asks twice about a path: once for the source, once for itself. A path that breaks the test is not wanted. */
function remembered(where: (path: { path: string }) => boolean): (path: { path: string }) => boolean {
  let last: string | undefined;
  let answer = false;
  return (path) => {
    if (path.path === last) return answer;
    last = path.path;
    try {
      answer = where(path);
    } catch {
      answer = false;
    }
    return answer;
  };
}

/** The view as data: what the unit itself declares is all it may ask for. */
function viewData(unit: Pick<Probe, 'improvements'>, view: View): ViewData {
  const adopted = Object.keys(unit.improvements ?? {}).filter((name) => view.adopts(name));
  return { adopted, now: view.now.toISOString() };
}

function probeOf(probe: ProbeDescription, caller: Caller, id: string, needs: Needs): Probe {
  const { plugin } = named(caller);
  return {
    ...probe,
    id,
    plugin,
    needs,
    run: (values, view) => caller.call(probe.id, 'run', probe.id, values, viewData(probe, view)),
  };
}

function checkOf(
  check: CheckDescription,
  caller: Caller,
  full: (id: string) => string,
  probesOf: (refs: readonly Ref[]) => readonly Probe[],
): Check {
  const own = full('');
  const bare = (finding: Finding): Finding =>
    finding.probe.startsWith(own) ? { ...finding, probe: finding.probe.slice(own.length) } : finding;
  return {
    ...check,
    ...named(caller),
    name: full(check.name),
    probes: probesOf(check.probes),
    further:
      check.further &&
      Object.fromEntries(Object.entries(check.further).map(([name, refs]) => [name, probesOf(refs)])),
    score(findings, view) {
      const data = viewData(check, view);
      const { judgement, speaksOf } = caller.call(check.name, 'score', check.name, findings.map(bare), data);
      const details = judgement.details?.map((one, index) => ({
        ...one,
        finding: findings[speaksOf[index]!],
      }));
      return details === undefined ? judgement : { ...judgement, details };
    },
  };
}

const named = (caller: Caller) => ({ plugin: caller.description.name });
