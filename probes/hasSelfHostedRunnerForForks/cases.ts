import type { ProbeCase } from '../../src/core/index.ts';
import { placeCases } from '../placeCases.ts';

export const cases: readonly ProbeCase[] = placeCases('ownRunners', 'self-hosted');
