/** Builders and the cases that all probes of Branch-Protection share. */
import type { ProbeCase } from '../src/core/index.ts';
import {
  ALL_OFF,
  type BranchSettings,
  NOTHING_KNOWN,
  type SettingName,
} from '../src/evidence/branchSettings.ts';
import type { GuardedBranch } from '../src/evidence/guardedBranches.ts';

/** A protected branch; settings left out are unknown to the reference and, being made by nobody, off in truth. */
export function branch(settings: Partial<BranchSettings>, more: Partial<GuardedBranch> = {}): GuardedBranch {
  return {
    name: 'main',
    isDefault: true,
    protected: true,
    reference: { ...NOTHING_KNOWN, ...settings },
    actual: { ...ALL_OFF, ...settings },
    needs: 'an administrator token',
    sources: {},
    bypass: [],
    released: undefined,
    ...more,
  };
}

const SOLO = { deciding: ['ann'], approving: [], seen: 12 };
const PAIR = { deciding: ['ann', 'bob'], approving: ['ann'], seen: 12 };

/** Beside the branches, what a probe may need. */
const REST = { maintainers: PAIR, codeOwnersFiles: [{ path: 'CODEOWNERS' }], codeOwnersInForce: null };

/** Evidence of some branches. */
export const of = (...branches: GuardedBranch[]) => ({ ...REST, branches: { branches } });

/** Evidence of a project with one maintainer. */
export const solo = (...branches: GuardedBranch[]) => ({
  ...REST,
  maintainers: SOLO,
  branches: { branches },
});

const main = { branchName: 'main' };

/** Cases every branch probe has: none, several, hidden, unreadable, frozen branches. */
export function sharedCases(met: Partial<BranchSettings>): ProbeCase[] {
  const seen = branch(met);
  const old = branch(met, { name: 'v1', isDefault: false, released: '2020-05-01T00:00:00Z' });
  const live = branch(met, { name: 'v2', isDefault: false, released: '2025-11-01T00:00:00Z' });
  const unreadable = { ...REST, branches: { trouble: 'classic rules are hidden', branches: [seen] } };
  const unknown = {
    unknown: { why: 'the token may not', needs: 'contents: read', failed: false },
    branches: [],
  };
  return [
    { name: 'no branch', evidence: of(), findings: [{ outcome: 'NotApplicable' }] },
    { name: 'a rule that asks for it', evidence: of(seen), findings: [{ outcome: 'True', values: main }] },
    {
      name: 'one finding per branch, in order',
      evidence: of(seen, old, live),
      findings: ['main', 'v1', 'v2'].map((branchName) => ({ outcome: 'True', values: { branchName } })),
    },
    {
      name: 'a branch whose last release is old does not count',
      evidence: of(seen, old, live),
      adopts: ['live-branches'],
      findings: ['main', 'v2'].map((branchName) => ({ outcome: 'True', values: { branchName } })),
    },
    {
      name: 'hidden classic rules end the reference view',
      evidence: unreadable,
      cannotJudge: 'classic rules are hidden',
    },
    {
      name: 'and are no obstacle to what is public',
      evidence: unreadable,
      adopts: ['readable-without-admin'],
      findings: [{ outcome: 'True' }],
    },
    {
      name: 'no branch may be read: reference',
      evidence: { ...REST, branches: unknown },
      cannotJudge: 'the token may not',
    },
    {
      name: 'no branch may be read',
      evidence: { ...REST, branches: unknown },
      adopts: ['readable-without-admin'],
      findings: [{ outcome: 'NotAvailable', values: { needs: 'contents: read' } }],
    },
    {
      name: 'reading failed',
      evidence: { ...REST, branches: { unknown: { why: 'timeout', failed: true }, branches: [] } },
      adopts: 'all',
      cannotJudge: 'timeout',
    },
  ];
}

/** Cases of a setting that is on, off, hidden, or made by nobody. */
export function settingCases(
  setting: SettingName,
  values: { readonly met: unknown; readonly unmet: unknown },
): ProbeCase[] {
  const met = { [setting]: values.met };
  const unmet = { [setting]: values.unmet };
  const hidden = branch({}, { actual: NOTHING_KNOWN });
  const absent = branch({}, { protected: false });
  return [
    ...sharedCases(met),
    {
      name: 'a rule that does not ask for it',
      evidence: of(branch(unmet)),
      findings: [{ outcome: 'False', values: main }],
    },
    {
      name: 'not seen',
      evidence: of(hidden),
      findings: [{ outcome: 'NotAvailable', values: main }],
    },
    {
      name: 'not seen, with the permission that would show it',
      evidence: of(hidden),
      adopts: 'all',
      findings: [{ outcome: 'NotAvailable', values: { ...main, needs: 'an administrator token' } }],
    },
    { name: 'no rule at all', evidence: of(absent), findings: [{ outcome: 'NotAvailable' }] },
    {
      name: 'no rule at all means off',
      evidence: of(absent),
      adopts: ['unset-means-off'],
      findings: [{ outcome: 'False', values: main }],
    },
    {
      name: 'the rule it comes from',
      evidence: of(branch(met, { sources: { [setting]: 'ruleset guard' } })),
      adopts: 'all',
      findings: [{ outcome: 'True', values: { ...main, source: 'ruleset guard' } }],
    },
  ];
}

/** Cases of a demand that takes two people. */
export function secondPersonCases(setting: SettingName, unmet: unknown): ProbeCase[] {
  const evidence = solo(branch({ [setting]: unmet }));
  return [
    { name: 'one maintainer, reference view', evidence, findings: [{ outcome: 'False' }] },
    {
      name: 'one maintainer cannot meet it',
      evidence,
      adopts: ['one-maintainer'],
      findings: [{ outcome: 'NotApplicable', values: main }],
    },
    {
      name: 'two maintainers can',
      evidence: of(branch({ [setting]: unmet })),
      adopts: ['one-maintainer'],
      findings: [{ outcome: 'False' }],
    },
  ];
}
