import { hasDangerousWorkflowScriptInjection } from '../../probes/hasDangerousWorkflowScriptInjection/probe.ts';
import { hasDangerousWorkflowUntrustedCheckout } from '../../probes/hasDangerousWorkflowUntrustedCheckout/probe.ts';
import { hasPersistedCheckoutCredentials } from '../../probes/hasPersistedCheckoutCredentials/probe.ts';
import { hasSelfHostedRunnerForForks } from '../../probes/hasSelfHostedRunnerForForks/probe.ts';
import { hasUntrustedArtifactExecution } from '../../probes/hasUntrustedArtifactExecution/probe.ts';
import { hasWorkflowCachePoisoning } from '../../probes/hasWorkflowCachePoisoning/probe.ts';
import { defineCheck, detail, type Finding, inconclusive, scored } from '../../src/core/index.ts';

export const dangerousWorkflow = defineCheck({
  name: 'Dangerous-Workflow',
  risk: 'Critical',
  tags: ['supply-chain', 'security', 'infrastructure'],
  forges: ['github', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Do workflows keep what outsiders write away from their secrets?',
  motivation:
    'A workflow that runs code or text of strangers with its own rights hands them the repository: its token, its secrets, its releases.',
  scoring:
    '0 as soon as one dangerous pattern is found, else 10; without workflows inconclusive. Places of the Assay view that something holds back from outsiders (value `gate`) are told and take nothing.',
  remediation: [
    'Hand values of events to scripts by environment variables instead of expanding them inside the script.',
    'Do not check out pull requests in workflows on `pull_request_target` or `workflow_run`.',
  ],
  probes: [hasDangerousWorkflowScriptInjection, hasDangerousWorkflowUntrustedCheckout],
  improvements: {
    'untrusted-artifacts': {
      what: 'A privileged job that runs files made by a pull request counts like one that runs its tree.',
      why: 'The reference has no rule for artifacts of `workflow_run`, the usual way around a forbidden checkout.',
    },
    'poisoned-caches': {
      what: 'Caches of the default branch that the code of outsiders can write count.',
      why: 'The reference has no rule for caches; release builds unpack what a pull request left there.',
    },
    'kept-credentials': {
      what: 'Tokens that a checkout leaves beside the code of outsiders, or in an artifact, count.',
      why: 'The reference has no rule for them. A checkout that merely keeps its token is no finding.',
    },
    'own-machines': {
      what: 'Jobs on own machines that outsiders can start count.',
      why: 'The reference has no rule for runners; what a pull request leaves on such a machine sees the jobs behind it.',
    },
  },
  further: {
    'untrusted-artifacts': [hasUntrustedArtifactExecution],
    'poisoned-caches': [hasWorkflowCachePoisoning],
    'kept-credentials': [hasPersistedCheckoutCredentials],
    'own-machines': [hasSelfHostedRunnerForForks],
  },
  score: (findings) => {
    if (findings.some((finding) => finding.outcome === 'NotApplicable'))
      return inconclusive('no workflows found');
    const errors = brokenFiles(findings).map((one) => detail('Info', one));
    const patterns = findings.filter((finding) => finding.outcome === 'True');
    const hits = patterns.filter((one) => !isHeldBack(one)).map((one) => detail('Warn', one));
    const gated = patterns.filter(isHeldBack).map((one) => detail('Info', one));
    return hits.length > 0
      ? scored(0, 'dangerous workflow patterns detected', [...hits, ...gated, ...errors])
      : scored(10, 'no dangerous workflow patterns detected', [...gated, ...errors]);
  },
});

/** One finding for each file that cannot be read, however many probes tell of it. */
function brokenFiles(findings: readonly Finding[]): readonly Finding[] {
  const broken = findings.filter((finding) => finding.outcome === 'Error');
  return [...new Map(broken.map((one) => [one.location?.path, one])).values()];
}

/** Something outside the code stands between outsiders and this place. The reference knows no such state. */
const isHeldBack = (finding: Finding): boolean => finding.values?.gate !== undefined;
