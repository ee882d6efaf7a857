import {
  allProbesOf,
  type CheckResult,
  defineReporter,
  type ReportOptions,
  type ScanResult,
  scoreText,
} from '../core/index.ts';
import { annotationLines } from './shared/annotations.ts';
import { changesTogether, changeWords } from './shared/changes.ts';
import { otherReason, placeText, probeFindings } from './shared/details.ts';
import { detailSections, plainLinks } from './shared/sections.ts';
import {
  type Paint,
  padEnd,
  padStart,
  painter,
  safe,
  scoreStyle,
  width,
  wrap,
  wrapLines,
} from './shared/text.ts';

/** Columns when the output is no terminal. */
const USUAL_WIDTH = 100;
/** Narrower terminals do without the notes beside the totals. */
const NOTE_COLUMNS = 68;

interface Layout extends ReportOptions {
  readonly columns: number;
  readonly paint: Paint;
}

/** A table for people. */
const table = defineReporter({
  id: 'default',
  mediaType: 'text/plain',
  summary: 'a table for people; with --show-details every finding and how to mend it',
  render: (result, options) => {
    const columns = Math.min(160, Math.max(40, options.width ?? USUAL_WIDTH));
    const layout: Layout = { ...options, columns, paint: painter(options.color) };
    const lines = [
      ...heading(result, layout),
      ...(result.probeMode ? probeLines(result, layout) : checkTables(result, layout)),
      ...(options.showDetails ? detailSections(result, layout) : []),
      ...skippedLines(result, layout),
      ...noticeLines(result, layout),
      ...nextSteps(result, layout),
    ];
    while (lines.at(-1) === '') lines.pop();
    return `${lines.join('\n')}\n`;
  },
});

export { table as default };

function heading(result: ScanResult, { paint, columns }: Layout): string[] {
  const { name, commit, branch } = result.repo;
  const at = commit === 'unknown' ? '' : ` at ${commit.slice(0, 12)}`;
  const words = `${safe(name)}${at}${branch ? ` (${safe(branch)})` : ''}`;
  const title = wrap(words, columns).map((line) => paint('bold', line));
  if (result.probeMode) return [...title, ''];
  const note = (text: string) => (columns < NOTE_COLUMNS ? '' : `  ${paint('dim', text)}`);
  return [
    ...title,
    '',
    `Aggregate score: ${total(result.score, paint)}${note('as OpenSSF Scorecard counts')}`,
    `Adjusted score:  ${total(result.adjusted, paint)}${note('what holds; see docs/compatibility.md')}`,
    '',
  ];
}

function total(score: number, paint: Paint): string {
  const text = score < 0 ? '?' : scoreText(score);
  return `${paint(scoreStyle(score), text)} / 10`;
}

const NAME = 'Check';
const GAP = '  ';
const SCORE_COLUMNS = 5;
const ADJUSTED_COLUMNS = 8;

/** The program's own checks, and apart from them what plugins say. */
function checkTables(result: ScanResult, layout: Layout): string[] {
  const own = result.checks.filter((check) => check.plugin === undefined);
  const others = result.checks.filter((check) => check.plugin !== undefined);
  const loose = looseProbes(result, layout);
  if (own.length + others.length + loose.length === 0) return ['No check fits this target.', ''];
  const title = (what: string) => layout.paint('bold', what);
  return [
    ...(own.length > 0 ? checkTable(own, layout) : []),
    ...(others.length > 0
      ? [`${title('Checks of plugins')}  ${layout.paint('dim', OUTSIDE)}`, '', ...checkTable(others, layout)]
      : []),
    ...(loose.length > 0 ? [title('Probes of plugins'), '', ...probeLines({ probes: loose }, layout)] : []),
  ];
}

const OUTSIDE = 'in the totals only where a policy counts them';

/** Findings of plugins' probes that belong to no check. */
function looseProbes({ plugins, probes }: ScanResult, { catalogue }: Layout): ScanResult['probes'] {
  if (plugins === undefined) return [];
  const told = new Set(plugins.flatMap((plugin) => plugin.probes));
  for (const check of catalogue.checks.values()) for (const { id } of allProbesOf(check)) told.delete(id);
  return probes.filter(({ probe }) => told.has(probe));
}

