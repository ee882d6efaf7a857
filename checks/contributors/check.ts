import { BEHIND, contributorsFromOrgOrCompany } from '../../probes/contributorsFromOrgOrCompany/probe.ts';
import { defineCheck, line, proportional, scored } from '../../src/core/index.ts';

export const contributors = defineCheck({
  name: 'Contributors',
  risk: 'Low',
  tags: ['source-code'],
  forges: ['github', 'azure'],
  atCommit: false,
  onFolder: false,
  summary: 'Do people of several organizations contribute?',
  motivation:
    'A project with contributors from several places is less likely to be left alone or to be bent to the wishes of one. Small projects of few people can be good, too: this check is of low risk.',
  scoring: 'One organization or company 3, two 6, three or more 10, none 0.',
  remediation: [
    'Ask contributors to name their organization in their profile.',
    'Invite users from other organizations to take part.',
  ],
  probes: [contributorsFromOrgOrCompany],
  score: (findings) => {
    const names = findings
      .filter((finding) => finding.outcome === 'True')
      .map(({ message }) => (message.endsWith(BEHIND) ? message.slice(0, -BEHIND.length) : message))
      .sort();
    const count = names.length;
    const details = count > 0 ? [line('Info', `found contributions from: ${names.join(', ')}`)] : [];
    const reason = `project has ${count} contributing companies or organizations`;
    return count > 3 ? scored(10, reason, details) : proportional(count, 3, reason, details);
  },
});
