/** What an archive may cost, and the errors of archives. */
import { ScanError } from '../core/index.ts';

export interface ArchiveLimits {
  /** Bytes after unpacking, all entries and headers together. */
  readonly maxBytes: number;
  /** Entries of any kind. */
  readonly maxEntries: number;
  /** Unpacked bytes per packed byte, looked at from `ratioFloor` unpacked bytes on. */
  readonly maxRatio: number;
  readonly ratioFloor: number;
  /** A zip from a stream is held in memory up to this many bytes; from a file it is read in place. */
  readonly maxZipInMemory: number;
}

/**
 * Room for the largest public repositories (tens of gigabytes of sources are not scanned as one archive), and far
 * below what gzip can inflate (1032 to 1). Source text packs 3 to 20 to 1.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxBytes: 8 * 1024 ** 3,
  maxEntries: 1_000_000,
  maxRatio: 200,
  ratioFloor: 64 * 1024 ** 2,
  maxZipInMemory: 256 * 1024 ** 2,
};

/** The archive cannot be trusted to show the repository: nothing of it is scored. */
export function damaged(what: string, cause?: unknown): ScanError {
  return new ScanError('target-unreadable', `the archive is damaged: ${what}`, { cause });
}

/** The archive goes beyond a limit: nothing of it is scored. */
export function beyondLimit(what: string): ScanError {
  return new ScanError('target-unreadable', `the archive goes beyond a limit: ${what}`);
}

export function checkRatio(packed: number, unpacked: number, limits: ArchiveLimits): void {
  if (unpacked > limits.maxBytes) throw beyondLimit(`it unpacks to more than ${limits.maxBytes} bytes`);
  if (unpacked > limits.ratioFloor && unpacked > packed * limits.maxRatio)
    throw beyondLimit(`it unpacks to more than ${limits.maxRatio} times its size`);
}
