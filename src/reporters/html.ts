import {
  type CheckResult,
  type Detail,
  defineReporter,
  type Level,
  type ReportOptions,
  type Risk,
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
import { STYLE } from './shared/html-style.ts';
import { html, type Markup, nothing } from './shared/markup.ts';

/** One self-contained page: scores, what to do first, every check with its findings and how to mend them. */
export const htmlReporter = defineReporter({
  id: 'html',
  mediaType: 'text/html',
  summary: 'one page to read, send and print',
  render: (result, options) => `<!doctype html>\n${page(result, options).html}\n`,
});
export { htmlReporter as html };

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

function page(result: ScanResult, options: ReportOptions): Markup {
  const { name } = result.repo;
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${name}: ${result.probeMode ? 'findings' : ofTen(result.score)}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
${header(result)}
${result.probeMode ? probeList(result) : checkList(result, options)}
${notices(result)}
${footer(result)}
</main>
</body>
</html>`;
}

function header(result: ScanResult): Markup {
  const { name, commit, branch } = result.repo;
  const at = commit === 'unknown' ? nothing : html` at commit <code>${commit.slice(0, 12)}</code>`;
  const on = branch === undefined ? nothing : html` on ${branch}`;
  const day = new Date(result.date).toISOString().slice(0, 10);
  return html`<header>
<h1>${name}</h1>
<p class="soft">Judged ${day}${at}${on}</p>
</header>`;
}

function checkList(result: ScanResult, options: ReportOptions): Markup {
  const sorted = [...result.checks].sort((a, b) => rank(b, options) - rank(a, options));
  return html`<div class="cards">
${totalCard('Score', result.score, 'as OpenSSF Scorecard counts')}
${totalCard('Adjusted score', result.adjusted, 'what holds, by documented improvements')}
</div>
<p class="lead">${sentence(result)}</p>
${actions(result, options)}
<h2>Checks</h2>
${sorted.map((check) => checkCard(check, options))}
${skipped(result)}`;
}

const WORTH: Readonly<Record<Risk, number>> = { Critical: 4, High: 3, Medium: 2, Low: 1 };

/** What hurts most comes first: missing points by risk; what could not be judged stands between. */
function rank(check: CheckResult, { catalogue }: ReportOptions): number {
  const missing = check.score < 0 ? 0.5 : 10 - check.score;
  return missing * 10 + WORTH[catalogue.checks.get(check.name)?.risk ?? 'Medium'];
}

function sentence({ checks }: ScanResult): string {
  const count = (test: (score: number) => boolean) => checks.filter((check) => test(check.score)).length;
  const well = count((score) => score >= 8);
  const work = count((score) => score >= 0 && score < 8);
  const open = count((score) => score < 0);
  const parts = [
    well > 0 && `${well} ${well === 1 ? 'is' : 'are'} well`,
    work > 0 && `${work} ${work === 1 ? 'needs' : 'need'} work`,
    open > 0 && `${open} could not be judged`,
  ].filter((part) => part !== false);
  return `Of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'}, ${parts.join(', ') || 'none ran'}.`;
}

function totalCard(what: string, score: number, note: string): Markup {
  const around = 2 * Math.PI * 44;
  const filled = (Math.max(0, score) / 10) * around;
  const arc =
    score <= 0
      ? nothing
      : html`<circle class="arc ${grade(score)}" cx="50" cy="50" r="44" transform="rotate(-90 50 50)" stroke-dasharray="${filled.toFixed(1)} ${around.toFixed(1)}"/>`;
  return html`<div class="card total">
<svg viewBox="0 0 100 100" role="img" aria-label="${what} ${ofTen(score)}"><circle class="ring" cx="50" cy="50" r="44"/>${arc}<text x="50" y="51">${score < 0 ? '?' : scoreText(score)}</text></svg>
<div><div class="what">${what}</div><div class="soft small">${note}</div></div>
</div>`;
}

/** `PATH`, `2 places in PATH` or `5 places in 3 files`: only a path is code. */
function placeWords(where: string): Markup {
  if (/^\d+ places in \d+ files$/.test(where)) return html`${where}`;
  const [, count = '', path = where] = /^(\d+ places in )(.+)$/.exec(where) ?? [];
  return html`${count}<code>${path}</code>`;
}

const ofTen = (score: number): string => (score < 0 ? 'not judged' : `${scoreText(score)} of 10`);

function grade(score: number): string {
  if (score < 0) return 'none';
  return score >= 8 ? 'good' : score >= 5 ? 'fair' : 'bad';
}

function actions(result: ScanResult, { changes, catalogue }: ReportOptions): Markup {
  const best = changes?.() ?? [];
  if (best.length === 0) return nothing;
  const items = changeWords(result, best, catalogue).map(({ act, where, check, total, remedy }) => {
    const at = where === '' ? nothing : html`, ${placeWords(where)}`;
    const how = remedy === undefined ? nothing : html`<span class="soft remedy">${words(remedy)}</span>`;
    return html`<li><strong>${act}</strong>${at} (${check}), adjusted score ${total}.${how}</li>`;
  });
  const together = changesTogether(result, best);
  return html`<h2>What gains most</h2>
<div class="card">${together === undefined ? nothing : html`<p class="soft">${together}</p>`}<ol class="steps">${items}</ol></div>`;
}

function checkCard(check: CheckResult, options: ReportOptions): Markup {
  const unit = options.catalogue.checks.get(check.name);
  const other = otherReason(check);
  const changed = check.adjusted.score !== check.score || other !== undefined;
  const adjusted = changed
    ? html`<br><span class="small soft">Adjusted ${check.adjusted.score < 0 ? '?' : check.adjusted.score}${other === undefined ? '' : `: ${other}`}</span>`
    : nothing;
  const row = html`<span class="pill ${grade(check.score)}">${check.score < 0 ? '?' : check.score}</span>
<span class="name">${check.name}</span><span class="risk">${unit ? `${unit.risk} risk` : ''}</span>
<span class="reason">${check.reason}${adjusted}</span>`;
  const body = checkBody(check, options);
  if (body === undefined) return html`<div class="check"><div class="row">${row}</div></div>\n`;
  return html`<details class="check"><summary>${row}</summary>
<div class="body">${body}</div></details>\n`;
}

function checkBody(check: CheckResult, options: ReportOptions): Markup | undefined {
  const details = visibleDetails(check, options.verbose);
  const { beyond } = viewDifferences(check);
  const excused = excusedDetails(check);
  const steps = new Set(
    [...details, ...beyond].flatMap(({ level, finding }) =>
      level === 'Warn' && finding ? stepsFor(finding, options.catalogue.probes.get(finding.probe)) : [],
    ),
  );
  const unit = options.catalogue.checks.get(check.name);
  if (steps.size === 0 && check.score >= 0 && check.score < 10)
    for (const step of unit?.remediation ?? []) steps.add(step);
  const notes = options.showAnnotations ? annotationLines(check) : [];
  if (details.length + beyond.length + steps.size + notes.length === 0) return undefined;
  return html`${unit ? html`<p class="soft small">${unit.summary} ${more(check)}</p>` : nothing}
${section(
  'What the maintainers say',
  notes.map((text) => html`<li class="note">${text}</li>`),
)}
${section('Findings', grouped(details))}
${section('Excused in the adjusted view', grouped(excused))}
${section('Found by the adjusted view only', grouped(beyond))}
${section(
  'How to mend it',
  [...steps].map((step) => html`<li class="step">${words(step)}</li>`),
)}`;
}

function section(title: string, items: readonly Markup[]): Markup {
  return items.length === 0 ? nothing : html`<h3>${title}</h3><ul>${items}</ul>`;
}

/** Back quotes become code; everything else is text. */
function words(step: string): Markup[] {
  return step.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

const ORDER: readonly Level[] = ['Warn', 'Info', 'Debug'];
/** So many places of one finding are listed, fewer of good news. */
const MOST_PLACES = 50;
const MOST_GOOD_PLACES = 8;

/** Equal words are said once, with all their places. */
function grouped(details: readonly Detail[]): Markup[] {
  const groups = Map.groupBy(details, ({ level, text }) => `${ORDER.indexOf(level)} ${text}`);
  const sorted = [...groups].sort(([a], [b]) => Number(a[0]) - Number(b[0]));
  return sorted.map(([, group]) => {
    const { level, text } = group[0]!;
    const places = group.flatMap((detail) => {
      const place = placeText(detail.location);
      const remedy = remedyLines(detail);
      if (place === '' && remedy.length === 0) return [];
      return [
        html`<span class="places">${place === '' ? nothing : html`<code>${place}</code>`}${remedy.map((line) => html`<span class="remedy">${words(line)}</span>`)}</span>`,
      ];
    });
    const most = level === 'Warn' ? MOST_PLACES : MOST_GOOD_PLACES;
    const more = places.length - most;
    return html`<li class="${level.toLowerCase()}">${text}${places.slice(0, most)}${more > 0 ? html`<span class="places">and ${more} more places</span>` : nothing}</li>`;
  });
}

function probeList(result: ScanResult): Markup {
  const sections = result.probes.map((one) => {
    const items = probeFindings(one).map(({ outcome, message, location }) => {
      const place = placeText(location);
      const where = place === '' ? nothing : html`<span class="places"><code>${place}</code></span>`;
      return html`<li class="step"><strong>${outcome}</strong> ${message}${where}</li>`;
    });
    return html`<h2>${one.probe}</h2><div class="card body"><ul>${items}</ul></div>`;
  });
  return html`${sections}`;
}

function skipped(result: ScanResult): Markup {
  if (result.skipped.length === 0) return nothing;
  const groups = [...Map.groupBy(result.skipped, ({ why }) => why)];
  const lines = groups.map(
    ([why, names]) =>
      html`<p class="soft small">Not judged: ${names.map(({ name }) => name).join(', ')} (${why}).</p>`,
  );
  return html`${lines}`;
}

function notices(result: ScanResult): Markup {
  if (result.notices.length === 0) return nothing;
  const items = result.notices.map(
    ({ path, message }) =>
      html`<p class="small">${path ? html`<code>${path}</code>: ` : nothing}${message}</p>`,
  );
  return html`<h2>Notices</h2><div class="card">${items}</div>`;
}

function footer({ tool, metadata }: ScanResult): Markup {
  const about = metadata.length === 0 ? nothing : html`<p>${metadata.join(' · ')}</p>`;
  return html`<footer class="soft small">${about}<p>Assay ${tool.version}. The score is the mean of the checks, weighted by risk, from 0 to 10.</p></footer>`;
}

/** Where to read on; a plugin's check says that it does not count. */
function more({ name, plugin }: CheckResult): Markup {
  if (plugin !== undefined) return html`Check of the plugin ${plugin}.`;
  return html`<a href="${documentationUrl(name)}" rel="noreferrer">More about this check</a>`;
}
