import { packagedWithAutomatedWorkflow } from '../../probes/packagedWithAutomatedWorkflow/probe.ts';
import { defineCheck, detailsByOutcome, inconclusive, scored } from '../../src/core/index.ts';

export const packaging = defineCheck({
  name: 'Packaging',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'releases'],
  forges: ['github', 'local'],
  atCommit: false,
  onFolder: true,
  summary: 'Does automation of this repository publish its packages?',
  motivation:
    'Packages let users get fixes as updates, and publishing from automation ties each package to its source.',
  scoring:
    '10 when a publishing workflow is found that has run, else inconclusive: a project may publish elsewhere.',
  remediation: ['Publish packages from a workflow of the repository.'],
  probes: [packagedWithAutomatedWorkflow],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn', other: 'Info' });
    return findings.some((finding) => finding.outcome === 'True')
      ? scored(10, 'packaging workflow detected', details)
      : inconclusive('packaging workflow not detected', details);
  },
});
