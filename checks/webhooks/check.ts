import { webhooksUseSecrets } from '../../probes/webhooksUseSecrets/probe.ts';
import { defineCheck, detailsByOutcome, inconclusive, proportional, scored } from '../../src/core/index.ts';

export const webhooks = defineCheck({
  name: 'Webhooks',
  risk: 'Critical',
  tags: ['security', 'infrastructure'],
  forges: ['github'],
  atCommit: false,
  onFolder: false,
  experimental: true,
  summary: 'Do webhooks use secrets?',
  motivation:
    'Servers that act on messages of the forge must be able to tell them from forged ones. A webhook without a secret gives them no means to.',
  scoring:
    'The share of webhooks with a secret, rounded down; 10 without any webhook. Listing webhooks takes administrator rights: without them the check is an error in the reference view and inconclusive in the Assay view.',
  remediation: [
    'Set a secret for every webhook and check the signature at the receiver.',
    'Delete webhooks nobody uses.',
  ],
  probes: [webhooksUseSecrets],
  score: (findings, view) => {
    const [first] = findings;
    if (findings.length === 1 && first!.outcome === 'NotApplicable')
      return scored(10, 'project does not have webhook');
    if (findings.length === 1 && first!.outcome === 'NotAvailable')
      return inconclusive(first!.message, detailsByOutcome(findings, { other: 'Warn' }));
    const details = view.adopts('webhook-address')
      ? detailsByOutcome(findings, { True: 'Info', False: 'Warn' })
      : [];
    const total = findings.length;
    const without = findings.filter((finding) => finding.outcome === 'False').length;
    if (without === total) return scored(0, 'no webhook has a secret', details);
    if (without === 0) return scored(10, `all ${total} webhooks have a secret`, details);
    return proportional(total - without, total, `${without} of ${total} webhooks have no secret`, details);
  },
});
