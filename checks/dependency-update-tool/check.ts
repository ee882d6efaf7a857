import { dependencyUpdateToolConfigured } from '../../probes/dependencyUpdateToolConfigured/probe.ts';
import { defineCheck, detailsByOutcome, scored } from '../../src/core/index.ts';

export const dependencyUpdateTool = defineCheck({
  name: 'Dependency-Update-Tool',
  risk: 'High',
  tags: ['supply-chain', 'security', 'dependencies'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: false,
  onFolder: true,
  summary: 'Is a tool set up that proposes dependency updates?',
  motivation:
    'Known flaws in dependencies are mended by updating, and updating happens when something proposes it. Out-of-date dependencies are among the most common ways in.',
  scoring: '10 when a configuration of an update tool is found, else 0.',
  remediation: [
    'Add `.github/dependabot.yml` naming every package ecosystem of the repository, or set up Renovate.',
    'Merge the update requests: the check sees that a tool is configured, not that its requests are read.',
  ],
  probes: [dependencyUpdateToolConfigured],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    return findings.some((finding) => finding.outcome === 'True')
      ? scored(10, 'update tool detected', details)
      : scored(0, 'no update tool detected', details);
  },
});
