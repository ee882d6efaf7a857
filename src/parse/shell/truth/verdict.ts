/** Constructors of verdicts. */
import type { InstallType, PinKind, PinningFiles, Truth } from '../types.ts';

/** What a package manager command installs. */
export interface ManagerFinding {
  readonly type: InstallType;
  readonly truth: Truth;
}

export function unpinned(why: string, pinKind: PinKind = 'none', pinnedBy?: PinningFiles): Truth {
  return { verdict: 'unpinned', why, pinKind, ...(pinnedBy === undefined ? {} : { pinnedBy }) };
}

export function pinned(why: string, pinKind: PinKind): Truth {
  return { verdict: 'pinned', why, pinKind };
}

export function notADownload(why: string, pinKind: PinKind = 'none'): Truth {
  return { verdict: 'not-a-download', why, pinKind };
}

/** Unpinned unless one of these lock files is there. */
export function byLockfile(...files: string[]): Truth {
  return unpinned('lockfile-not-enforced', 'none', { kind: 'lockfile', files });
}

const FULL_COMMIT = /[#@][0-9a-f]{40}(?:$|[#&])/i;

/** A git address at a full commit. */
export function isCommitPin(text: string): boolean {
  return FULL_COMMIT.test(text);
}

/** A path on this machine rather than a name or address. */
export function isLocalPath(text: string): boolean {
  if (/^(?:\.{1,2}(?:$|[/\\[])|[/~]|file:|[A-Za-z]:[\\/]|\$(?:PWD|GITHUB_WORKSPACE|HOME)\b)/.test(text))
    return true;
  return (
    !text.includes('://') && /\.(?:whl|tgz|tar\.gz|gem|nupkg|crate|zip)$/i.test(text) && !text.startsWith('@')
  );
}

const EXACT = /^[v=]{0,2}\d+(?:\.\d+){0,3}(?:[-+.][0-9A-Za-z.+-]+)?$/;

/** A single full version, no range. */
export function isExactVersion(text: string): boolean {
  return EXACT.test(text) && text.includes('.');
}

/** Worst of several verdicts: unpinned before pinned before nothing. */
export function worst(truths: readonly Truth[]): Truth | undefined {
  return (
    truths.find(({ verdict, pinKind }) => verdict === 'unpinned' && pinKind === 'none') ??
    truths.find(({ verdict }) => verdict === 'unpinned') ??
    truths.find(({ verdict }) => verdict === 'pinned') ??
    truths[0]
  );
}
