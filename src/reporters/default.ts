import { type CheckResult, defineReporter, type ReportOptions, type ScanResult } from '../core/index.ts';
import { detailSections } from './shared/sections.ts';
import { type Paint, padEnd, padStart, painter, safe, scoreStyle, width, wrap } from './shared/text.ts';

/** Columns when the output is no terminal. */
const USUAL_WIDTH = 100;

/** A table for people. */
const table = defineReporter({
  id: 'default',
  mediaType: 'text/plain',
  summary: 'a table for people; with --show-details every finding and how to mend it',
  render: (result, options) => {
    const columns = Math.min(160, Math.max(40, options.width ?? USUAL_WIDTH));
    const paint = painter(options.color);
    const lines = [
      ...heading(result, paint),
      ...(result.probeMode ? probeLines(result, columns, paint) : checkTable(result, columns, paint)),
      ...(options.showDetails ? detailSections(result, { ...options, columns, paint }) : []),
      ...skippedLines(result, columns, paint),
      ...noticeLines(result, options, columns, paint),
      ...nextStep(result, options, paint),
    ];
    return `${lines.join('\n')}\n`;
  },
});

export { table as default };

function heading(result: ScanResult, paint: Paint): string[] {
  const { name, commit, branch } = result.repo;
  const at = commit === 'unknown' ? '' : ` at ${commit.slice(0, 12)}`;
  const title = paint('bold', safe(name)) + paint('dim', `${at}${branch ? ` (${safe(branch)})` : ''}`);
  if (result.probeMode) return [title, ''];
  return [
    title,
    '',
    `Aggregate score: ${total(result.score, paint)}  ${paint('dim', 'as OpenSSF Scorecard counts')}`,
    `Adjusted score:  ${total(result.adjusted, paint)}  ${paint('dim', 'what holds; see docs/compatibility.md')}`,
    '',
  ];
}

function total(score: number, paint: Paint): string {
  const text = score < 0 ? '?' : score.toFixed(1);
  return `${paint(scoreStyle(score), text)} / 10`;
}

const NAME = 'Check';
const GAP = '  ';
const SCORE_COLUMNS = 5;
const ADJUSTED_COLUMNS = 8;

function checkTable(result: ScanResult, columns: number, paint: Paint): string[] {
  if (result.checks.length === 0) return ['No check fits this target.', ''];
  const nameColumns = Math.max(NAME.length, ...result.checks.map((check) => width(check.name)));
  const left = SCORE_COLUMNS + ADJUSTED_COLUMNS + nameColumns + 3 * GAP.length;
  const reasonColumns = columns - left;
  const stacked = reasonColumns < 24;
  const head = [
    padStart('Score', SCORE_COLUMNS),
    padStart('Adjusted', ADJUSTED_COLUMNS),
    padEnd(NAME, nameColumns),
    ...(stacked ? [] : ['Reason']),
  ].join(GAP);
  const rule = paint('dim', '─'.repeat(stacked ? Math.min(columns, left) : columns));
  const rows = result.checks.flatMap((check) => {
    const start = [
      cell(check.score, SCORE_COLUMNS, paint),
      cell(check.adjusted.score, ADJUSTED_COLUMNS, paint),
      padEnd(check.name, nameColumns),
    ].join(GAP);
    const reason = reasons(check, stacked ? columns - 4 : reasonColumns, paint);
    if (stacked) return [start, ...reason.map((line) => `    ${line}`)];
    return reason.map((line, index) => (index === 0 ? start : ' '.repeat(left - GAP.length)) + GAP + line);
  });
  return [paint('bold', head), rule, ...rows, ''];
}

function cell(score: number, columns: number, paint: Paint): string {
  return paint(scoreStyle(score), padStart(score < 0 ? '?' : String(score), columns));
}

/** The reason, and the adjusted view's where it comes to another score. */
function reasons(check: CheckResult, columns: number, paint: Paint): string[] {
  const lines = wrap(safe(check.reason), columns);
  if (check.adjusted.score === check.score) return lines;
  const adjusted = wrap(`adjusted: ${safe(check.adjusted.reason)}`, columns);
  return [...lines, ...adjusted.map((line) => paint('cyan', line))];
}

function probeLines(result: ScanResult, columns: number, paint: Paint): string[] {
  return result.probes.flatMap(({ probe, reference }) => [
    paint('bold', probe),
    ...reference.flatMap((finding) => {
      const place = finding.location?.path
        ? ` ${finding.location.path}:${finding.location.lineStart ?? 0}`
        : '';
      const outcome = padEnd(finding.outcome, 13);
      return wrap(safe(`${finding.message}${place}`), columns - 17).map(
        (line, index) => `  ${index === 0 ? outcome : ' '.repeat(13)}  ${line}`,
      );
    }),
    '',
  ]);
}

function skippedLines(result: ScanResult, columns: number, paint: Paint): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of result.skipped) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].flatMap(([why, names]) => [
    ...wrap(`Not judged: ${names.join(', ')} (${why}).`, columns).map((line) => paint('dim', line)),
    '',
  ]);
}

const NOTICES_SHOWN = 5;

function noticeLines(result: ScanResult, options: ReportOptions, columns: number, paint: Paint): string[] {
  const { notices } = result;
  if (notices.length === 0) return [];
  const shown = options.showDetails ? notices : notices.slice(0, NOTICES_SHOWN);
  const lines = shown.flatMap(({ path, line, message }) => {
    const place = path === undefined ? '' : `${path}${line === undefined ? '' : `:${line}`}: `;
    return wrap(safe(`${place}${message}`), columns - 2).map((text) => `  ${text}`);
  });
  const more = notices.length - shown.length;
  return [
    paint('bold', 'Notices'),
    ...lines,
    ...(more > 0 ? [paint('dim', `  and ${more} more (--show-details)`)] : []),
    '',
  ];
}

function nextStep(result: ScanResult, options: ReportOptions, paint: Paint): string[] {
  if (options.showDetails || result.probeMode || result.checks.every((check) => check.score === 10))
    return [];
  return [paint('dim', 'Where, and how to mend it: --show-details')];
}
