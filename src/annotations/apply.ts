/**
 * Lays maintainers' annotations over a result: which findings each one speaks of, which speak of nothing, which have
 * run out. Scores stay untouched; beside them stands the score as it would be without the annotated findings.
 */

import { type GlobMatcher, globMatcher } from '../core/glob.ts';
import {
  ANNOTATION_REASONS,
  type Annotation,
  type AnnotationFile,
  type AnnotationReason,
  allProbesOf,
  type Check,
  type CheckResult,
  type EvidenceSet,
  type Finding,
  fingerprint,
  type Notice,
  type Probe,
  type ScanResult,
  type View,
} from '../core/index.ts';
import { isFlaw, rejudge } from '../engine/index.ts';
import { annotationFiles, OWN_FILES, REFERENCE_FILES } from '../evidence/annotationFiles.ts';

export { annotationFiles };

/** Comparing globs may take half a second or so; what `.assay.yml` brings along may be hostile. */
const MOST_GLOB_STEPS = 50_000_000;

interface Inputs {
  /** All checks there are, also those that did not run. */
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  readonly view: View;
}

/** The annotations that hold for this scan, and what is wrong with the others. */
export function annotationsOf(set: EvidenceSet, inputs: Pick<Inputs, 'checks' | 'probes'>) {
  const gathered = set.evidence[annotationFiles.id];
  const files = (
    gathered !== undefined && 'value' in gathered ? gathered.value : []
  ) as readonly AnnotationFile[];
  const byPath = new Map(files.map((file) => [file.path, file]));
  // As in the reference the first existing file of its list counts; Assay's own comes on top.
  const chosen = [REFERENCE_FILES, OWN_FILES].flatMap(
    (names) => byPath.get(names.find((name) => byPath.has(name)) ?? '') ?? [],
  );
  const notices: Notice[] = chosen.flatMap((file) =>
    file.problems.map((problem) => ({
      code: 'annotation-mistake',
      message: problem.message,
      path: file.path,
      line: problem.line,
    })),
  );
  const asked = new Set(
    inputs.checks.flatMap((check) => allProbesOf(check).map((probe) => probe.id.toLowerCase())),
  );
  const today = set.now.slice(0, 10);
  const valid = chosen
    .flatMap((file) => file.annotations)
    .filter((annotation) => {
      const warn = (code: string, message: string) =>
        void notices.push({ code, message, path: annotation.file, line: annotation.line });
      for (const name of annotation.checks) {
        if (isAbsentPlugins(name, inputs)) continue;
        if (!inputs.checks.some((check) => same(check.name, name)))
          warn(
            'annotation-mistake',
            unknownName(
              'check',
              name,
              inputs.checks.map((check) => check.name),
            ),
          );
      }
      for (const id of annotation.probes) {
        if (isAbsentPlugins(id, inputs)) continue;
        if (!inputs.probes.some((probe) => same(probe.id, id)))
          warn(
            'annotation-mistake',
            unknownName(
              'probe',
              id,
              inputs.probes.map((probe) => probe.id),
            ),
          );
        else if (!asked.has(id.toLowerCase()))
          warn('annotation-mistake', `no check asks the probe ${id}, so it matches nothing`);
      }
      if (annotation.expires === undefined || annotation.expires >= today) return true;
      warn(
        'annotation-expired',
        `the annotation ran out on ${annotation.expires}${annotation.owner ? ` (owner ${annotation.owner})` : ''}`,
      );
      return false;
    });
  return { annotations: valid, notices };
}

