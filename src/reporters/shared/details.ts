/** Detail lines and where they lead. */
import type { CheckResult, CheckView, Detail, Location } from '../../core/index.ts';

/** Details to show: those at Debug level only when asked for. */
export function visibleDetails(view: CheckView, verbose: boolean): readonly Detail[] {
  return verbose ? view.details : view.details.filter((one) => one.level !== 'Debug');
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
  for (const place of [placeText(location), location?.path ?? '']) {
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

function onlyIn(view: CheckView, other: CheckView): readonly Detail[] {
  const left = new Map<string, number>();
  for (const detail of other.details) {
    if (detail.level === 'Warn') left.set(sameness(detail), (left.get(sameness(detail)) ?? 0) + 1);
  }
  return view.details.filter((detail) => {
    if (detail.level !== 'Warn') return false;
    const count = left.get(sameness(detail)) ?? 0;
    left.set(sameness(detail), count - 1);
    return count <= 0;
  });
}

/** What makes two details of different views the same: the question and the place, whatever the words and the line. */
function sameness({ text, location, finding }: Detail): string {
  if (!finding) return text;
  const { path = '', snippet, lineStart } = location ?? {};
  return [finding.probe, path, snippet?.replace(/\s+/g, ' ').trim() ?? lineStart ?? ''].join('\0');
}

/** Where the reference describes a check; its anchors are the lower-case names. A plugin's check has a name only. */
export function documentationUrl(check: string): string {
  if (check.includes('/')) return `urn:assay:check:${check}`;
  return `https://github.com/ossf/scorecard/blob/main/docs/checks.md#${check.toLowerCase()}`;
}
