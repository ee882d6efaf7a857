/**
 * Fuzzing of everything that reads what a repository holds: the visit of every kind of per-file evidence, found through
 * the probes, so that a new kind is fuzzed from its first day; and the pure readers of smaller texts.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { checks, probes } from '../../src/app.ts';
import { parsePolicy } from '../../src/config/policy.ts';
import { matchesGlob } from '../../src/core/glob.ts';
import {
  HEAD_BYTES,
  type PerFileEvidence,
  type RepoPath,
  repoPath,
  ScanError,
  type SourceFile,
} from '../../src/core/index.ts';
import { closure } from '../../src/engine/index.ts';
import { annotationFiles } from '../../src/evidence/annotationFiles.ts';
import { parseCodeowners } from '../../src/parse/codeowners.ts';
import { fnmatch } from '../../src/parse/fnmatch.ts';
import { LOCKFILE_FORMATS, readLockfile } from '../../src/parse/lockfiles/table.ts';
import { analyzePowershell, analyzeShell } from '../../src/parse/shell/index.ts';
import { findPlaceholders, parseCondition, parseExpression } from '../../src/parse/workflow/expressions.ts';

import { parseRemote } from '../../src/sources/git-folder.ts';
import { parseIndex } from '../../src/sources/git-index.ts';
import { linkFollower, readTree } from '../../src/sources/git-tree.ts';
import { readGitUrl } from '../../src/sources/git-url.ts';
import { NoticeLog } from '../../src/sources/notice-log.ts';
import { cpuTime } from './cpu.ts';

/** One thing to feed with hostile bytes: it must return, whatever they are. */
export interface FuzzTarget {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly run: (bytes: Uint8Array) => void;
}

const root = join(import.meta.dirname, '../..');
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Base names that some kind may want, beyond those it lists. */
const NAMES = [
  'requirements.txt',
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'compose.yml',
  'devcontainer.json',
  'Dockerfile',
  'Containerfile',
  'install.sh',
  'run',
  'LICENSE',
  'COPYING',
  'SECURITY.md',
  'README.md',
  'CODEOWNERS',
  'a.go',
  'a_test.go',
  'a.py',
  'a.js',
  'a.ts',
  'a.rs',
  'a.c',
  'a.cc',
  'A.java',
  'a.swift',
  'a.cs',
  'a.fs',
  'a.hs',
  'a.ex',
  'a.erl',
  'a.gleam',
  'a.exe',
  'a.jar',
  'gradle-wrapper.jar',
  'a.csproj',
  'Directory.Build.props',
  'pom.xml',
  'x.spdx.json',
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'docker-compose.yml',
  'compose.yaml',
  'devcontainer.json',
  'requirements.txt',
  'package.json',
  'pyproject.toml',
  'Cargo.toml',
];

/** Folders that some kinds want their files in. */
const FOLDERS = [
  '',
  '.github/',
  '.clusterfuzzlite/',
  'docs/',
  'gradle/',
  '.config/',
  '.well-known/',
  'LICENSES/',
  '.devcontainer/',
];

/** All targets, by name. */
export function fuzzTargets(): FuzzTarget[] {
  const perFile = closure([
    ...probes.map((probe) => probe.needs),
    ...checks.flatMap((check) => check.probes.map((probe) => probe.needs)),
    { annotationFiles },
  ])
    .filter((kind): kind is PerFileEvidence<unknown> => kind.kind === 'perFile')
    .filter((kind) => kind.read !== 'name');
  const samples = sampleFiles();
  return [...perFile.map((kind) => evidenceTarget(kind, samples)), ...readerTargets(samples)].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** An index with two files, as git writes them. */
const INDEX = Buffer.concat([
  Buffer.from('DIRC\0\0\0\x02\0\0\0\x02', 'latin1'),
  ...['a.txt', 'b/c.txt'].map((path) => {
    const entry = Buffer.alloc(62 + Math.ceil((path.length + 1 + 6) / 8) * 8 - 6);
    entry.writeUInt16BE(path.length, 60);
    entry.write(path, 62);
    return entry;
  }),
]);
const TREE = Buffer.from(
  `100644 blob ${'1'.repeat(40)}       4\ta/b\0${`120000 blob ${'2'.repeat(40)}       1\tlink\0`}160000 commit ${'3'.repeat(40)}       -\tsub\0`,
);

/** Where links of a listing lead: each to the name of the next entry. */
function followAll(bytes: Uint8Array): void {
  const tree = readTree(Buffer.from(bytes), 1000, new NoticeLog());
  const targets = tree.map(({ path }, index) => [path, tree[index + 1]?.path ?? '..'] as const);
  const follow = linkFollower(tree, new Map(targets));
  for (const { path } of tree) follow(path);
}

/** Errors with a code are answers; all others are mistakes. */
function answering(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScanError) return error.code;
    throw error;
  }
}

