import { hasReleaseSBOM } from '../../probes/hasReleaseSBOM/probe.ts';
import { hasSBOM } from '../../probes/hasSBOM/probe.ts';
import { defineCheck, detailsByOutcome, scored } from '../../src/core/index.ts';

export const sbom = defineCheck({
  name: 'SBOM',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'vulnerabilities', 'dependencies', 'SBOM'],
  forges: ['github', 'gitlab'],
  atCommit: false,
  onFolder: false,
  experimental: true,
  summary: 'Does the project publish a software bill of materials?',
  motivation:
    'Who knows what a program is made of can tell within minutes whether a new vulnerability concerns it.',
  scoring: '10 when a release comes with one, 5 when one lies in the repository, else 0.',
  remediation: ['Let the release workflow write a CycloneDX or SPDX document and attach it to the release.'],
  probes: [hasSBOM, hasReleaseSBOM],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    const has = ({ id }: { id: string }) =>
      findings.some(({ probe, outcome }) => probe === id && outcome === 'True');
    if (!has(hasSBOM)) return scored(0, 'no bill of materials detected', details);
    return has(hasReleaseSBOM)
      ? scored(10, 'a release comes with a bill of materials', details)
      : scored(5, 'a bill of materials is in the repository', details);
  },
});
