/** The text to write instead of a command that installs or runs what may change. */

/** What to write, and what has to be there for it. */
interface Mend {
  readonly write: string;
  readonly given?: string;
}

type Mender = (command: string) => Mend | undefined;

/** Installs what a lock file holds; what the command names besides has to be in the manifest first. */
const locked =
  (write: string, file: string, manifest?: string): Mender =>
  (command) => {
    const names = manifest === undefined ? [] : packagesOf(command);
    const first = names.length === 0 ? '' : `${names.join(', ')} in ${manifest} and `;
    return { write, given: `with ${first}${file} committed` };
  };

const JS = 'package.json';

/** By dependency type. */
const MENDERS: Readonly<Record<string, Mender>> = {
  npmCommand: (command) =>
    /\bcorepack\b/.test(command)
      ? {
          write: 'corepack install',
          given: `with "packageManager": "<name>@<version>+sha512.<hash>" in ${JS}`,
        }
      : locked('npm ci', 'package-lock.json', JS)(command),
  npxCommand: (command) => ({
    write: `npx --no-install ${named(command, /\b(?:npx|pnpx|bunx|dlx|exec)\b/) ?? '<tool>'}`,
    given: 'after `npm ci`, with the tool in package.json and package-lock.json',
  }),
  yarnCommand: locked('yarn install --immutable', 'yarn.lock', JS),
  pnpmCommand: (command) =>
    /\bdlx\b/.test(command)
      ? {
          write: `pnpm exec ${named(command, /\bdlx\b/) ?? '<tool>'}`,
          given: 'after `pnpm install --frozen-lockfile`, with the tool in package.json',
        }
      : locked('pnpm install --frozen-lockfile', 'pnpm-lock.yaml', JS)(command),
  bunCommand: locked('bun install --frozen-lockfile', 'bun.lock', JS),
  denoCommand: locked('deno install --frozen', 'deno.lock'),
  pipCommand: (command) => withHashes(command),
  pipxCommand: (command) => withHashes(command),
  uvCommand: (command) => {
    if (/\buv\s+pip\b/.test(command)) return withHashes(command, 'uv pip');
    return /\buvx\b|\btool\b/.test(command)
      ? {
          write: `uv run --locked ${named(command, /\buvx\b|\b(?:run|install)\b/) ?? '<tool>'}`,
          given: 'with the tool in pyproject.toml and uv.lock committed',
        }
      : locked('uv sync --locked', 'uv.lock', 'pyproject.toml')(command);
  },
  poetryCommand: locked('poetry install', 'poetry.lock', 'pyproject.toml'),
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
  gemCommand: locked('BUNDLE_FROZEN=true bundle install', 'Gemfile.lock', 'Gemfile'),
  bundlerCommand: locked('BUNDLE_FROZEN=true bundle install', 'Gemfile.lock'),
  composerCommand: locked('composer install', 'composer.lock', 'composer.json'),
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
  powershellModuleCommand: BY_RELEASE,
  condaCommand:
    'install from a list with hashes, e.g. conda create --file conda-linux-64.lock, made by conda-lock',
  chocoCommand: BY_RELEASE,
  wingetCommand: BY_RELEASE,
  gemCommand: BY_RELEASE,
  goCommand: 'name the module with its full commit hash: go install <module>@<full commit hash>',
  cargoCommand: 'name the crate with its version: cargo install --locked <crate>@<version>',
  systemPackageCommand: 'install from a repository whose signatures the package manager checks',
  downloadThenRun:
    'download to a file, compare its checksum, then run it: echo "<sha256>  <file>" | sha256sum --check',
};

const MOST_PACKAGES = 5;

const INSTALL =
  /\b(?:npm|pnpm|yarn|bun|gem|composer|poetry|uv)\s+(?:global\s+|-\S+\s+){0,10}(?:install|i|add|require)\s/;
const WITH_VALUE = /^-(?:[rcefi]|-[a-z-]+)$/;

