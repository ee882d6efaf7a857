/** Which findings speak of which kind of place, in either view. */
import type { Finding, ProbeResult } from '../../src/core/index.ts';
import type { Kind } from './labels.ts';

/** A place a view reports. */
export interface Report {
  readonly path: string;
  readonly line: number;
  readonly lineEnd: number;
  /** What holds an outsider back, by the view's word. */
  readonly gate?: string;
  readonly values: Readonly<Record<string, string>>;
}

type Test = (finding: Finding) => boolean;

const isTrue: Test = ({ outcome }) => outcome === 'True';
const isWrite: Test = ({ outcome, values }) => outcome === 'False' && values?.permissionLevel === 'write';
const isUnpinned =
  (fits: (type: string) => boolean): Test =>
  ({ outcome, values }) =>
    outcome === 'False' && fits(values?.dependencyType ?? '');

/** Probes of each kind. A kind is measured by those of its probes that exist. */
export const SPEAKERS: Readonly<Record<Kind, Readonly<Record<string, Test>>>> = {
  'script-injection': { hasDangerousWorkflowScriptInjection: isTrue },
  'untrusted-checkout': { hasDangerousWorkflowUntrustedCheckout: isTrue },
  'artifact-poisoning': { hasUntrustedArtifactExecution: isTrue },
  'cache-poisoning': { hasWorkflowCachePoisoning: isTrue },
  'credential-persist': { hasPersistedCheckoutCredentials: isTrue },
  'self-hosted-on-public': { hasSelfHostedRunnerForForks: isTrue },
  'secrets-inherit': { hasInheritedSecrets: isTrue },
  'excessive-permission': {
    hasExcessiveJobPermissions: isTrue,
    topLevelPermissions: isWrite,
    jobLevelPermissions: isWrite,
  },
  'unpinned-action': { pinsDependencies: isUnpinned((type) => type === 'GitHubAction') },
  'unpinned-container': {
    hasUnpinnedWorkflowImages: isTrue,
    pinsDependencies: isUnpinned((type) => type === 'containerImage'),
  },
  'unpinned-install': {
    pinsDependencies: isUnpinned((type) => type !== 'GitHubAction' && type !== 'containerImage'),
  },
  fuzzing: { fuzzed: isTrue },
  sast: { sastToolConfigured: isTrue },
  packaging: { packagedWithAutomatedWorkflow: isTrue },
  license: { hasLicenseFile: isTrue },
  'security-policy': { securityPolicyPresent: isTrue },
  // Inputs of tests are told apart by the value `scope`.
  binary: { hasUnverifiedBinaryArtifacts: (finding) => isTrue(finding) && finding.values?.scope !== 'test' },
  'vulnerability-scope': { hasOSVVulnerabilities: isTrue },
};

/** Kinds that cannot be measured on a folder without the network. */
export const UNMEASURED: ReadonlySet<Kind> = new Set(['vulnerability-scope']);

/** What one view reports of a kind. */
export function reportsOf(
  kind: Kind,
  results: readonly ProbeResult[],
  view: 'reference' | 'adjusted',
): Report[] {
  const reports: Report[] = [];
  for (const result of results) {
    const test = SPEAKERS[kind][result.probe];
    if (test === undefined) continue;
    for (const finding of result[view]) {
      const { location, values = {} } = finding;
      if (!test(finding) || location === undefined) continue;
      const line = location.lineStart ?? 0;
      const lineEnd = Math.max(line, location.lineEnd ?? line);
      const gate = values.gate;
      reports.push({ path: location.path, line, lineEnd, values, ...(gate ? { gate } : {}) });
    }
  }
  return reports;
}
