/** `--show-details` for people: per check, findings grouped by what they say, where they are, and how to mend them. */
import {
  type CheckResult,
  type Detail,
  type Level,
  type ReportOptions,
  type ScanResult,
  stepsFor,
} from '../../core/index.ts';
import { excusedDetails, placeText, remedyLines, viewDifferences, visibleDetails } from './details.ts';
import { type Paint, type Style, safe, scoreStyle, wrap, wrapLines } from './text.ts';

interface Layout extends ReportOptions {
  readonly columns: number;
  readonly paint: Paint;
}

const MARK: Readonly<Record<Level, readonly [string, Style]>> = {
  Warn: ['✗', 'red'],
  Info: ['✓', 'green'],
  Debug: ['·', 'dim'],
};

/** Good news takes less room: so many places of one kind are listed. */
const GOOD_PLACES = 3;

/** One section per check that has something to show. */
export function detailSections(result: ScanResult, layout: Layout): string[] {
  return result.checks.flatMap((check) => section(check, layout));
}

function section(check: CheckResult, layout: Layout): string[] {
  const details = visibleDetails(check, layout.verbose);
  const { beyond } = viewDifferences(check);
  const excused = excusedDetails(check);
  const mend = mending(check, [...details, ...beyond], layout);
  const body = [
    ...groups(details, layout),
    ...marked('Excused in the adjusted view', excused, layout),
    ...marked('Found by the adjusted view', beyond, layout, true),
    ...mend,
  ];
  return body.length === 0 ? [] : [title(check, layout), ...body, ''];
}

function title(check: CheckResult, { paint }: Layout): string {
  const other = check.adjusted.score;
  const score = check.score < 0 ? 'not judged' : `${check.score} / 10`;
  const adjusted = other === check.score ? '' : `, adjusted ${other < 0 ? 'not judged' : other}`;
  return `${paint('bold', check.name)}  ${paint(scoreStyle(check.score), score)}${paint('cyan', adjusted)}`;
}

/** Details with the same words are said once, with all their places. */
function groups(details: readonly Detail[], layout: Layout): string[] {
  const byText = new Map<string, Detail[]>();
  for (const detail of details) {
    const key = `${detail.level}${detail.text}`;
    byText.set(key, [...(byText.get(key) ?? []), detail]);
  }
  const order: readonly Level[] = ['Warn', 'Info', 'Debug'];
  const sorted = [...byText.values()].sort((a, b) => order.indexOf(a[0]!.level) - order.indexOf(b[0]!.level));
  return sorted.flatMap((group) => groupLines(group, layout));
}

function groupLines(group: readonly Detail[], layout: Layout): string[] {
  const { paint, columns, verbose } = layout;
  const { level, text } = group[0]!;
  const [mark, style] = MARK[level];
  const head = wrap(safe(text), columns - 4).map(
    (line, index) => `  ${index === 0 ? paint(style, mark) : ' '} ${line}`,
  );
  const placed = group.filter((detail) => placeText(detail.location) !== '' || detail.finding?.remedy);
  const shown = level === 'Warn' || verbose ? placed : placed.slice(0, GOOD_PLACES);
  const more = placed.length - shown.length;
  return [
    ...head,
    ...shown.flatMap((detail) => placeLines(detail, layout)),
    ...(more > 0 ? [paint('dim', `      and ${more} more places`)] : []),
  ];
}

function placeLines(detail: Detail, { paint, columns }: Layout): string[] {
  const place = safe(placeText(detail.location));
  const remedy = remedyLines(detail).flatMap((line) => wrapLines(line, columns - 8));
  return [
    ...(place === '' ? [] : wrap(place, columns - 6).map((line) => paint('cyan', `      ${line}`))),
    ...remedy.map((line) => `        ${line}`),
  ];
}

/** The steps of every probe that found something to mend, each text once. */
function mending(check: CheckResult, details: readonly Detail[], layout: Layout): string[] {
  const steps = new Set<string>();
  for (const { finding, level } of details) {
    if (level !== 'Warn' || !finding || finding.remedy) continue;
    for (const step of stepsFor({ ...finding, remediated: true }, layout.catalogue.probes.get(finding.probe)))
      steps.add(step);
  }
  if (steps.size === 0 && check.score >= 0 && check.score < 10 && !details.some((one) => one.finding?.remedy))
    for (const step of layout.catalogue.checks.get(check.name)?.remediation ?? []) steps.add(step);
  if (steps.size === 0) return [];
  const lines = [...steps].flatMap((step) =>
    wrap(safe(plainLinks(step)), layout.columns - 6).map(
      (line, index) => `${index === 0 ? '    - ' : '      '}${line}`,
    ),
  );
  return [layout.paint('bold', '  How to mend it'), ...lines];
}

/** Markdown's back quotes read well enough on a terminal; its links do not. */
export function plainLinks(text: string): string {
  return text.replace(/\[([^\]\n]{1,200})\]\((https?:[^)\s]{1,500})\)/g, '$1 ($2)');
}

/** `how` = with how to mend them. */
function marked(what: string, details: readonly Detail[], layout: Layout, how = false): string[] {
  if (details.length === 0) return [];
  return [
    layout.paint('bold', `  ${what}`),
    ...details.flatMap((detail) => {
      const text = `${safe(detail.text)} ${safe(placeText(detail.location))}`.trimEnd();
      const remedy = how ? remedyLines(detail).flatMap((line) => wrapLines(line, layout.columns - 8)) : [];
      return [
        ...wrap(text, layout.columns - 6).map((line, index) => `${index === 0 ? '    ~ ' : '      '}${line}`),
        ...remedy.map((line) => `        ${line}`),
      ];
    }),
  ];
}
