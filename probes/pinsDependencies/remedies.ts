/** The text to write instead of a command that installs or runs what may change. */

/** What to write, and what has to be there for it. */
interface Mend {
  readonly write: string;
  readonly given?: string;
}

type Mender = (command: string) => Mend | undefined;

const locked =
  (write: string, file: string): Mender =>
  () => ({ write, given: `with ${file} committed` });

/** By dependency type. */
const MENDERS: Readonly<Record<string, Mender>> = {
  npmCommand: locked('npm ci', 'package-lock.json'),
  npxCommand: (command) => ({
    write: `npx --no-install ${named(command, /\b(?:npx|pnpx|bunx|dlx|exec)\b/) ?? '<tool>'}`,
    given: 'after `npm ci`, with the tool in package.json and package-lock.json',
  }),
  yarnCommand: locked('yarn install --immutable', 'yarn.lock'),
  pnpmCommand: (command) =>
    /\bdlx\b/.test(command)
      ? {
          write: `pnpm exec ${named(command, /\bdlx\b/) ?? '<tool>'}`,
          given: 'after `pnpm install --frozen-lockfile`, with the tool in package.json',
        }
      : { write: 'pnpm install --frozen-lockfile', given: 'with pnpm-lock.yaml committed' },
  bunCommand: locked('bun install --frozen-lockfile', 'bun.lock'),
  denoCommand: locked('deno install --frozen', 'deno.lock'),
  pipCommand: withHashes,
  pipxCommand: withHashes,
  uvCommand: (command) =>
    /\buvx\b|\btool\b/.test(command)
      ? {
          write: `uv run --locked ${named(command, /\buvx\b|\b(?:run|install)\b/) ?? '<tool>'}`,
          given: 'with the tool in pyproject.toml and uv.lock committed',
        }
      : { write: 'uv sync --locked', given: 'with uv.lock committed' },
  poetryCommand: locked('poetry install', 'poetry.lock'),
  goCommand: (command) => {
    const name = named(command, /\bgo\s+(?:install|get|run)\b/);
    return name === undefined || name.startsWith('.')
      ? undefined
      : { write: `go install ${name}@<full commit hash>` };
  },
  cargoCommand: (command) => {
    const name = named(command, /\bcargo\s+(?:b?install|binstall)\b/);
    return name === undefined ? undefined : { write: `cargo install --locked ${name}@<version>` };
  },
  gemCommand: locked('BUNDLE_FROZEN=true bundle install', 'the gem in Gemfile.lock'),
  bundlerCommand: locked('BUNDLE_FROZEN=true bundle install', 'Gemfile.lock'),
  composerCommand: locked('composer install', 'composer.lock'),
  dotnetToolCommand: locked('dotnet tool restore', 'the tool in .config/dotnet-tools.json'),
  nugetCommand: locked('dotnet restore --locked-mode', 'packages.lock.json'),
  downloadThenRun: checked,
};

/**
 * How to mend a command of a script, without its place.
 * @returns undefined where no text does it
 */
export function commandRemedy(type: string, command: string): string | undefined {
  const mend = Object.hasOwn(MENDERS, type) ? MENDERS[type]!(command) : undefined;
  if (mend === undefined) return Object.hasOwn(GENERAL, type) ? GENERAL[type] : undefined;
  const { write, given } = mend;
  if (write.includes('\n')) return `write\n${write}`;
  return `write ${write}${given === undefined ? '' : ` (${given})`}`;
}

const BY_RELEASE = 'download the release of one version instead and compare its checksum before it runs';
const GENERAL: Readonly<Record<string, string>> = {
  brewCommand: BY_RELEASE,
  chocoCommand: BY_RELEASE,
  wingetCommand: BY_RELEASE,
  gemCommand: BY_RELEASE,
  goCommand: 'name the module with its full commit hash: go install <module>@<full commit hash>',
  cargoCommand: 'name the crate with its version: cargo install --locked <crate>@<version>',
  systemPackageCommand: 'install from a repository whose signatures the package manager checks',
  downloadThenRun: 'compare the checksum before this line: echo "<sha256>  <file>" | sha256sum --check',
};

/** The first word behind a pattern that is no option and no shell syntax, without its version. */
function named(command: string, after: RegExp): string | undefined {
  const found = after.exec(command);
  if (found === null) return undefined;
  const words = command
    .slice(found.index + found[0].length)
    .trim()
    .split(/\s+/, 50);
  const word = words.find((one) => /^[@\w.]/.test(one));
  const name = word?.replace(/(?<=.)(?:@|==).*/s, '');
  return name !== undefined && /^[@\w./:-]{1,200}$/.test(name) ? name : undefined;
}

/** pip compares hashes only when every requirement has one. */
function withHashes(command: string): Mend {
  const file = /(?:^|\s)(?:-r|--requirement)[ =]?([\w./-]{1,200})/.exec(command)?.[1] ?? 'requirements.txt';
  return {
    write: `pip install --require-hashes -r ${file}`,
    given: `with all versions and hashes in ${file}, e.g. by pip-compile --generate-hashes`,
  };
}

const ADDRESS = /https?:\/\/[^\s"'`|;)<>\\]{1,500}/;

/** Download, compare, then run: three lines. */
function checked(command: string): Mend | undefined {
  const address = ADDRESS.exec(command)?.[0];
  if (address === undefined || address.includes('$')) return undefined;
  const quoted = /^[\w:/.?=%@+~,-]+$/.test(address) ? address : `'${address}'`;
  const file = /\/([\w.-]{1,100})$/.exec(address.replace(/[?#].*/s, ''))?.[1] ?? 'script';
  const shell =
    /\|\s*(?:sudo\s+(?:-\S+\s+)*)?(python3?|node|perl|ruby|bash|zsh|sh)\b/.exec(command)?.[1] ?? 'sh';
  return {
    write: `curl -fsSLo ${file} ${quoted}\necho "<sha256>  ${file}" | sha256sum --check\n${shell} ${file}`,
  };
}
