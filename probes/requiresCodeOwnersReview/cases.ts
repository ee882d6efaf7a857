import type { ProbeCase } from '../../src/core/index.ts';
import { branch, of, secondPersonCases, settingCases } from '../branchCases.ts';

const asked = branch({ codeOwnerReviews: true });
const inForce = { path: '.github/CODEOWNERS', owners: ['ann'], bad: [{ line: 3, why: 'no account' }] };

/** The shared cases know of a CODEOWNERS file that is in force. */
const shared = [
  ...settingCases('codeOwnerReviews', { met: true, unmet: false }),
  ...secondPersonCases('codeOwnerReviews', false),
].map((one): ProbeCase => ({ ...one, evidence: { ...one.evidence, codeOwnersInForce: inForce } }));

export const cases: readonly ProbeCase[] = [
  ...shared,
  {
    name: 'asked for, but no CODEOWNERS file',
    evidence: { ...of(asked), codeOwnersFiles: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a CODEOWNERS file of a vendored project is enough for the reference',
    evidence: { ...of(asked), codeOwnersFiles: [{ path: 'vendor/lib/CODEOWNERS' }] },
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'but is not read by the forge',
    evidence: { ...of(asked), codeOwnersFiles: [{ path: 'vendor/lib/CODEOWNERS' }] },
    adopts: ['code-owners-in-force'],
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a file whose every line is bad names nobody',
    evidence: {
      ...of(asked),
      codeOwnersInForce: { path: 'CODEOWNERS', owners: [], bad: [{ line: 1, why: 'no account' }] },
    },
    adopts: ['code-owners-in-force'],
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a bad line among good ones does not matter',
    evidence: { ...of(asked), codeOwnersInForce: inForce },
    adopts: ['code-owners-in-force'],
    findings: [
      {
        outcome: 'True',
        message: 'branch main asks the code owners of .github/CODEOWNERS (unreadable: line 3)',
      },
    ],
  },
];