/** Packages an install command names, without versions; none when a word cannot be told. */
function packagesOf(command: string): readonly string[] {
  const [line = ''] = command.slice(0, 2000).split(/\n|&&|\|\||[;|>]/, 1);
  const found = INSTALL.exec(line);
  if (found === null || /[$`]/.test(line)) return [];
  const words = line
    .slice(found.index + found[0].length)
    .trim()
    .split(/\s+/, 50);
  const names = new Set<string>();
  for (const [index, word] of words.entries()) {
    // The word behind an option may be its value.
    if (word.startsWith('-') || WITH_VALUE.test(words[index - 1] ?? '')) continue;
    const name = plainName(word);
    if (name !== undefined) names.add(name);
  }
  return names.size > MOST_PACKAGES ? [] : [...names];
}

/** Without quotes and version. */
function plainName(word: string | undefined): string | undefined {
  const name = word?.replace(/^["']|["']$/g, '').replace(/(?<=.)(?:@|==|[<>~=!]=?|:).*$/, '');
  return name !== undefined && /^@?[\w][\w./-]{0,200}$/.test(name) ? name : undefined;
}

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
function withHashes(command: string, pip = 'pip'): Mend {
  const file = /(?:^|\s)(?:-r|--requirement)[ =]?([\w./-]{1,200})/.exec(command)?.[1] ?? 'requirements.txt';
  // What decides where packages go stays: without it they would go elsewhere, or pip would refuse.
  const kept = ['--system', '--user', '--break-system-packages'].filter((flag) =>
    new RegExp(`\\s${flag}(?:\\s|$)`).test(command),
  );
  const tool = pip === 'pip' ? (/\bpython[\d.]{0,8}\s+-m\s+pip\b/.exec(command)?.[0] ?? pip) : pip;
  return {
    write: [tool.replace(/\s+/g, ' '), 'install', ...kept, `--require-hashes -r ${file}`].join(' '),
    given: `with all versions and hashes in ${file}, e.g. by pip-compile --generate-hashes`,
  };
}

const ADDRESS = /https?:\/\/[^\s"'`|;)<>\\]{1,500}/;

/** Download, compare, then run: three lines. */
function checked(command: string): Mend | undefined {
  const address = ADDRESS.exec(command)?.[0];
  if (address === undefined) return undefined;
  const bare = address.replace(/\$(?:\{\w{1,100}\}|\w{1,100})/g, '');
  // An expression of a workflow is no variable of the shell.
  if (bare.includes('$')) return undefined;
  const isPlain = /^[\w:/.?=%@+~,-]+$/.test(address);
  const quoted = isPlain ? address : bare === address ? `'${address}'` : `"${address}"`;
  const file = /\/([\w.-]{1,100})$/.exec(address.replace(/[?#].*/s, ''))?.[1] ?? 'script';
  if (POWERSHELL.test(command))
    return file.endsWith('.ps1') ? { write: inPowerShell(file, quoted) } : undefined;
  const runs = runner(command);
  if (runs === undefined && !file.endsWith('.sh')) return undefined;
  // The shell looks for a bare name along PATH.
  const run = runs === '.' ? `. ./${file}` : `${runs ?? 'sh'} ${file}${argumentsOf(command)}`;
  return { write: `curl -fsSLo ${file} ${quoted}\necho "<sha256>  ${file}" | sha256sum --check\n${run}` };
}

const POWERSHELL = /\b(?:iex|irm|iwr|invoke-(?:expression|webrequest|restmethod)|downloadstring)\b/i;

const inPowerShell = (file: string, address: string): string =>
  [
    `Invoke-WebRequest ${address} -OutFile ${file}`,
    `if ((Get-FileHash ${file}).Hash -ne '<sha256>') { throw '${file} is not what was looked at' }`,
    `./${file}`,
  ].join('\n');

/** What is handed to a script behind `-s`, e.g. `| bash -s -- --yes`. */
function argumentsOf(command: string): string {
  const rest =
    /\|[^|\n]{0,200}\b(?:bash|zsh|sh)\s+-s\s+(?:--\s+)?([^|;&<>)#\n]{1,300})/
      .exec(command.slice(0, 4000))?.[1]
      ?.trim() ?? '';
  // A quote that opens or closes elsewhere belongs to another word.
  const whole = ['"', "'", '`'].every((quote) => rest.split(quote).length % 2 === 1);
  return rest === '' || rest.includes('(') || !whole ? '' : ` ${rest}`;
}

const PIPED =
  /\|\s*((?:sudo\s+(?:-\S+\s+){0,5})?(?:\w{1,50}=[\w./:-]{0,100}\s+){0,5}(?:python3?|node|perl|ruby|bash|zsh|sh))\b/;
const HANDED =
  /\b((?:sudo\s+(?:-\S+\s+){0,5})?(?:bash|zsh|sh|source|eval))\s+(?:-\w+\s+)*(?:-\w*c\b|<\(|["']?\$\()/;

/** What runs the download, with the variables set for it. */
function runner(command: string): string | undefined {
  const found = PIPED.exec(command)?.[1] ?? HANDED.exec(command)?.[1];
  if (found === 'source') return '.';
  return found === 'eval' ? 'sh' : found?.replace(/\s+/g, ' ');
}
