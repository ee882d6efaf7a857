import type { ProbeCase } from '../../src/core/index.ts';
import { ALL_OFF } from '../../src/evidence/branchSettings.ts';
import { branch, of, settingCases } from '../branchCases.ts';

const rescued = branch(
  { enforceAdmins: false },
  {
    actual: { ...ALL_OFF, enforceAdmins: true },
    bypass: ['app renovate (ruleset linear)'],
  },
);

export const cases: readonly ProbeCase[] = [
  ...settingCases('enforceAdmins', { met: true, unmet: false }),
  {
    name: 'one actor on one bypass list is enough for the reference',
    evidence: of(rescued),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'unless another rule enforces the same without exception',
    evidence: of(rescued),
    adopts: ['bypass-by-setting'],
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'a hidden list looks empty to the reference',
    evidence: of(branch({ enforceAdmins: true }, { actual: { ...ALL_OFF, enforceAdmins: null } })),
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'but is hidden',
    evidence: of(branch({ enforceAdmins: true }, { actual: { ...ALL_OFF, enforceAdmins: null } })),
    adopts: 'all',
    findings: [{ outcome: 'NotAvailable', values: { branchName: 'main', needs: 'an administrator token' } }],
  },
  {
    name: 'who may pass by is named',
    evidence: of(branch({ enforceAdmins: false }, { bypass: ['team core (ruleset guard)'] })),
    adopts: ['bypass-by-setting'],
    findings: [
      { outcome: 'False', message: 'rules of branch main may be passed by: team core (ruleset guard)' },
    ],
  },
];
