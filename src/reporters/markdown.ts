import {
  type CheckResult,
  type Detail,
  defineReporter,
  type Location,
  type Notice,
  type ReportOptions,
  type ScanResult,
  scoreText,
  stepsFor,
} from '../core/index.ts';
import { annotationLines } from './shared/annotations.ts';
import { changesTogether, changeWords } from './shared/changes.ts';
import {
  documentationUrl,
  excusedDetails,
  otherReason,
  placeText,
  probeFindings,
  remedyLines,
  viewDifferences,
  visibleDetails,
} from './shared/details.ts';

/** For job summaries, pull requests and wikis: a table, then a folded section per check. */
export const markdown = defineReporter({
  id: 'markdown',
  mediaType: 'text/markdown',
  summary: 'for job summaries and pull requests',
  render: (result, options) => {
    const parts = [
      ...heading(result),
      ...(result.probeMode ? probeTable(result) : checkTable(result)),
      ...changeList(result, options),
      ...(options.showDetails
        ? result.checks.flatMap((check) => section(check, options))
        : options.showAnnotations
          ? remarks(result)
          : []),
      ...notices(result),
    ];
    return `${parts.join('\n\n')}\n`;
  },
});

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;

/** A value inside a sentence of ours that may stand in a code span or not. */
const inStep = (value: string): string => value.replace(UNSEEN, ' ').replace(/[`<>[\]|!]|:(?=\/\/)/g, '?');

/** Text in which nothing is markup: what a repository says must not become a link, an image or HTML. */
function plain(text: string): string {
  return text
    .replace(UNSEEN, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~@&$]/g, (character) => `\\${character}`)
    .replace(/\\([<>&])/g, (_, character: string) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[character]!)
    .replace(/\b(https?):\/\//gi, '$1:&#8203;//');
}

/** A code span that holds whatever the text holds. */
function code(text: string): string {
  const clean = text.replace(UNSEEN, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${clean} ${fence}` : `${fence}${clean}${fence}`;
}

function heading(result: ScanResult): string[] {
  const { name, commit, branch } = result.repo;
  const at = commit === 'unknown' ? '' : ` at ${code(commit.slice(0, 12))}`;
  const title = `## ${plain(name)}${at}${branch === undefined ? '' : ` (${plain(branch)})`}`;
  if (result.probeMode) return [title];
  return [
    title,
    `**${total(result.score)}** as OpenSSF Scorecard counts · **${total(result.adjusted)}** adjusted`,
  ];
}

const total = (score: number): string => (score < 0 ? '?' : `${scoreText(score)} / 10`);
const points = (score: number): string => (score < 0 ? '?' : String(score));

function checkTable(result: ScanResult): string[] {
  const rows = result.checks.map((check) => {
    const { name, score, reason, adjusted } = check;
    const differing = otherReason(check);
    const other = differing === undefined ? '' : ` (adjusted: ${plain(differing)})`;
    const link =
      check.plugin === undefined ? `[${name}](${documentationUrl(name)})` : `${plain(name)} (plugin)`;
    return `| ${light(score)} ${points(score)} | ${points(adjusted.score)} | ${link} | ${plain(reason)}${other} |`;
  });
  return [['| Score | Adjusted | Check | Reason |', '| ---: | ---: | --- | --- |', ...rows].join('\n')];
}

const light = (score: number): string => (score < 0 ? '⚪' : score >= 8 ? '🟢' : score >= 5 ? '🟡' : '🔴');

function probeTable(result: ScanResult): string[] {
  const rows = result.probes.flatMap((one) =>
    probeFindings(one).map(({ outcome, message, location }) => {
      const place = placeText(location);
      return `| ${one.probe} | ${outcome} | ${plain(message)} | ${place === '' ? '' : code(place)} |`;
    }),
  );
  return [['| Probe | Outcome | Finding | Place |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

function changeList(result: ScanResult, { changes, catalogue }: ReportOptions): string[] {
  const best = result.probeMode ? [] : (changes?.() ?? []);
  if (best.length === 0) return [];
  const rows = changeWords(result, best, catalogue).map(({ act, where, check, total, remedy }, index) => {
    const at = where === '' ? '' : `, ${plain(where)}`;
    const [what, ...text] = (remedy ?? '').split('\n');
    const how = what === '' ? '' : `\n   ${plain(what!)}${fenced(text)}`;
    return `${index + 1}. **${plain(act)}**${at} (${check}), adjusted total ${total}${how}`;
  });
  const together = changesTogether(result, best);
  return ['### What gains most', ...(together === undefined ? [] : [together]), rows.join('\n')];
}

/** Lines to copy, as a block inside a list's item; its fence is longer than any in the lines. */
function fenced(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return ['', fence, ...lines.map((line) => line.replace(UNSEEN, ' ')), fence].join('\n   ');
}

function section(check: CheckResult, options: ReportOptions): string[] {
  const details = visibleDetails(check, options.verbose);
  const notes = options.showAnnotations ? annotationLines(check) : [];
  const { beyond } = viewDifferences(check);
  const excused = excusedDetails(check);
  if (details.length + notes.length + beyond.length === 0) return [];
  const differing = (what: string, some: readonly Detail[]) =>
    some.length === 0 ? [] : [`**${what}**`, some.map(detailLine).join('\n')];
  const lines = [...notes.map((text) => `- 📝 ${plain(text)}`), ...details.map(detailLine)];
  const steps = [
    ...new Set(
      [...details, ...beyond].flatMap(({ level, finding }) =>
        level === 'Warn' && finding
          ? stepsFor(finding, options.catalogue.probes.get(finding.probe), inStep)
          : [],
      ),
    ),
  ];
  return [
    `<details><summary>${check.name}: ${points(check.score)}</summary>`,
    lines.join('\n'),
    ...differing('Excused in the adjusted view', excused),
    ...differing('Found by the adjusted view only', beyond),
    ...(steps.length === 0
      ? []
      : ['**How to mend it**', steps.map((step) => `- ${oneLine(step)}`).join('\n')]),
    '</details>',
  ];
}

/** What the maintainers say, where no details are asked for. */
function remarks({ checks }: ScanResult): string[] {
  const rows = checks.flatMap((check) =>
    annotationLines(check).map((text) => `- ${plain(check.name)}: ${plain(text)}`),
  );
  return rows.length === 0 ? [] : ['### What the maintainers say', rows.join('\n')];
}

const oneLine = (step: string): string =>
  step
    .split('\n')
    .map((line) => line.trim())
    .join(' ');

function detailLine(detail: Detail): string {
  const { level, text, location } = detail;
  const place = placeText(location);
  const mark = level === 'Warn' ? '❌' : level === 'Info' ? '✅' : '▫️';
  const remedy = remedyLines(detail).map((line) => `<br>${plain(line.trim())}`);
  return `- ${mark} ${plain(text)}${place === '' ? '' : ` ${code(place)}`}${remedy.join('')}`;
}

/** A notice's place, written as findings' places are. */
const noticePlace = ({ path = '', line }: Notice): Location => ({ path, type: 'source', lineStart: line });

function notices(result: ScanResult): string[] {
  const { skipped, notices: told } = result;
  return [
    ...(skipped.length === 0
      ? []
      : [`Not judged: ${skipped.map(({ name, why }) => `${name} (${plain(why)})`).join(', ')}.`]),
    ...(told.length === 0
      ? []
      : [
          '### Notices',
          told
            .map(
              (one) => `- ${one.path ? `${code(placeText(noticePlace(one)))}: ` : ''}${plain(one.message)}`,
            )
            .join('\n'),
        ]),
  ];
}
