/** Detail lines and where they lead. */
import type { CheckResult, CheckView, Detail, Finding, Location, ScanResult } from '../../core/index.ts';

/** Details to show: those at Debug level only when asked for. */
export function visibleDetails(view: CheckView, verbose: boolean): readonly Detail[] {
  return verbose ? view.details : view.details.filter((one) => one.level !== 'Debug');
}

/**
 * What a probe found in the reference's view. A probe that could not be judged finds nothing there, which would look like
 * good news: the finding that says why stands in for it.
 */
export function probeFindings({ reference, adjusted }: ScanResult['probes'][number]): readonly Finding[] {
  return reference.length > 0 ? reference : adjusted.filter(({ outcome }) => outcome === 'Error');
}

/** `Level: text: path:line-end` (formats-and-cli 3). */
export function detailText({ level, text, location }: Detail): string {
  if (!location || location.path === '') return `${level}: ${text}`;
  return `${level}: ${text}: ${location.path}${linesText(location)}`;
}

/** `path:line-end` for people: a line 0 says nothing. Empty when there is no place. */
export function placeText(location: Location | undefined): string {
  if (!location || location.path === '') return '';
  return location.lineStart === 0 ? location.path : location.path + linesText(location);
}

function linesText({ lineStart, lineEnd }: Location): string {
  if (lineStart === undefined) return '';
  return lineEnd !== undefined && lineEnd > lineStart ? `:${lineStart}-${lineEnd}` : `:${lineStart}`;
}

/** How to mend one warning, line by line; what stands beside its place need not name the place again. */
export function remedyLines({ level, location, finding }: Detail): readonly string[] {
  if (level !== 'Warn' || !finding?.remedy) return [];
  let { text } = finding.remedy;
  const { path = '', lineStart } = location ?? {};
  for (const place of [placeText(location), `${path}:${lineStart}`, path]) {
    if (place !== '' && text.startsWith(`${place}: `)) text = text.slice(place.length + 2);
  }
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The adjusted view's reason where it says something else than the reference view's. */
export function otherReason({ reason, adjusted }: CheckResult): string | undefined {
  const words = (text: string) => text.replace(/ -- score normalized to \d+$/, '');
  return words(adjusted.reason) === words(reason) ? undefined : adjusted.reason;
}

/** Warnings that only one of the two views has. */
export function viewDifferences(check: CheckResult): {
  /** Only in the reference view. */
  readonly excused: readonly Detail[];
  /** Only in the adjusted view. */
  readonly beyond: readonly Detail[];
} {
  return { excused: onlyIn(check, check.adjusted), beyond: onlyIn(check.adjusted, check) };
}

/** What the adjusted view excuses, with what it says of the same place instead, where it says something. */
export function excusedDetails(check: CheckResult): readonly Detail[] {
  const { excused } = viewDifferences(check);
  const told = check.adjusted.details.filter(
    ({ level, finding }) => level !== 'Warn' && finding !== undefined,
  );
  return excused.map((detail) => {
    const { text, location, finding } = detail;
    const why = told.find(
      (one) =>
        one.finding?.probe === finding?.probe &&
        one.text !== text &&
        location !== undefined &&
        one.location?.path === location.path &&
        overlappingPlace(one, detail),
    );
    if (why === undefined) return detail;
    const more = why.text.startsWith(`${text}; `) ? why.text.slice(text.length + 2) : why.text;
    return { ...detail, text: `${text} (${more})` };
  });
}

/** Warnings of a view without a counterpart in the other; each counterpart serves one of them. */
function onlyIn(view: CheckView, other: CheckView): readonly Detail[] {
  const pools = Map.groupBy(
    other.details.filter((detail) => detail.level === 'Warn'),
    question,
  );
  const left = view.details.filter((detail) => detail.level === 'Warn');
  // Equal places are paired first, so that none is taken by a neighbour whose range reaches over it.
  return [equalPlace, overlappingPlace].reduce(
    (open, fits) =>
      open.filter((detail) => {
        const pool = pools.get(question(detail)) ?? [];
        const found = pool.findIndex((one) => fits(detail, one));
        if (found >= 0) pool.splice(found, 1);
        return found < 0;
      }),
    left,
  );
}

/** What is asked of which file: details of different questions are never the same. */
function question({ text, location, finding }: Detail): string {
  if (!finding) return text;
  return [finding.probe, finding.outcome, location?.path ?? ''].join('\0');
}

const snippetOf = ({ location }: Detail): string => location?.snippet?.replace(/\s+/g, ' ').trim() ?? '';

function equalPlace(a: Detail, b: Detail): boolean {
  const snippet = snippetOf(a);
  return snippet === '' ? a.location?.lineStart === b.location?.lineStart : snippet === snippetOf(b);
}

/** The views may tell another line or part of the same step. */
function overlappingPlace({ location: a }: Detail, { location: b }: Detail): boolean {
  const [aStart = 0, bStart = 0] = [a?.lineStart, b?.lineStart];
  const [aEnd = aStart, bEnd = bStart] = [a?.lineEnd, b?.lineEnd];
  return aStart <= Math.max(bStart, bEnd) && bStart <= Math.max(aStart, aEnd);
}

/** Where the reference describes a check; its anchors are the lower-case names. A plugin's check has a name only. */
export function documentationUrl(check: string): string {
  if (check.includes('/')) return `urn:assay:check:${check}`;
  return `https://github.com/ossf/scorecard/blob/main/docs/checks.md#${check.toLowerCase()}`;
}
