import { hasOpenSSFBadge } from '../../probes/hasOpenSSFBadge/probe.ts';
import { defineCheck, scored } from '../../src/core/index.ts';

const SCORES: Readonly<Record<string, number>> = { Gold: 10, Silver: 7, Passing: 5, InProgress: 2 };

export const ciiBestPractices = defineCheck({
  name: 'CII-Best-Practices',
  risk: 'Low',
  tags: ['security-awareness', 'security-training', 'security'],
  forges: ['github', 'gitlab', 'azure'],
  atCommit: false,
  onFolder: false,
  summary: 'Does the project hold an OpenSSF Best Practices badge?',
  motivation:
    'The badge shows that a project went through its practices one by one and answers for them in public.',
  scoring: 'Gold 10, silver 7, passing 5, in progress 2, none 0.',
  remediation: [
    'Register the project at the best practices site and answer the questions of the passing level; most projects that follow the other checks meet them.',
  ],
  probes: [hasOpenSSFBadge],
  score: (findings) => {
    const [finding] = findings;
    if (findings.length !== 1 || finding === undefined)
      return { score: 'error', reason: 'there must be exactly one finding about the badge' };
    if (finding.outcome === 'False') return scored(0, 'no effort to earn a best practices badge detected');
    const level = finding.values?.badgeLevel ?? '';
    const score = SCORES[level];
    if (score === undefined) return { score: 'error', reason: `unsupported badge level ${level}` };
    return scored(score, `badge detected: ${level}`);
  },
});
