import { hasDangerousWorkflowScriptInjection } from '../../probes/hasDangerousWorkflowScriptInjection/probe.ts';
import { hasDangerousWorkflowUntrustedCheckout } from '../../probes/hasDangerousWorkflowUntrustedCheckout/probe.ts';
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
  score: (findings) => {
    if (findings.some((finding) => finding.outcome === 'NotApplicable'))
      return inconclusive('no workflows found');
    const errors = findings
      .filter((finding) => finding.outcome === 'Error')
      .map((one) => detail('Info', one));
    const patterns = findings.filter((finding) => finding.outcome === 'True');
    const hits = patterns.filter((one) => !isHeldBack(one)).map((one) => detail('Warn', one));
    const gated = patterns.filter(isHeldBack).map((one) => detail('Info', one));
    return hits.length > 0
      ? scored(0, 'dangerous workflow patterns detected', [...hits, ...gated, ...errors])
      : scored(10, 'no dangerous workflow patterns detected', [...gated, ...errors]);
  },
});

/** Something outside the code stands between outsiders and this place. The reference knows no such state. */
const isHeldBack = (finding: Finding): boolean => finding.values?.gate !== undefined;
