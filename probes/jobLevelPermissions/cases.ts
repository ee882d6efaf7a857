import type { ProbeCase } from '../../src/core/index.ts';
import { permissionCases } from '../permissionCases.ts';

export const cases: readonly ProbeCase[] = permissionCases('job', [{ outcome: 'True' }]);
