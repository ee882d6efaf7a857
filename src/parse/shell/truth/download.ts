/** Commands that fetch something, and where they put it. */
import { cleanPath } from '../address.ts';
import { baseName } from '../script-files.ts';
import { redirectionsOf } from '../words.ts';
import { type Arg, type PlainCommand, plainText, splitOptions, type Variables } from './command.ts';

/** What a command fetches. */
export interface Download {
  readonly command: PlainCommand;
  /** Addresses as far as they are known. */
  readonly addresses: readonly string[];
  /** Files written. */
  readonly files: readonly string[];
  /** The content goes to standard output. */
  readonly toStdout: boolean;
}

const CURL_VALUED = new Set(
  (
    '-o -H -d -u -A -e -b -c -T -F -X -x -m -w -K -E -r -y -Y -z -C -D -P -Q -t -U ' +
    '--output --header --data --data-raw --data-binary --data-urlencode --user --user-agent --referer --cookie ' +
    '--cookie-jar --upload-file --form --request --proxy --max-time --write-out --config --cert --key --cacert ' +
    '--capath --range --retry --retry-delay --retry-max-time --connect-timeout --output-dir --url --time-cond ' +
    '--continue-at --dump-header --limit-rate --max-filesize --max-redirs --resolve --proto --proto-redir ' +
    '--tls-max --ciphers --oauth2-bearer --interface --speed-limit --speed-time --connect-to --noproxy --etag-save ' +
    '--etag-compare --netrc-file --unix-socket --json --aws-sigv4 --pinnedpubkey --dns-servers --stderr'
  ).split(' '),
);
const WGET_VALUED = new Set(
  (
    '-O -o -P -i -U -t -T -e -A -R -D -Q -w -a -B -l -I -X ' +
    '--output-document --output-file --directory-prefix --input-file --user-agent --tries --timeout --execute ' +
    '--header --post-data --method --body-data --user --password --ca-certificate --load-cookies --wait ' +
    '--waitretry --read-timeout --dns-timeout --connect-timeout --limit-rate --referer --secure-protocol'
  ).split(' '),
);
const ARIA_VALUED = new Set(
  '-o -d -x -s -k -j -i --out --dir --checksum --max-connection-per-server --split'.split(' '),
);

/** The download of a command; undefined when it fetches nothing. */
export function readDownload(command: PlainCommand, variables: Variables): Download | undefined {
  const found = byTool(command);
  if (found === undefined) return undefined;
  const target = found.toStdout ? redirectTarget(command, variables) : undefined;
  if (target === undefined) return { command, ...found, files: found.files.filter(isRealFile) };
  const files = isRealFile(target) ? [target] : [];
  return { command, addresses: found.addresses, files, toStdout: false };
}

type Found = Omit<Download, 'command'>;

function byTool(command: PlainCommand): Found | undefined {
  switch (command.name) {
    case 'curl':
      return curl(command.args);
    case 'busybox':
      return command.args[0]?.text === 'wget' ? wget(command.args.slice(1)) : undefined;
    case 'lynx':
    case 'w3m':
      return dumped(command.args);
    case 'wget':
    case 'wget2':
      return wget(command.args);
    case 'aria2c':
      return simple(command.args, ARIA_VALUED, ['-o', '--out'], ['-d', '--dir']);
    case 'axel':
    case 'fetch':
      return simple(command.args, new Set(['-o', '-n', '--output']), ['-o', '--output'], []);
    case 'gsutil':
      return copy(command.args, 'gs://');
    case 'gcloud':
      return command.args[0]?.text === 'storage' ? copy(command.args.slice(1), 'gs://') : undefined;
    case 'aws':
      return aws(command.args);
    case 'gh':
      return githubRelease(command.args);
    default:
      return undefined;
  }
}

function isRealFile(path: string): boolean {
  return path !== '' && path !== '/dev/null' && path !== '/dev/stderr';
}

/** Where standard output of a command goes; undefined when it is not redirected. */
export function redirectTarget(command: PlainCommand, variables: Variables): string | undefined {
  for (const item of redirectionsOf(command.event.node)) {
    if (item.type !== 'Redirect' || item.target === undefined) continue;
    if (item.operator !== '>' && item.operator !== '>>' && item.operator !== '>|' && item.operator !== '&>')
      continue;
    if (item.descriptor?.type === 'FileDescriptor' && item.descriptor.value !== 1) continue;
    return plainText(item.target.text, variables);
  }
  return undefined;
}

function inFolder(folder: string | undefined, file: string): string {
  return folder === undefined || folder === '' || file.startsWith('/') ? file : `${folder}/${file}`;
}

/** Last part of an address without query. */
export function remoteName(address: string): string {
  const path = address.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\/[^/]*/i, '');
  return path === '' || path.endsWith('/') ? 'index.html' : baseName(path);
}

function curl(args: readonly Arg[]): Found | undefined {
  const { words, options } = splitOptions(args, CURL_VALUED, true);
  if (options.has('-I') || options.has('--head') || options.has('-V') || options.has('--version'))
    return undefined;
  const addresses = [...words.map(({ text }) => text), ...(options.get('--url') ?? [])];
  if (addresses.length === 0) return undefined;
  const folder = options.get('--output-dir')?.[0];
  const named = [...(options.get('-o') ?? []), ...(options.get('--output') ?? [])];
  const files = named.filter((name) => name !== '-').map((name) => inFolder(folder, name));
  const isRemoteName = options.has('-O') || options.has('--remote-name') || options.has('--remote-name-all');
  if (isRemoteName) for (const address of addresses) files.push(inFolder(folder, remoteName(address)));
  return { addresses, files, toStdout: named.includes('-') || (named.length === 0 && !isRemoteName) };
}

