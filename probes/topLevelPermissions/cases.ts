import type { ProbeCase } from '../../src/core/index.ts';
import { permissionCases } from '../permissionCases.ts';

export const cases: readonly ProbeCase[] = permissionCases('top', [
  { outcome: 'False', values: { permissionLevel: 'write', tokenName: 'write-all' } },
]);
