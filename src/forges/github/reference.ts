/** How users write the name of a repository on GitHub. */
import type { RepoRef } from '../../core/index.ts';

const OWNER = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/;
const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const SCP = /^(?:[\w.-]+@)([\w.-]+):(?!\/\/)(.+)$/;
const MAX_LENGTH = 1000;

/**
 * `owner/name`, `host/owner/name`, a web address (also of a page inside the repository), `ssh://` and `git@host:` forms.
 * Undefined for anything else and for hosts that are not in `hosts`; the first host is the one of `owner/name`.
 */
export function parseReference(text: string, hosts: readonly string[]): RepoRef | undefined {
  const clean = text.trim();
  if (clean === '' || clean.length > MAX_LENGTH) return undefined;
  const split = hostAndPath(clean, hosts[0]!);
  if (split === undefined) return undefined;
  const host = hosts.find((one) => one === split.host.toLowerCase());
  const [owner = '', raw = ''] = split.path.split('/').filter((part) => part !== '');
  const repo = raw.endsWith('.git') ? raw.slice(0, -'.git'.length) : raw;
  if (host === undefined || !OWNER.test(owner) || !NAME.test(repo) || /^\.{1,2}$/.test(repo))
    return undefined;
  return { forge: 'github', name: `${host}/${owner}/${repo}`, host, owner, repo };
}

function hostAndPath(text: string, usual: string): { host: string; path: string } | undefined {
  if (/^[a-z][a-z+.-]*:\/\//i.test(text)) {
    const url = URL.parse(text);
    if (url === null || !/^(?:https?|ssh|git|git\+https|git\+ssh):$/.test(url.protocol)) return undefined;
    const host = url.protocol === 'http:' || url.protocol === 'https:' ? url.host : url.hostname;
    return { host: host.replace(/^www\.(?=github\.com$)/i, ''), path: url.pathname };
  }
  const scp = SCP.exec(text);
  if (scp !== null) return { host: scp[1]!, path: scp[2]! };
  const parts = text
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((part) => part !== '');
  if (text.startsWith('/') || text.startsWith('.')) return undefined;
  if (parts.length === 2) return { host: usual, path: parts.join('/') };
  if (parts.length < 3) return undefined;
  return { host: parts[0]!.replace(/^www\.(?=github\.com$)/i, ''), path: parts.slice(1).join('/') };
}
