/** Annotations as users meet them: every format, the warnings, the schemas for editors. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseAnnotations } from '../src/parse/annotations.ts';
import { assay, ensureBuilt, root, temporaryFolder } from './support/command-line.ts';

const ENTRY = `annotations:
  - check: dependency-update-tool
    reason: not-supported
    note: A home-made robot.
    owner: "@builders"
    expires: 2099-01-31
`;
const project = temporaryFolder({
  'a.txt': 'a',
  '.assay.yml': `${ENTRY}  - check: License\n    path: nothing\n    reason: test-data\n`,
});
const SENTENCE = 'The goal is met by a means that the tool does not know.';
const run = (...words: readonly string[]) => assay([project.path, ...words]);

beforeAll(ensureBuilt);
afterAll(() => project[Symbol.dispose]());

describe('--show-annotations', () => {
  it.each(['default', 'markdown', 'html'])(
    '%s: reason, note, owner, end, place and score',
    async (format) => {
      const words = [`--format=${format}`, '--show-details', '--show-annotations'];
      const [shown, hidden] = [await run(...words), await run(...words.slice(0, 2))];
      const text = shown.stdout
        .replaceAll(/[\\\n]| {2,}/g, (space) => (space === '\\' ? '' : ' '))
        .replaceAll(/ +/g, ' ');
      expect(text).toContain(SENTENCE);
      expect(text).toContain('A home-made robot.');
      expect(text).toMatch(/@builders, until 2099-01-31, \.assay\.yml:2|&commat;builders/);
      expect(text).toContain('adjusted score would be 10');
      expect(hidden.stdout).not.toContain('home-made');
    },
  );

  it('markdown without details: the same', async () => {
    const { stdout } = await run('--format=markdown', '--show-annotations');
    expect(stdout).toContain('### What the maintainers say');
    expect(stdout).toContain('A home-made robot.');
    expect((await run('--format=markdown')).stdout).not.toContain('home-made');
  });

  it('json and intoto: the sentences', async () => {
    const { stdout } = await run('--format=json', '--show-annotations');
    const checks = (JSON.parse(stdout) as { checks: { name: string; annotations?: string[] }[] }).checks;
    expect(checks.filter((one) => one.annotations)).toMatchObject([
      { name: 'Dependency-Update-Tool', annotations: [SENTENCE] },
    ]);
    expect((await run('--format=json')).stdout).not.toContain('"annotations"');
  });

  it('assay and sarif: always', async () => {
    const native = JSON.parse((await run('--format=assay')).stdout) as {
      checks: { name: string; annotated?: object }[];
    };
    expect(native.checks.find((one) => one.annotated)).toMatchObject({
      name: 'Dependency-Update-Tool',
      score: 0,
      adjusted: { score: 0 },
      annotated: { score: 10, reasons: ['not-supported'], by: [{ line: 2, owner: '@builders' }] },
    });
    const sarif = JSON.parse((await run('--format=sarif')).stdout) as {
      runs: { results: { suppressions?: { justification: string }[] }[] }[];
    };
    const suppressed = sarif.runs[0]!.results.flatMap((one) => one.suppressions ?? []);
    expect(suppressed.map((one) => one.justification)).toEqual([SENTENCE]);
  });

  it('warns with file and line in the usual table, and proposes nothing that is annotated', async () => {
    const { stdout } = await run();
    expect(stdout).toContain('\n  .assay.yml:7: the annotation matches no finding\n');
    const [, gains] = stdout.split('What gains most');
    expect(gains).not.toContain('Dependency-Update-Tool');
  });
});

describe('schemas for editors', () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validator = (name: string) =>
    ajv.compile(JSON.parse(readFileSync(join(root, `docs/schemas/${name}.json`), 'utf8')) as object);
  const own = validator('assay-yml');
  const reference = validator('scorecard-yml');

  it.each([
    ['a check', '- {check: License, reason: test-data}', true],
    ['several', '- {checks: [License, SAST], probe: archived, paths: [a/**], reasons: [test-data]}', true],
    ['a plugin', '- {check: mine/Notes, reason: remediated}', true],
    ['a fingerprint', '- {fingerprint: 0123456789abcdef, reason: remediated, expires: "2030-01-31"}', true],
    ['a typing error', '- {check: Licence, reason: test-data}', false],
    ['no reason', '- {check: License}', false],
    ['no aim', '- {reason: test-data}', false],
    ['a bad reason', '- {check: License, reason: because}', false],
    ['a bad day', '- {check: License, reason: test-data, expires: "2030-02-31"}', false],
    ['a bad line', '- {check: License, reason: test-data, line: 0}', false],
    ['an unknown key', '- {check: License, reason: test-data, pathes: x}', false],
  ])('.assay.yml: %s', (_, entry, valid) => {
    const text = `annotations:\n  ${entry}\n`;
    expect(own(parse(text, { schema: 'core' }))).toBe(valid);
    // What the schema takes, the program takes.
    if (valid) expect(parseAnnotations(text, '.assay.yml').problems).toEqual([]);
  });

  it('.scorecard.yml', () => {
    expect(reference({ annotations: [{ checks: ['license'], reasons: [{ reason: 'test-data' }] }] })).toBe(
      true,
    );
    expect(reference({ annotations: [{ checks: ['licence'], reasons: [{ reason: 'test-data' }] }] })).toBe(
      false,
    );
    expect(reference({ annotations: [{ checks: ['license'], reasons: ['test-data'] }] })).toBe(false);
  });
});
