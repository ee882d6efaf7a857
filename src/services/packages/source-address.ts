/** How packages write the address of their source, brought to one form. */

export interface SourceRepository {
  readonly host: string;
  /** `owner`, or `group/subgroup` where there are such. */
  readonly owner: string;
  readonly repo: string;
  /** Folder of the package inside it. */
  readonly directory?: string;
}

const SHORT: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
};
/** Hosts whose repositories packages name. Anything else in metadata is not followed. */
export const SOURCE_HOSTS: readonly string[] = [...Object.values(SHORT), 'codeberg.org'];

const MAX_LENGTH = 2000;
const SCP = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/\/)(.+)$/;
const OWNER = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
const REPO = /^[A-Za-z0-9_.-]{1,100}$/;
/** Pages of the host itself. */
const NO_OWNER = new Set(
  'about apps collections contact enterprise features login marketplace orgs pricing search security settings sponsors stars topics users'.split(
    ' ',
  ),
);

/**
 * Reads web addresses (also of pages inside a repository), `git+https://`, `git://`, `ssh://`, `user@host:path`,
 * `scm:git:...`, `github:owner/name`, and `owner.github.io/name`. Undefined for anything else and for hosts that are
 * not in `hosts`.
 * @param short `owner/name` alone means GitHub, as npm has it
 */
export function readSource(
  text: string,
  hosts: readonly string[],
  short = false,
): SourceRepository | undefined {
  const clean = text
    .trim()
    .replace(/^scm:(?:git:)?/i, '')
    .replace(/^git\+/i, '');
  if (clean === '' || clean.length > MAX_LENGTH) return undefined;
  const place = placeOf(clean, short);
  if (place === undefined || !hosts.includes(place.host)) return undefined;
  const cut = place.path.indexOf('/-/');
  const groups = place.host === 'gitlab.com';
  const own = groups && cut >= 0 ? place.path.slice(0, cut) : place.path;
  const parts = own.split('/').filter((part) => part !== '');
  const depth =
    groups && cut >= 0
      ? parts.length
      : groups && !/\/(?:issues|tree|blob|wikis?|releases)(?:\/|$)/.test(own)
        ? parts.length
        : 2;
  const owners = parts.slice(0, Math.max(1, depth - 1));
  const repo = (parts[owners.length] ?? '').replace(/\.git$/i, '');
  const fine =
    owners.length > 0 && owners.length <= 10 && owners.every((one) => OWNER.test(one) && !one.includes('..'));
  if (!fine || NO_OWNER.has(owners[0]?.toLowerCase() ?? '') || !REPO.test(repo) || /^\.{1,2}$/.test(repo))
    return undefined;
  const rest = groups && cut >= 0 ? place.path.slice(cut + 3).split('/') : parts.slice(owners.length + 1);
  const directory =
    rest[0] === 'tree' || rest[0] === 'blob' ? readDirectory(rest.slice(2).join('/')) : undefined;
  return { host: place.host, owner: owners.join('/'), repo, ...(directory && { directory }) };
}

/** A folder inside a repository, or undefined when it is none that can be. */
export function readDirectory(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 500 || /[\u0000-\u001f\u007f-\u009f\\]/.test(value))
    return undefined;
  const parts = value.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}

/** `host/owner/name`. */
export function sourceName({ host, owner, repo }: SourceRepository): string {
  return `${host}/${owner}/${repo}`;
}

/** Each repository once, whatever the letter case; of several mentions the one that names a folder. */
export function distinct(sources: readonly SourceRepository[]): SourceRepository[] {
  const found = new Map<string, SourceRepository>();
  for (const one of sources) {
    const key = sourceName(one).toLowerCase();
    const before = found.get(key);
    if (before === undefined || (before.directory === undefined && one.directory !== undefined))
      found.set(key, one);
  }
  return [...found.values()];
}

function placeOf(text: string, short: boolean): { readonly host: string; readonly path: string } | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const url = URL.parse(text);
    if (url === null || !/^(?:https?|git|ssh):$/.test(url.protocol)) return undefined;
    const host = url.protocol.startsWith('http') ? url.host : url.hostname;
    return pagesOf(host.toLowerCase().replace(/^www\./, ''), url.pathname);
  }
  const named = /^([a-z]+):([^/@:][^:]*)$/.exec(text);
  const shortHost = named === null ? undefined : SHORT[named[1]!];
  if (shortHost !== undefined) return { host: shortHost, path: named![2]!.replace(/[?#].*/s, '') };
  const scp = SCP.exec(text);
  if (scp !== null) return { host: scp[1]!.toLowerCase(), path: scp[2]!.replace(/[?#].*/s, '') };
  const bare = text.replace(/[?#].*/s, '');
  if (short && /^[^/.@:][^/@:]*\/[^/]+$/.test(bare)) return { host: SHORT.github!, path: bare };
  const slash = bare.indexOf('/');
  if (slash > 0 && bare.slice(0, slash).includes('.'))
    return pagesOf(
      bare
        .slice(0, slash)
        .toLowerCase()
        .replace(/^www\./, ''),
      bare.slice(slash),
    );
  return undefined;
}

/** Pages published from a repository stand for it. */
function pagesOf(host: string, path: string): { readonly host: string; readonly path: string } {
  const owner = /^([a-z0-9-]+)\.github\.io$/.exec(host)?.[1];
  const first = path.split('/').find((part) => part !== '');
  return owner !== undefined && first !== undefined
    ? { host: 'github.com', path: `/${owner}/${first}` }
    : { host, path };
}
