/** Composition root: the generated lists and the edges become a scanner. */
import { checks } from '../checks/index.ts';
import { probes } from '../probes/index.ts';
import { type Check, type Doors, type Probe, unknown } from './core/index.ts';
import { type Scanned, scanSnapshot } from './engine/index.ts';
import { folderDoors, openFolder } from './sources/folder.ts';

export { checks, probes };

export interface ScanOptions {
  readonly checks?: readonly Check[];
  readonly probes?: readonly Probe[];
  readonly metadata?: readonly string[];
  readonly now?: Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (filesSeen: number) => void;
}

/** Version and commit of this program, set when it is bundled. */
export const tool = {
  version: process.env.ASSAY_VERSION ?? '0.1.0',
  commit: process.env.ASSAY_COMMIT ?? 'unknown',
};

const offline: Pick<Doors, 'ossFuzz' | 'vulnerabilities' | 'imageDigest'> = {
  ossFuzz: async () => unknown('unsupported', 'not asked'),
  vulnerabilities: async () => unknown('unsupported', 'not asked'),
  imageDigest: async () => unknown('unsupported', 'not asked'),
};

/** Scans a folder. */
export async function scanFolder(folder: string, options: ScanOptions = {}): Promise<Scanned> {
  const snapshot = openFolder(folder);
  try {
    return await scanSnapshot({
      snapshot,
      doors: folderDoors(offline),
      checks: options.checks ?? checks.filter((check) => check.onFolder),
      probes: options.probes ?? [],
      now: options.now ?? new Date(),
      tool,
      signal: options.signal,
      onProgress: options.onProgress,
      judge: { metadata: options.metadata, probeMode: options.probes !== undefined },
    });
  } finally {
    await snapshot.close();
  }
}
