import type { ProbeCase } from '../../src/core/index.ts';
import { settingCases } from '../branchCases.ts';

export const cases: readonly ProbeCase[] = settingCases('allowForcePushes', { met: false, unmet: true });