/** A unit of a plugin that this scan was not given: no mistake of the file. */
function isAbsentPlugins(name: string, { checks, probes }: Pick<Inputs, 'checks' | 'probes'>): boolean {
  const slash = name.indexOf('/');
  if (slash < 0) return false;
  const start = name.slice(0, slash + 1).toLowerCase();
  const isIts = (known: string) => known.toLowerCase().startsWith(start);
  return !checks.some((check) => isIts(check.name)) && !probes.some((probe) => isIts(probe.id));
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function unknownName(what: string, name: string, all: readonly string[]): string {
  const near = all.find((one) => distance(one.toLowerCase(), name.toLowerCase()) <= 3);
  return `unknown ${what} "${name}"${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** Adds annotations to a result. Pure. */
export function annotate(result: ScanResult, set: EvidenceSet, inputs: Inputs): ScanResult {
  const { annotations, notices } = annotationsOf(set, inputs);
  if (annotations.length === 0 && notices.length === 0) return result;
  const used = new Set<Annotation>();
  const globs = globMatcher(MOST_GLOB_STEPS);
  const prints = new Map<Finding, string>();
  const printOf = (finding: Finding): string => {
    const known = prints.get(finding) ?? fingerprint(finding);
    prints.set(finding, known);
    return known;
  };
  const meant = { globs, printOf };
  const byProbe = new Map(result.probes.map((one) => [one.probe, one.adjusted]));
  const asReference = new Map(result.probes.map((one) => [one.probe, one.reference]));
  const checks = result.checks.map((one): CheckResult => {
    const check = inputs.checks.find((candidate) => candidate.name === one.name)!;
    const hits = new Map<Finding, Annotation>();
    const marked = new Set<string>();
    const own: Annotation[] = [];
    for (const annotation of annotations) {
      const found = findingsOf(annotation, check, byProbe, meant);
      // What only the reference sees is annotated too: its alerts are shown elsewhere.
      const also = findingsOf(annotation, check, asReference, meant);
      if (found === undefined && also === undefined) continue;
      for (const finding of found ?? []) hits.set(finding, annotation);
      for (const finding of [...(found ?? []), ...(also ?? [])]) marked.add(printOf(finding));
      if ((found ?? []).length + (also ?? []).length === 0 && one.score === 10) continue;
      used.add(annotation);
      own.push(annotation);
    }
    if (own.length === 0) return one;
    return {
      ...one,
      // The reference is silent about annotations of a check at 10.
      ...(one.score === 10 ? {} : { annotations: sentences(own) }),
      annotated: {
        reasons: [...new Set(own.flatMap((annotation) => annotation.reasons))],
        by: own,
        fingerprints: [...marked],
        score: rejudge(check, byProbe, inputs.view, (finding) => hits.has(finding)).score,
      },
    };
  });
  const ran = inputs.checks.filter((check) => result.checks.some((one) => one.name === check.name));
  const all = inputs.checks.every(
    (check) =>
      check.experimental || ran.includes(check) || result.skipped.some(({ name }) => name === check.name),
  );
  const unused = annotations.filter((annotation) => !used.has(annotation) && speaksOf(annotation, ran, all));
  const warnings = unused.map(
    (annotation): Notice => ({
      code: 'annotation-unused',
      message: 'the annotation matches no finding',
      path: annotation.file,
      line: annotation.line,
    }),
  );
  if (globs.spent())
    warnings.unshift({
      code: 'annotation-mistake',
      message: 'the globs of the annotations take too long to compare; some were left out',
      path: annotations[0]!.file,
      line: 1,
    });
  return { ...result, checks, notices: [...result.notices, ...notices, ...warnings] };
}

/** An annotation of a check that was not run is no mistake; a fingerprint may be of any check. */
function speaksOf(annotation: Annotation, ran: readonly Check[], all: boolean): boolean {
  if (annotation.checks.length + annotation.probes.length === 0) return all;
  return (
    annotation.checks.some((name) => ran.some((check) => same(check.name, name))) ||
    annotation.probes.some((id) =>
      ran.some((check) => allProbesOf(check).some((probe) => same(probe.id, id))),
    )
  );
}

/** The flaws of a check that the annotation speaks of; undefined when it is about something else. */
function findingsOf(
  annotation: Annotation,
  check: Check,
  byProbe: ReadonlyMap<string, readonly Finding[]>,
  meant: Meant,
): readonly Finding[] | undefined {
  const named = annotation.checks.some((name) => same(name, check.name));
  const all = allProbesOf(check);
  const probes = all.filter((probe) => annotation.probes.some((id) => same(id, probe.id)));
  const anywhere = annotation.checks.length + annotation.probes.length === 0;
  if (!named && probes.length === 0 && !anywhere) return undefined;
  const narrowed =
    annotation.paths.length > 0 || annotation.at !== undefined || annotation.fingerprint !== undefined;
  const found = (probes.length > 0 ? probes : all).flatMap((probe) =>
    (byProbe.get(probe.id) ?? []).filter(
      (finding) => isFlaw(probe, finding) && fits(annotation, finding, meant),
    ),
  );
  return found.length === 0 && (narrowed || anywhere || !named) ? undefined : found;
}

/** How what an annotation is narrowed to is compared with findings. */
interface Meant {
  readonly globs: GlobMatcher;
  printOf(finding: Finding): string;
}

function fits(annotation: Annotation, finding: Finding, { globs, printOf }: Meant): boolean {
  const path = finding.location?.path ?? '';
  if (annotation.paths.length > 0 && !annotation.paths.some((glob) => globs.matches(glob, path)))
    return false;
  if (annotation.at !== undefined) {
    const first = finding.location?.lineStart;
    if (first === undefined || annotation.at < first || annotation.at > (finding.location?.lineEnd ?? first))
      return false;
  }
  return annotation.fingerprint === undefined || annotation.fingerprint === printOf(finding);
}

function sentences(annotations: readonly Annotation[]): string[] {
  const reasons = new Set<AnnotationReason>(annotations.flatMap((annotation) => annotation.reasons));
  return [...reasons].map((reason) => ANNOTATION_REASONS[reason]);
}

/** Edit distance, for "did you mean". Names are short. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 9;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
