/** Follows docs/writing-checks.md to the letter: writes its files, runs its commands, compares what they print. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt, plainEnvironment, program, root, temporaryFolder } from './support/command-line.ts';

const SHOWN_FOLDER = '/home/you/project';
const text = readFileSync(join(root, 'docs/writing-checks.md'), 'utf8');
const blocks = [...text.matchAll(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, file, body]) => ({
  language: language!,
  file,
  body: body!,
}));

const folder = temporaryFolder();
const place = realpathSync(folder.path);
beforeAll(ensureBuilt);
afterAll(() => folder[Symbol.dispose]());

it('shows files and commands', () => {
  expect(blocks.filter((one) => one.file === 'house-rules.ts')).toHaveLength(3);
  expect(blocks.filter((one) => one.language === 'console')).toHaveLength(3);
  expect(blocks.every((one) => one.file !== undefined || one.language === 'console')).toBe(true);
});

for (const [index, { file, body }] of blocks.entries()) {
  if (file === undefined) it(`command ${index}: ${body.split('\n')[0]}`, () => follow(body));
  else
    it(`file ${index}: ${file}`, () => expect(() => appendFileSync(join(place, file), body)).not.toThrow());
}

it('shows code that the compiler accepts', () => {
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
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['house-rules.ts'] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

function follow(body: string): void {
  const [first, ...shown] = body.split('\n');
  const words = first!.replace(/^\$ assay /, '').split(' ');
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  expect((stdout + stderr).replaceAll(place, SHOWN_FOLDER)).toBe(shown.join('\n'));
}
