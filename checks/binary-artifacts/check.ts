import { hasUnverifiedBinaryArtifacts } from '../../probes/hasUnverifiedBinaryArtifacts/probe.ts';
import { defineCheck, detail, scored } from '../../src/core/index.ts';

export const binaryArtifacts = defineCheck({
  name: 'Binary-Artifacts',
  risk: 'High',
  tags: ['supply-chain', 'security', 'dependencies'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Is the repository free of compiled files?',
  motivation:
    'A compiled file in a source repository escapes review: nobody sees whether it was built from the source beside it.',
  scoring: '10 minus one for each unverified compiled file, not below 0.',
  remediation: [
    'Take compiled files out of version control and build them from source.',
    'Verify the Gradle wrapper in a workflow with `gradle/actions/wrapper-validation`.',
  ],
  probes: [hasUnverifiedBinaryArtifacts],
  score: (findings) => {
    const found = findings.filter((finding) => finding.outcome === 'True');
    if (found.length === 0) return scored(10, 'no compiled files found');
    const details = found.map((finding) => detail('Warn', finding));
    return scored(Math.max(0, 10 - found.length), 'compiled files are checked in', details);
  },
});
