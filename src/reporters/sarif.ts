import {
  type Catalogue,
  type CheckResult,
  type Demand,
  type Detail,
  defineReporter,
  type Finding,
  fingerprint,
  type Location,
  type Notice,
  type ReportOptions,
  type SarifProfile,
  type ScanResult,
} from '../core/index.ts';
import { remedyLines, viewDifferences } from './shared/details.ts';
import { checkRule, probeRule } from './shared/sarif-rules.ts';

/**
 * SARIF 2.1.0 (formats-and-cli 7). Rule ids are the reference's, so that alerts stay the same alerts; fingerprints do
 * not move with lines; the run's id holds no time.
 */
export const sarif = defineReporter({
  id: 'sarif',
  mediaType: 'application/sarif+json',
  summary: 'SARIF 2.1.0 for code scanning',
  render: (result, options) =>
    `${JSON.stringify(
      {
        $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
        version: '2.1.0',
        runs: [run(result, options)],
      },
      null,
      2,
    )}\n`,
});

/** The reference's action alerts below these scores; everything else below 10. */
const USUAL_LEAST: Readonly<Record<string, number>> = {
  License: 9,
  'CII-Best-Practices': 5,
  Maintained: 1,
  Contributors: 0,
  'Signed-Releases': 0,
};

function run(result: ScanResult, options: ReportOptions) {
  const { name, commit, branch } = result.repo;
  const known = commit !== 'unknown' && !name.startsWith('file:');
  const rules = result.probeMode
    ? result.probes.map((one) => probeRule(one.probe, options.catalogue))
    : result.checks.map((check) => checkRule(check.name, options.catalogue));
  const profile = options.sarifProfile ?? 'all';
  const alerts = result.probeMode
    ? result.probes.flatMap((one, index) => probeAlerts(one.reference, index, options.catalogue))
    : result.checks.flatMap((check, index) => checkAlerts(check, index, options.policy));
  return {
    tool: {
      driver: {
        name: 'Assay',
        semanticVersion: result.tool.version,
        rules,
      },
    },
    automationDetails: { id: 'supply-chain/assay/' },
    ...(known && {
      versionControlProvenance: [
        { repositoryUri: `https://${name}`, revisionId: commit, ...(branch !== undefined && { branch }) },
      ],
    }),
    columnKind: 'utf16CodeUnits',
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: result.notices.map(notification) },
    ],
    results: numbered(alerts.flatMap((alert) => sarifResult(alert, rules, profile))),
  };
}

/** One thing to tell, before it is clear whether and how the profile tells it. */
interface Alert {
  readonly rule: number;
  readonly message: string;
  readonly location?: Location;
  readonly finding?: Finding;
  /** Points missing; 10 is worst. */
  readonly distance: number;
  /** Why nothing needs to be done about it. */
  readonly accepted?: string;
}

function checkAlerts(check: CheckResult, rule: number, policy: readonly Demand[] | undefined): Alert[] {
  if (check.score < 0 || check.score >= leastOf(check.name, policy)) return [];
  const excused = new Set(viewDifferences(check).excused);
  const annotated = new Set(check.annotated?.fingerprints);
  const wholeCheck = check.annotated !== undefined && annotated.size === 0;
  const accepted = (detail: Detail): string | undefined => {
    if (wholeCheck || (detail.finding && annotated.has(fingerprint(detail.finding))))
      return (check.annotations ?? ['annotated by the maintainers']).join(' ');
    return excused.has(detail) ? 'Excused in the adjusted view.' : undefined;
  };
  const warnings = check.details.filter((one) => one.level === 'Warn');
  const distance = 10 - check.score;
  if (warnings.length === 0) {
    const why = wholeCheck ? (check.annotations ?? []).join(' ') : undefined;
    return [{ rule, message: `${check.name} is ${check.score}: ${check.reason}`, distance, accepted: why }];
  }
  return warnings.map((detail) => ({
    rule,
    message: [detail.text, ...remedyLines(detail)].join('. '),
    location: detail.location,
    finding: detail.finding,
    distance,
    accepted: accepted(detail),
  }));
}

function leastOf(check: string, policy: readonly Demand[] | undefined): number {
  if (policy === undefined) return USUAL_LEAST[check] ?? 10;
  const demand = policy.find((one) => one.check === check);
  return demand?.enforced ? demand.least : 0;
}

function probeAlerts(findings: readonly Finding[], rule: number, catalogue: Catalogue): Alert[] {
  return findings
    .filter((finding) => finding.outcome === catalogue.probes.get(finding.probe)?.remediation.on)
    .map((finding) => ({ rule, message: finding.message, location: finding.location, finding, distance: 5 }));
}

function sarifResult(alert: Alert, rules: readonly { readonly id: string }[], profile: SarifProfile) {
  const { location, distance, finding } = alert;
  const located =
    location !== undefined && location.path !== '' && location.type !== 'url' && location.type !== 'none';
  if (!located && profile === 'located') return [];
  const told = !located && profile === 'none-repository-level';
  const place = located ? physical(location) : physical({ path: 'README.md', type: 'source', lineStart: 1 });
  const id = finding ?? { probe: rules[alert.rule]!.id, values: { message: alert.message } };
  return [
    {
      ruleId: rules[alert.rule]!.id,
      ruleIndex: alert.rule,
      ...(told && { kind: 'informational' as const }),
      level: told ? 'none' : distance >= 7 ? 'error' : distance >= 3 ? 'warning' : 'note',
      message: { text: alert.message || rules[alert.rule]!.id },
      locations: [place],
      partialFingerprints: { 'assayFinding/v1': fingerprint(id) },
      ...(alert.accepted !== undefined && {
        suppressions: [{ kind: 'external', status: 'accepted', justification: alert.accepted }],
      }),
      properties: {
        repositoryLevel: !located,
        ...(finding && { probe: finding.probe, outcome: finding.outcome }),
      },
    },
  ];
}

/** Equal findings, e.g. two equal lines of one file, are told apart by their number. */
function numbered<
  T extends { readonly ruleId: string; readonly partialFingerprints: Record<string, string> },
>(results: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const print = result.partialFingerprints['assayFinding/v1']!;
    const key = `${result.ruleId} ${print}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { ...result, partialFingerprints: { 'assayFinding/v1': `${print}:${count}` } };
  });
}

function physical({ path, type, lineStart, lineEnd, snippet }: Location) {
  const start = Math.max(1, lineStart ?? 1);
  const binary = type === 'binary' || type === 'verifiedBinary';
  const region = binary
    ? undefined
    : {
        startLine: start,
        ...(lineEnd !== undefined && lineEnd >= start && { endLine: lineEnd }),
        ...(snippet !== undefined && { snippet: { text: snippet } }),
      };
  return { physicalLocation: { artifactLocation: artifact(path), ...(region && { region }) } };
}

const artifact = (path: string) => ({
  uri: path.split('/').map(encodeURIComponent).join('/'),
  uriBaseId: '%SRCROOT%',
});

function notification({ code, message, path, line }: Notice) {
  return {
    descriptor: { id: code },
    level: 'note' as const,
    message: { text: message },
    ...(path !== undefined &&
      path !== '' && { locations: [physical({ path, type: 'source', lineStart: line ?? 1 })] }),
  };
}
