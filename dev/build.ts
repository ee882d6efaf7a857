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
 * What a usual scan of a folder never loads stays out of the bundle, so that it need not be read either: each is a file
 * of its own beside it. Only modules that share no class with the rest can be apart.
 */
const APART: readonly { readonly name: string; readonly from: string; readonly filter: RegExp }[] = [
  { name: 'undici', from: 'undici', filter: /^undici$/ },
  { name: 'yaml', from: 'yaml', filter: /^yaml$/ },
  { name: 'rare-licenses', from: './src/parse/licenses/rare-index.ts', filter: /\/rare-index\.ts$/ },
];

const apart: Plugin = {
  name: 'apart',
  setup(build) {
    // From bin/ and from dist/ this is the same file.
    for (const { name, filter } of APART)
      build.onResolve({ filter }, () => ({ path: `../dist/${name}.cjs`, external: true }));
  },
};

/** Where a plugin's thread finds what it runs, seen from the file that starts it. */
const hostFile = (contents: string): Plugin => ({
  name: 'host-file',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]plugins[\\/]host-file\.ts$/ }, () => ({ contents, loader: 'ts' }));
  },
});

const commonJs: BuildOptions = {
  format: 'cjs',
  // What stays outside is required, too: the bundle is run as a script, which cannot import.
  supported: { 'dynamic-import': false },
  minifyWhitespace: true,
  minifySyntax: true,
};

/** Writes the command line only: what `npm start` needs. */
export async function buildCommandLine(): Promise<void> {
  const { version, commit } = identity();
  mkdirSync(dist, { recursive: true });
  for (const { name, from } of APART)
    await bundle(
      { stdin: { contents: `export * from '${from}'`, resolveDir: root } },
      `${name}.cjs`,
      commonJs,
    );
  await bundle({ entryPoints: ['src/cli/main.ts'] }, 'assay.cjs', {
    ...commonJs,
    // What bin/run.cjs would have to add, it would have to copy the whole text for.
    banner: { js: '(function(exports,require,module){' },
    footer: { js: '})' },
    external: ['../dist/plugin-host.mjs'],
    plugins: [apart, hostFile("export const hostFile = () => require.resolve('../dist/plugin-host.mjs');")],
  });
  await buildPluginHost();
  place('version.txt', `assay ${version} (${commit})\n`);
}

/** Writes dist/plugin-host.mjs: a plugin's thread, and what `assay` means inside a plugin. */
async function buildPluginHost(): Promise<void> {
  await bundle({ entryPoints: ['src/plugins/host.ts'] }, 'plugin-host.mjs', {
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
  });
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

/**
 * esbuild copies whole built-in modules to imitate `import *`; at start-up that costs more than using them.
 * @throws Error when a copy stays, or is needed: only a default import (`import fs from 'node:fs'`) needs one
 */
function withoutCopies(text: string): string {
  const plain = text.replaceAll(/__toESM\((require\("node:[a-z_/]+"\))(?:,1)?\)/g, '$1');
  const left = /__toESM\(require\("node:[^)]*\)|import_node_\w+\.default\b/.exec(plain)?.[0];
  if (left !== undefined) throw new Error(`the bundle copies a built-in module: ${left}`);
  return plain;
}

function place(name: string, text: string): void {
  const file = join(dist, name);
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** Writes dist/index.js, the library. Packages stay imports: whoever uses the library installs them. */
export async function buildLibrary(): Promise<void> {
  mkdirSync(dist, { recursive: true });
  await bundle({ entryPoints: ['src/index.ts'] }, 'index.js', {
    format: 'esm',
    packages: 'external',
    plugins: [
      hostFile(`import { fileURLToPath } from 'node:url';
export const hostFile = () => fileURLToPath(new URL('./plugin-host.mjs', import.meta.url));`),
    ],
  });
  await buildPluginHost();
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