/** Small files of our own test data, as seeds. */
function sampleFiles(): { path: string; bytes: Uint8Array }[] {
  const folder = join(root, 'testdata/scenarios');
  return globSync('*/files/**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path: relative(folder, path).split(/[\\/]/).slice(2).join('/'),
      bytes: new Uint8Array(readFileSync(path)),
    }))
    .filter(({ bytes }) => bytes.length < 16_384);
}

function evidenceTarget(
  kind: PerFileEvidence<unknown>,
  samples: readonly { path: string; bytes: Uint8Array }[],
): FuzzTarget {
  const { names = [], folders = [], extensions = [] } = kind.paths;
  const candidates = [
    ...[...names, ...NAMES].flatMap((name) => FOLDERS.map((folder) => folder + name)),
    ...folders.flatMap((folder) => [`${folder}/a.yml`, `${folder}/a`]),
    ...extensions.flatMap((extension) => [`a/b.${extension}`, `b.${extension}`]),
  ];
  const paths = [...new Set(candidates)].map(repoPath).filter((path) => isWanted(kind, path));
  const seeds = samples.filter(({ path }) => isWanted(kind, repoPath(path))).map(({ bytes }) => bytes);
  let turn = 0;
  return {
    name: `evidence ${kind.id}`,
    seeds,
    run: (bytes) => {
      if (paths.length === 0) throw new Error(`add a path that ${kind.id} wants to NAMES`);
      const file = fakeFile(paths[turn++ % paths.length]!, bytes);
      if (kind.read === 'head' && !kind.wholeIf?.(file))
        visited(kind, { ...file, bytes: new Uint8Array(0), text: () => '' });
      JSON.stringify(visited(kind, file));
    },
  };
}

/** A visit may end at a limit in these words, which the engine makes a notice; it may throw nothing else. */
function visited(kind: PerFileEvidence<unknown>, file: SourceFile): readonly unknown[] {
  try {
    return kind.visit(file);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('it is not judged: ')) return [];
    throw error;
  }
}

function isWanted({ paths }: PerFileEvidence<unknown>, path: RepoPath): boolean {
  const listed =
    paths.every ||
    paths.names?.some((name) => name.toLowerCase() === path.lowerBase) ||
    paths.extensions?.includes(path.extension) ||
    paths.folders?.includes(path.folder.toLowerCase());
  return Boolean(listed) && (paths.where?.(path) ?? true);
}

/** A file as evidence sees it. */
export function fakeFile(path: RepoPath, bytes: Uint8Array): SourceFile {
  const parsed = new Map<unknown, unknown>();
  const once = <T>(parse: unknown, make: () => T): T => {
    if (!parsed.has(parse)) parsed.set(parse, make());
    return parsed.get(parse) as T;
  };
  return {
    ...path,
    size: bytes.length,
    kind: 'file',
    head: bytes.subarray(0, HEAD_BYTES),
    bytes,
    truncated: false,
    text: () => text(bytes),
    headText: () => text(bytes.subarray(0, HEAD_BYTES)),
    parsed: (parse) => once(parse, () => parse(text(bytes), path.path)),
    parsedBytes: (parse) => once(parse, () => parse(bytes, path.path)),
  };
}

