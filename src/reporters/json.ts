import {
  type CheckResult,
  defineReporter,
  type ReportOptions,
  type ScanResult,
  scoreText,
} from '../core/index.ts';
import { detailText, documentationUrl, probeFindings, visibleDetails } from './shared/details.ts';
import { findingJson } from './shared/findings.ts';
import { goJson, localDateTime } from './shared/json.ts';

/** The reference's JSON v2 (formats-and-cli 3), with arrays where the reference wrongly prints null. */
export const json = defineReporter({
  id: 'json',
  mediaType: 'application/json',
  summary: "the reference's JSON v2, one line",
  render: (result, options) => `{${members(result, options).join(',')}}\n`,
});

/** `"key":value` for each member in the reference's order; `repo` may be left out, as in-toto does. */
export function members(result: ScanResult, options: ReportOptions, withRepo = true): string[] {
  const { name, commit } = result.repo;
  const { version, commit: toolCommit } = result.tool;
  return [
    `"date":${goJson(localDateTime(result.date))}`,
    ...(withRepo ? [`"repo":${goJson({ name, commit })}`] : []),
    `"scorecard":${goJson({ version, commit: toolCommit })}`,
    // Always one decimal, which JSON.stringify cannot say of a number.
    `"score":${scoreText(result.score)}`,
    `"checks":${goJson(result.checks.map((check) => jsonCheck(check, options)))}`,
    `"metadata":${goJson(result.metadata)}`,
    ...(result.probeMode ? [`"findings":${goJson(allFindings(result, options))}`] : []),
  ];
}

function jsonCheck(check: CheckResult, options: ReportOptions) {
  const annotations = options.showAnnotations ? (check.annotations ?? []) : [];
  return {
    details: options.showDetails ? visibleDetails(check, options.verbose).map(detailText) : [],
    score: check.score,
    reason: check.reason,
    name: check.name,
    documentation: {
      url: documentationUrl(check.name),
      short: options.catalogue.checks.get(check.name)?.summary ?? '',
    },
    ...(annotations.length > 0 ? { annotations } : {}),
  };
}

function allFindings(result: ScanResult, options: ReportOptions) {
  return result.probes.flatMap(probeFindings).map((finding) => findingJson(finding, options.catalogue));
}
