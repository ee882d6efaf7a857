import type { ScanResult } from './core/index.ts';

/** Version and commit of this program, baked in when it is bundled. */
export const tool: ScanResult['tool'] = {
  version: process.env.ASSAY_VERSION ?? '0.1.0',
  commit: process.env.ASSAY_COMMIT ?? 'unknown',
};
