/**
 * `npm run build`: dist/assay.cjs (the command line), dist/index.js (the library) and its types.
 * Files are written beside their place and renamed, so that a running program never meets half a file.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Version of the package and commit of the tree, `unknown` outside of git. */
export function identity(): { readonly version: string; readonly commit: string } {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { version, commit: commit.toString().trim() };
  } catch {
    return { version, commit: 'unknown' };
  }
}

/**
 * Packages that a scan of a folder never loads stay out of the bundle, so that they need not be read either: each is a
 * file of its own beside it.
 */
const APART: readonly string[] = ['undici', 'yaml'];

const apart: Plugin = {
  name: 'apart',
  setup(build) {
    const filter = new RegExp(`^(?:${APART.join('|')})$`);
    // From bin/ and from dist/ this is the same file.
    build.onResolve({ filter }, ({ path }) => ({ path: `../dist/${path}.cjs`, external: true }));
  },
};

const commonJs: BuildOptions = { format: 'cjs', minifyWhitespace: true, minifySyntax: true };

/** Writes the command line only: what `npm start` needs. */
export async function buildCommandLine(): Promise<void> {
  const { version, commit } = identity();
  mkdirSync(dist, { recursive: true });
  for (const name of APART)
    await bundle(
      { stdin: { contents: `module.exports = require('${name}')`, resolveDir: root } },
      `${name}.cjs`,
      commonJs,
    );
  await bundle({ entryPoints: ['src/cli/main.ts'] }, 'assay.cjs', { ...commonJs, plugins: [apart] });
  place('version.txt', `assay ${version} (${commit})\n`);
}

async function bundle(entry: BuildOptions, name: string, options: BuildOptions): Promise<void> {
  const { version, commit } = identity();
  const result = await build({
    ...entry,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node24',
    charset: 'ascii',
    legalComments: 'none',
    // Its main file loads its parts in a way that no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    write: false,
    logLevel: 'warning',
    define: {
      'process.env.ASSAY_VERSION': JSON.stringify(version),
      'process.env.ASSAY_COMMIT': JSON.stringify(commit),
    },
    ...options,
  });
  place(name, withoutCopies(result.outputFiles![0]!.text));
}

/** esbuild copies whole built-in modules to imitate `import *`; at start-up that costs more than using them. */
function withoutCopies(text: string): string {
  return text.replaceAll(/__toESM\((require\("node:[a-z_/]+"\))\)/g, '$1');
}

function place(name: string, text: string): void {
  const file = join(dist, name);
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** Writes dist/index.js, the library. Packages stay imports: whoever uses the library installs them. */
export async function buildLibrary(): Promise<void> {
  mkdirSync(dist, { recursive: true });
  await bundle({ entryPoints: ['src/index.ts'] }, 'index.js', { format: 'esm', packages: 'external' });
}

/** Writes dist/types. */
export function buildTypes(): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the types cannot be written');
}

async function buildAll(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await buildCommandLine();
  await buildLibrary();
  buildTypes();
}

if (import.meta.main) await buildAll();