function readerTargets(samples: readonly { path: string; bytes: Uint8Array }[]): FuzzTarget[] {
  const like = (pattern: RegExp) =>
    samples.filter(({ path }) => pattern.test(path)).map(({ bytes }) => bytes);
  const some = (...values: string[]) => values.map(bytesOf);
  const reader = (
    name: string,
    seeds: readonly Uint8Array[],
    read: (value: string) => unknown,
  ): FuzzTarget => ({
    name: `reader ${name}`,
    seeds,
    run: (bytes) => void JSON.stringify(read(text(bytes)) ?? null),
  });
  return [
    reader('shell', like(/\.sh$|\.ya?ml$/), (value) => analyzeShell(value)),
    reader('powershell', some('iwr https://x/y.ps1 | iex', '$a = "x"; & .\\b.exe'), analyzePowershell),
    reader(
      'expression',
      some("github.event.issue.title == 'x'", 'contains(fromJSON(a)[0].b.*.c, 1)'),
      parseExpression,
    ),
    reader('condition', some("${{ github.actor == 'x' }} && true"), parseCondition),
    reader('placeholders', some('echo ${{ a }} ${{ b }}'), findPlaceholders),
    reader('codeowners', some('* @a @b/c\n/docs/ x@y.z # c'), parseCodeowners),
    reader('glob', some('a/**/[!b]*?'), (value) =>
      matchesGlob(value.slice(0, value.length / 2), value.slice(value.length / 2)),
    ),
    reader('fnmatch', some('refs/**/[a-z]*'), (value) =>
      fnmatch(value.slice(0, value.length / 2), value.slice(value.length / 2)),
    ),
    reader('remote address', some('https://u:p@github.com/a/b.git', 'git@h.org:a/b.git'), parseRemote),
    reader('git address', some('ssh://git@h.org:22/a/b', 'git@h.org:a/b', 'https://a:b@h.org/c'), (value) =>
      answering(() => readGitUrl(value, ['https', 'ssh', 'http', 'git', 'file'])),
    ),
    reader('policy', some('version: 1\npolicies:\n  License: { mode: enforced, score: 3 }\n'), (value) =>
      answering(() => parsePolicy(value, 'policy.yml', checks)),
    ),
    { name: 'reader git index', seeds: [INDEX], run: (bytes) => void parseIndex(Buffer.from(bytes), 20) },
    { name: 'reader git tree', seeds: [TREE], run: (bytes) => void answering(() => followAll(bytes)) },
    ...LOCKFILE_FORMATS.map((format) =>
      reader(`lock file ${format.id}`, like(/lock|json|toml|mod|sum|xml/), (value) =>
        readLockfile(format, value),
      ),
    ),
  ];
}

const TOKENS = [
  '\n',
  '\t',
  '  ',
  '- ',
  ': ',
  '${{',
  '}}',
  '{{',
  '$(',
  '`',
  '"',
  "'",
  '|',
  '>',
  '&&',
  '<<EOF\n',
  'EOF',
  '#!',
  '\\\n',
  '\0',
  '\ufeff',
  '\r\n',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '<',
  '/>',
  '<!--',
  '<![CDATA[',
  '&x;',
  '*a',
  '&a ',
  '!!',
  '%',
  '---\n',
  '...\n',
  '@',
  'FROM ',
  'RUN ',
  'curl u | sh',
  'uses: ',
  'run: |\n',
  'on: ',
  'jobs:\n',
  '1e999',
  '-0',
  '\ud800',
  '𝒳',
  '\u2028',
  '=',
  '==',
  ',',
  ';',
  '#',
  '/*',
  '*/',
  '//',
  '"""',
];

/** Hostile inputs: seeds cut, doubled and spliced with each other and with awkward tokens, and pure noise. */
export function hostileBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((parts) => bytesOf(parts.join(''))),
    fc.string({ unit: 'binary', maxLength: 200 }).map(bytesOf),
    fc
      .tuple(fc.constantFrom(...TOKENS), fc.integer({ min: 1, max: 3000 }))
      .map(([token, count]) => bytesOf(token.repeat(count).slice(0, 20_000))),
  );
  if (seeds.length === 0) return noise;
  const seed = fc.constantFrom(...seeds);
  const cut = fc.tuple(seed, fc.nat(10_000), noise, fc.nat(10_000)).map(([bytes, at, extra, to]) => {
    const from = at % (bytes.length + 1);
    const end = Math.max(from, to % (bytes.length + 1));
    return new Uint8Array([...bytes.subarray(0, from), ...extra, ...bytes.subarray(end)]);
  });
  const spliced = fc.tuple(seed, seed, fc.nat(10_000), fc.nat(10_000)).map(([a, b, x, y]) => {
    return new Uint8Array([...a.subarray(0, x % (a.length + 1)), ...b.subarray(y % (b.length + 1))]);
  });
  return fc.oneof(noise, seed, cut, cut, spliced);
}

/** The slowest run of a target and how many there were. @throws the first failure, shrunk */
export function fuzz(target: FuzzTarget, runs: number, seed?: number): { readonly slowest: number } {
  let slowest = 0;
  fc.assert(
    fc.property(hostileBytes(target.seeds), (bytes) => {
      const start = cpuTime();
      target.run(bytes);
      slowest = Math.max(slowest, cpuTime() - start);
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return { slowest };
}
