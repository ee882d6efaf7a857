/** Follows pages of docs/ to the letter: writes their files, runs their commands, compares what they print. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, plainEnvironment, program, root, temporaryFolder } from './support/command-line.ts';

const SHOWN_FOLDER = '/home/you/project';

/** Page, files to write (a file in parts counts each), commands to run. */
const PAGES = [
  ['writing-checks', 6, 3],
  ['annotations', 3, 1],
] as const;

interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly body: string;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, `docs/${page}.md`), 'utf8');
  return [...text.matchAll(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, file, body]) => ({
    language: language!,
    file,
    body: body!,
  }));
}

beforeAll(ensureBuilt);

describe.each(PAGES)('docs/%s.md', (page, files, commands) => {
  const blocks = blocksOf(page);
  const folder = temporaryFolder();
  const place = realpathSync(folder.path);
  afterAll(() => folder[Symbol.dispose]());

  it('shows files and commands', () => {
    expect(blocks.filter((one) => one.file !== undefined)).toHaveLength(files);
    expect(blocks.filter((one) => one.language === 'console')).toHaveLength(commands);
    expect(blocks).toHaveLength(files + commands);
  });

  for (const [index, { file, body }] of blocks.entries()) {
    if (file === undefined) it(`command ${index}: ${body.split('\n')[0]}`, () => follow(body, place));
    else it(`file ${index}: ${file}`, () => expect(write(join(place, file), body)).toContain(body));
  }

  if (page === 'writing-checks')
    it('shows code that the compiler accepts', () => expect(compiled(place, 'house-rules.ts')).toBe(''));
});

/** The file as it is after its next part was added. */
function write(file: string, part: string): string {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, part);
  return readFileSync(file, 'utf8');
}

function follow(body: string, place: string): void {
  const [first, ...shown] = body.split('\n');
  const words = first!.replace(/^\$ assay /, '').split(' ');
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  expect((stdout + stderr).replaceAll(place, SHOWN_FOLDER)).toBe(shown.join('\n'));
}

/** What the compiler has against a file that imports the library. */
function compiled(place: string, file: string): string {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.iterator', 'esnext.disposable'],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { assay: [join(root, 'src/index.ts')] },
  };
  writeFileSync(join(place, 'package.json'), '{"type":"module"}');
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8' }).stdout;
}
