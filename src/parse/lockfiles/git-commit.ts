/** The commit in the address of a package that comes from a git repository. */

const MAX_ADDRESS = 2000;
const WORD = /^\w+$/;
const SCHEMES = ['git://', 'git+ssh://', 'git+https://', 'ssh://'];
const HOSTS = new Set(['bitbucket.org', 'github.com', 'gitlab.com']);

/** Empty when the address names none. */
export function commitOf(address: string): string {
  if (address === '' || address.length > MAX_ADDRESS) return '';
  const hash = address.lastIndexOf('#');
  if (hash > 0) {
    const fragment = address.slice(hash + 1);
    const before = address.slice(0, hash);
    const named = /^commit[:=](\w+)$/.exec(fragment);
    if (named !== null) return named[1]!;
    if (WORD.test(fragment)) {
      if (SCHEMES.some((scheme) => stands(before, scheme))) return fragment;
      if (before.endsWith('.git') && stands(before, 'https://')) return fragment;
      if (/^(?:github|gitlab|bitbucket):./.test(before)) return fragment;
    }
  }
  const load = 'https://codeload.github.com/';
  const at = address.indexOf(load);
  if (at >= 0) {
    const [owner, repo, tar, gz, id, more] = address.slice(at + load.length).split('/');
    if (owner && repo && tar === 'tar.gz' && gz !== undefined && id === undefined && WORD.test(gz)) return gz;
    if (more !== undefined) return '';
  }
  return commitInUrl(address);
}

/** The scheme begins the address or follows an `@`, and something stands behind it. */
function stands(address: string, scheme: string): boolean {
  for (let at = address.indexOf(scheme); at >= 0; at = address.indexOf(scheme, at + 1)) {
    const begins = at === 0 || (at > 1 && address[at - 1] === '@');
    if (begins && at + scheme.length < address.length) return true;
  }
  return false;
}

function commitInUrl(address: string): string {
  const url = URL.parse(address);
  if (url === null || !HOSTS.has(url.host)) return '';
  return url.search === '' ? url.hash.slice(1) : (url.searchParams.get('ref') ?? '');
}
