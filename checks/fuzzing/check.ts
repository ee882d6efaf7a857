import { fuzzed } from '../../probes/fuzzed/probe.ts';
import { defineCheck, detailsByOutcome, scored } from '../../src/core/index.ts';

export const fuzzing = defineCheck({
  name: 'Fuzzing',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'testing'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: false,
  onFolder: true,
  summary: 'Is the code fuzzed or tested with generated inputs?',
  motivation:
    'Generated inputs reach what hand-written tests do not, and find flaws in the reading of untrusted input before attackers do.',
  scoring: '10 when a fuzzer or property-test library is in use, else 0.',
  remediation: [
    'Write a fuzz target or property test for the code that reads untrusted input.',
    'Run it on every change with ClusterFuzzLite, or apply to OSS-Fuzz.',
  ],
  probes: [fuzzed],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    return findings.some((finding) => finding.outcome === 'True')
      ? scored(10, 'the project is fuzzed', details)
      : scored(0, 'the project is not fuzzed', details);
  },
});
