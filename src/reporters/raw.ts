import { defineReporter, type ReportOptions, type ScanResult } from '../core/index.ts';
import { probeFindings } from './shared/details.ts';
import { goJson, localDay } from './shared/json.ts';
import { type Known, rawOfFiles } from './shared/raw-files.ts';
import { rawOfForge } from './shared/raw-forge.ts';

/**
 * What was seen, in the reference's raw format (formats-and-cli 5; odd spellings are part of it). `ran` is ours: it
 * tells checks that found nothing from checks that did not run. With probes, their findings stand at the end.
 */
export const raw = defineReporter({
  id: 'raw',
  mediaType: 'application/json',
  summary: "the reference's raw data, one line",
  render: (result, options) => `${goJson(rawDocument(result, options))}\n`,
});

function rawDocument(result: ScanResult, { known }: ReportOptions) {
  const { name, commit } = result.repo;
  const { version, commit: toolCommit } = result.tool;
  const nothing: Known = () => undefined;
  const files = rawOfFiles(known ?? nothing);
  const forge = rawOfForge(known ?? nothing);
  return {
    date: localDay(result.date),
    repo: { name, commit },
    scorecard: { version, commit: toolCommit },
    metadata: result.metadata,
    results: {
      workflows: files.workflows,
      permissions: files.permissions,
      licenses: files.licenses,
      issues: forge.issues,
      openssfBestPracticesBadge: forge.openssfBestPracticesBadge,
      databaseVulnerabilities: files.databaseVulnerabilities,
      binaries: files.binaries,
      securityPolicies: files.securityPolicies,
      dependencyUpdateTools: files.dependencyUpdateTools,
      branchProtections: forge.branchProtections,
      Contributors: forge.contributors,
      defaultBranchChangesets: forge.defaultBranchChangesets,
      archived: forge.archived,
      createdAt: forge.createdAt,
      fuzzers: files.fuzzers,
      releases: forge.releases,
      packages: files.packages,
      dependencyPinning: files.dependencyPinning,
    },
    ran: result.checks.filter((check) => check.error === undefined).map((check) => check.name),
    ...(result.probeMode && { findings: result.probes.flatMap(probeFindings) }),
  };
}
