/** Addresses of git repositories: which are let through, and how they are shown. */
import { ScanError } from '../core/index.ts';

/** Transports used without being asked for. Others (`http`, `git`, `file`) only by option; `ext` and the like never. */
export const GIT_PROTOCOLS = ['https', 'ssh'] as const;

const KNOWN = new Set(['https', 'ssh', 'http', 'git', 'file']);

export interface GitUrl {
  /** Without user name and password (https, http). */
  readonly url: string;
  readonly protocol: string;
  /** Settings that put the credentials back where git needs them. */
  readonly secret?: Readonly<Record<string, string>>;
}

/** True for addresses with a scheme, `helper::address`, and `user@host:path`. */
export function looksLikeGitUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(?:\/\/|:)/i.test(text) || SCP.test(text);
}

/** `user@host:path`; a user is asked for, so that no Windows path is meant. */
const SCP = /^[\w.-]+@[\w.-]+:(?!\/\/)[^\s]+$/;

/**
 * Reads an address.
 * @throws ScanError usage when its transport is not allowed or its host or path could be taken for an option.
 */
export function readGitUrl(text: string, allowed: readonly string[] = GIT_PROTOCOLS): GitUrl {
  if (SCP.test(text) && !text.startsWith('-')) {
    if (text.slice(text.indexOf('@') + 1).startsWith('-') || text.includes(':-'))
      throw refused(text, 'it looks like an option');
    mayUse('ssh', allowed);
    return { url: text, protocol: 'ssh' };
  }
  const parsed = URL.parse(text);
  if (parsed === null) throw refused(text, 'it is no address');
  const protocol = parsed.protocol.slice(0, -1);
  mayUse(protocol, allowed);
  if (protocol === 'file') return { url: parsed.href, protocol };
  if (parsed.hostname === '' || parsed.hostname.startsWith('-')) throw refused(text, 'it has no proper host');
  if (protocol === 'ssh' || (parsed.username === '' && parsed.password === '')) {
    if (protocol === 'ssh') parsed.password = '';
    return { url: parsed.href, protocol };
  }
  const withUser = parsed.href;
  parsed.username = '';
  parsed.password = '';
  // git looks the address up with the credentials; only the clean one stands on its command line.
  return { url: parsed.href, protocol, secret: { [`url.${withUser}.insteadOf`]: parsed.href } };
}

function mayUse(protocol: string, allowed: readonly string[]): void {
  if (!KNOWN.has(protocol) || !allowed.includes(protocol)) {
    throw new ScanError(
      'usage',
      `the transport ${JSON.stringify(protocol)} is not used (allowed: ${allowed.join(', ')})`,
    );
  }
}

function refused(text: string, why: string): ScanError {
  return new ScanError('usage', `${JSON.stringify(text.replace(/\/\/[^/@]*@/, '//'))} is not used: ${why}`);
}