function checkTable(checks: readonly CheckResult[], options: Layout): string[] {
  const { columns, paint } = options;
  const nameColumns = Math.max(NAME.length, ...checks.map((check) => width(check.name)));
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
  const rows = checks.flatMap((check) => {
    const start = [
      cell(check.score, SCORE_COLUMNS, paint),
      cell(check.adjusted.score, ADJUSTED_COLUMNS, paint),
      padEnd(check.name, nameColumns),
    ].join(GAP);
    const reason = reasons(check, stacked ? columns - 4 : reasonColumns, options);
    if (stacked) return [start, ...reason.map((line) => `    ${line}`)];
    return reason.map((line, index) => (index === 0 ? start : ' '.repeat(left - GAP.length)) + GAP + line);
  });
  return [paint('bold', head), rule, ...rows, ''];
}

function cell(score: number, columns: number, paint: Paint): string {
  return paint(scoreStyle(score), padStart(score < 0 ? '?' : String(score), columns));
}

/** The reason, the adjusted view's where it comes to another score, and what the maintainers say. */
function reasons(check: CheckResult, columns: number, { paint, showAnnotations }: Layout): string[] {
  const other = otherReason(check);
  const also = [
    ...(other === undefined ? [] : [`adjusted: ${other}`]),
    ...(showAnnotations ? annotationLines(check).map((text) => `maintainers: ${text}`) : []),
  ];
  return [
    ...wrap(safe(check.reason), columns),
    ...also.flatMap((text) => wrap(safe(text), columns)).map((line) => paint('cyan', line)),
  ];
}

function probeLines(result: Pick<ScanResult, 'probes'>, { columns, paint }: Layout): string[] {
  return result.probes.flatMap((one) => [
    paint('bold', one.probe),
    ...probeFindings(one).flatMap((finding) => {
      const place = placeText(finding.location);
      const outcome = padEnd(finding.outcome, 13);
      return wrap(safe(`${finding.message} ${place}`.trimEnd()), columns - 17).map(
        (line, index) => `  ${index === 0 ? outcome : ' '.repeat(13)}  ${line}`,
      );
    }),
    '',
  ]);
}

function skippedLines(result: ScanResult, { columns, paint }: Layout): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of result.skipped) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].flatMap(([why, names]) => [
    ...wrap(`Not judged: ${names.join(', ')} (${why}).`, columns).map((line) => paint('dim', line)),
    '',
  ]);
}

const NOTICES_SHOWN = 5;

function noticeLines(result: ScanResult, { columns, paint, showDetails }: Layout): string[] {
  const { notices } = result;
  if (notices.length === 0) return [];
  const shown = showDetails ? notices : notices.slice(0, NOTICES_SHOWN);
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

/** The few changes that gain most, and where to read on. */
function nextSteps(result: ScanResult, layout: Layout): string[] {
  if (result.probeMode) return [];
  const { columns, paint, showDetails, catalogue } = layout;
  const best = layout.changes?.() ?? [];
  const more =
    showDetails || best.length === 0 ? [] : [paint('dim', 'Where, and how to mend it: --show-details')];
  if (best.length === 0) return more;
  const together = changesTogether(result, best);
  const title = paint('bold', 'What gains most');
  const lines = changeWords(result, best, catalogue).flatMap((words, index) => {
    const { act, where, check, total, remedy } = words;
    const text = `${act}${where === '' ? '' : `, ${where}`} (${check}), adjusted total ${total}`;
    return [
      ...hanging(`  ${index + 1}. `, text, columns),
      ...(remedy === undefined
        ? []
        : wrapLines(plainLinks(remedy), columns - 5).map((line) => paint('dim', `     ${line}`))),
    ];
  });
  return [together === undefined ? title : `${title}  ${paint('dim', together)}`, ...lines, '', ...more];
}

/** Wrapped text behind a mark; further lines are indented as far. */
function hanging(mark: string, text: string, columns: number): string[] {
  return wrap(safe(text), columns - mark.length).map(
    (line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line,
  );
}
