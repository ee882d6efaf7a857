import type { ProbeCase } from '../../src/core/index.ts';
import { secondPersonCases, settingCases } from '../branchCases.ts';

export const cases: readonly ProbeCase[] = [
  ...settingCases('lastPushApproval', { met: true, unmet: false }),
  ...secondPersonCases('lastPushApproval', false),
];
