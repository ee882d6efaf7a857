import { hasOSVVulnerabilities } from '../../probes/hasOSVVulnerabilities/probe.ts';
import { defineCheck, detail, inconclusive, scored } from '../../src/core/index.ts';

export const vulnerabilities = defineCheck({
  name: 'Vulnerabilities',
  risk: 'High',
  tags: ['supply-chain', 'security', 'vulnerabilities'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Does the project have known vulnerabilities that are not fixed?',
  motivation:
    'A known vulnerability in the code or in a dependency can be used by anyone who reads the advisory. It should be fixed by an update, or looked at and set aside with a reason.',
  scoring:
    '10, less one for each known vulnerability in the code or its dependencies, never below 0. Inconclusive when the database cannot be asked.',
  remediation: [
    'Update the packages that the findings name.',
    'Set aside what does not concern the project in an `osv-scanner.toml` beside the lock file, with id, reason and date.',
    'Let an update tool propose such updates before anyone has to look.',
  ],
  probes: [hasOSVVulnerabilities],
  score: (findings) => {
    const unknown = findings.find(({ outcome }) => outcome === 'NotAvailable');
    if (unknown !== undefined) return inconclusive(unknown.message);
    const found = findings.filter(({ outcome }) => outcome === 'True');
    const details = found.map((finding) => detail('Warn', finding));
    const count = found.length;
    return scored(Math.max(0, 10 - count), `${count} existing vulnerabilities detected`, details);
  },
});
