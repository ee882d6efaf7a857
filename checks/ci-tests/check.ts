import { testsRunInCI } from '../../probes/testsRunInCI/probe.ts';
import { defineCheck, detail, inconclusive, proportional } from '../../src/core/index.ts';

export const ciTests = defineCheck({
  name: 'CI-Tests',
  risk: 'Low',
  tags: ['supply-chain', 'testing'],
  forges: ['github', 'gitlab', 'azure'],
  atCommit: true,
  onFolder: false,
  summary: 'Do tests run on changes before they are merged?',
  motivation: 'Tests that run by themselves on every change find mistakes before users do.',
  scoring:
    'The share of recently merged pull requests with a passed test at their head, rounded down; inconclusive when there is none. The Assay view counts commits without a pull request too.',
  remediation: [
    'Run the test suite on every pull request, e.g. in a workflow that starts on `pull_request`.',
  ],
  probes: [testsRunInCI],
  score: (findings, view) => {
    const told = findings.filter((finding) => finding.outcome === 'True' || finding.outcome === 'False');
    const details = told.map((finding) => detail('Debug', finding));
    const hidden = findings.find((finding) => finding.outcome === 'NotAvailable');
    if (hidden !== undefined) return inconclusive(hidden.message, [detail('Warn', hidden)]);
    if (findings.some((finding) => finding.outcome === 'NotApplicable'))
      return inconclusive('no pull request found', details);
    const tested = findings.filter((finding) => finding.outcome === 'True').length;
    const changes = view.adopts('direct-commits') ? 'changes' : 'merged PRs';
    const reason = `${tested} out of ${findings.length} ${changes} checked by a CI test`;
    return proportional(tested, findings.length, reason, details);
  },
});