function wget(args: readonly Arg[]): Found | undefined {
  const { words, options } = splitOptions(args, WGET_VALUED, true);
  if (options.has('--spider') || options.has('--version')) return undefined;
  const addresses = words.map(({ text }) => text);
  if (addresses.length === 0 && !options.has('-i') && !options.has('--input-file')) return undefined;
  const output = options.get('-O')?.[0] ?? options.get('--output-document')?.[0];
  if (output === '-' || output === '/dev/stdout') return { addresses, files: [], toStdout: true };
  if (output !== undefined) return { addresses, files: [output], toStdout: false };
  const folder = options.get('-P')?.[0] ?? options.get('--directory-prefix')?.[0];
  return {
    addresses,
    files: addresses.map((address) => inFolder(folder, remoteName(address))),
    toStdout: false,
  };
}

function simple(
  args: readonly Arg[],
  valued: ReadonlySet<string>,
  output: readonly string[],
  folder: readonly string[],
): Found | undefined {
  const { words, options } = splitOptions(args, valued, true);
  const addresses = words.map(({ text }) => text);
  if (addresses.length === 0) return undefined;
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => options.get(name)?.[0]).find((value) => value !== undefined);
  const named = first(output);
  if (named === '-') return { addresses, files: [], toStdout: true };
  const files = named === undefined ? addresses.map(remoteName) : [named];
  return { addresses, files: files.map((file) => inFolder(first(folder), file)), toStdout: false };
}

/** Browsers of the terminal that print a page as it is. */
function dumped(args: readonly Arg[]): Found | undefined {
  if (!args.some(({ text }) => /^-{1,2}(?:source|dump_source)$/.test(text))) return undefined;
  const addresses = args.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  return addresses.length === 0 ? undefined : { addresses, files: [], toStdout: true };
}

function copy(args: readonly Arg[], scheme: string): Found | undefined {
  const words = args.filter(
    ({ text }) => (text === '-' || !text.startsWith('-')) && text !== 'cp' && text !== 'rsync',
  );
  const at = words.findIndex(({ text }) => text.startsWith(scheme));
  const from = words[at]?.text;
  const to = words[at + 1]?.text;
  // What stands before the address is sent there.
  if (at !== 0 || from === undefined || to === undefined || to.startsWith(scheme)) return undefined;
  if (to === '-') return { addresses: [from], files: [], toStdout: true };
  const isFolder = to.endsWith('/') || to === '.' || to === '..';
  return {
    addresses: [from],
    files: [isFolder ? cleanPath(`${to}/${baseName(from)}`) : to],
    toStdout: false,
  };
}

function aws(args: readonly Arg[]): Found | undefined {
  const [service, verb] = args.map(({ text }) => text.toLowerCase());
  if (service === 's3' && (verb === 'cp' || verb === 'sync')) return copy(args.slice(2), 's3://');
  if (service !== 's3api' || verb !== 'get-object') return undefined;
  const last = args.at(-1)?.text ?? '';
  return { addresses: ['s3://'], files: last.startsWith('-') ? [] : [last], toStdout: false };
}

const GH_VALUED = new Set('-p --pattern -R --repo -D --dir -O --output -A --archive'.split(' '));

function githubRelease(args: readonly Arg[]): Found | undefined {
  if (args[0]?.text !== 'release' || args[1]?.text !== 'download') return undefined;
  const { options } = splitOptions(args.slice(2), GH_VALUED);
  const folder = options.get('-D')?.[0] ?? options.get('--dir')?.[0];
  const output = options.get('-O')?.[0] ?? options.get('--output')?.[0];
  const patterns = [...(options.get('-p') ?? []), ...(options.get('--pattern') ?? [])];
  const files = (output === undefined ? patterns : [output]).map((file) => inFolder(folder, file));
  return { addresses: ['https://github.com/'], files, toStdout: output === '-' };
}

const LOCAL_HOST =
  /^(?:[a-z]+:\/\/)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|169\.254\.169\.254)(?=[:/?#]|$)/i;

/** True for addresses of this very machine. */
export function isLocalAddress(address: string): boolean {
  return LOCAL_HOST.test(address) || address.toLowerCase().startsWith('file://');
}

const COMMIT_PATHS: readonly RegExp[] = [
  /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[0-9a-f]{40}\/./i,
  /^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob|archive|tarball|zipball)\/[0-9a-f]{40}(?:[/.]|$)/i,
  /^https:\/\/codeload\.github\.com\/[^/]+\/[^/]+\/(?:tar\.gz|zip|legacy\.tar\.gz)\/[0-9a-f]{40}$/i,
  /^https:\/\/gist\.githubusercontent\.com\/[^/]+\/[0-9a-f]+\/raw\/[0-9a-f]{40}\/./i,
  /^https:\/\/cdn\.jsdelivr\.net\/gh\/[^/]+\/[^/@]+@[0-9a-f]{40}\/./i,
  /^https:\/\/gitlab\.com\/.+\/-\/(?:raw|archive)\/[0-9a-f]{40}[/.]/i,
];

/** True when a forge serves this address from a full commit. */
export function isFixedAddress(address: string): boolean {
  return address.length < 4096 && COMMIT_PATHS.some((pattern) => pattern.test(address));
}
