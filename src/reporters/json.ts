import {
  type CheckResult,
  type Detail,
  defineReporter,
  type ReportOptions,
  type ScanResult,
} from '../core/index.ts';

/** The reference's JSON v2 (formats-and-cli 3), with arrays where the reference wrongly prints null. */
export const json = defineReporter({
  id: 'json',
  mediaType: 'application/json',
  summary: "the reference's JSON v2, one line",
  render: (result, options) =>
    `${escapeHtml(JSON.stringify(jsonV2(result, options)).replace('"score":"', '"score":').replace('","checks":', ',"checks":'))}\n`,
});

/** The document as an object; `score` is a text because it always carries one decimal. */
export function jsonV2(
  result: ScanResult,
  options: Pick<ReportOptions, 'showDetails' | 'showAnnotations' | 'verbose'>,
) {
  return {
    date: result.date.replace(/\.\d+Z$/, 'Z'),
    repo: { name: result.repo.name, commit: result.repo.commit },
    scorecard: { version: result.tool.version, commit: result.tool.commit },
    score: result.score.toFixed(1),
    checks: result.checks.map((check) => jsonCheck(check, options)),
    metadata: result.metadata,
  };
}

function jsonCheck(
  check: CheckResult,
  options: Pick<ReportOptions, 'showDetails' | 'showAnnotations' | 'verbose'>,
) {
  const annotations = options.showAnnotations ? (check.annotations ?? []) : [];
  return {
    details: options.showDetails
      ? check.details.filter((one) => options.verbose || one.level !== 'Debug').map(detailText)
      : [],
    score: check.score,
    reason: check.reason,
    name: check.name,
    documentation: { url: '', short: '' },
    ...(annotations.length > 0 ? { annotations } : {}),
  };
}

/** `Level: text: path:line-end` (formats-and-cli 3). */
export function detailText(detail: Detail): string {
  const { level, text, location } = detail;
  let out = `${level}: ${text}`;
  if (!location || location.path === '') return out;
  out += `: ${location.path}`;
  if (location.lineStart !== undefined) out += `:${location.lineStart}`;
  if (location.lineEnd !== undefined && location.lineEnd > (location.lineStart ?? 0))
    out += `-${location.lineEnd}`;
  return out;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function escapeHtml(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]!);
}
