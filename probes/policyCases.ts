/** Builders and the cases that all probes of Security-Policy share. */
import type { ProbeCase } from '../src/core/index.ts';

type Hit = readonly [type: 'link' | 'email' | 'text', match: string];

interface More {
  readonly path?: string;
  readonly ofOrganisation?: boolean;
  readonly meaning?: object;
}

const policyOf = (size: number, hits: readonly Hit[], more: More = {}) => ({
  policy: {
    path: 'SECURITY.md',
    ofOrganisation: false,
    meaning: { process: false },
    ...more,
    size,
    hits: hits.map(([type, match]) => ({ type, match, line: 1, offset: 0 })),
  },
});

/** Private vulnerability reporting is off unless a case says otherwise. */
const REST = { bestPolicy: { policy: null }, privateReporting: { known: false } };

/** Evidence of no policy anywhere. */
export const noPolicy = { ...REST, referencePolicy: { policy: null } };

/** Evidence of a policy at the root, of so many bytes, in which something was found. */
export const policy = (size: number, ...hits: readonly Hit[]) => ({
  ...REST,
  referencePolicy: policyOf(size, hits),
});

/** Evidence of a policy that differs otherwise. */
export const policyWith = (more: More) => ({ ...REST, referencePolicy: policyOf(40, [], more) });

/** Where findings about the policy at the root point. */
export const location = { path: 'SECURITY.md', type: 'text', lineStart: 1 } as const;

const unasked = { ...noPolicy, referencePolicy: { policy: null, failed: 'no answer' } };
const better = policyOf(
  80,
  [
    ['link', 'https://a.example'],
    ['text', 'vuln'],
    ['text', 'vuln'],
  ],
  {
    path: 'docs/SECURITY',
    meaning: { process: true },
  },
);

/** No policy, and a better one in another place. */
export const sharedCases: readonly ProbeCase[] = [
  { name: 'no policy', evidence: noPolicy, findings: [{ outcome: 'False' }] },
  { name: 'the organisation cannot be asked', evidence: unasked, cannotJudge: 'no answer' },
  {
    name: 'a better policy in another place',
    adopts: ['best-policy'],
    evidence: { ...policy(1), bestPolicy: better },
    findings: [{ outcome: 'True', location: { path: 'docs/SECURITY', type: 'text', lineStart: 1 } }],
  },
  {
    name: 'no policy in any place',
    adopts: ['best-policy'],
    evidence: unasked,
    findings: [{ outcome: 'False' }],
  },
];
