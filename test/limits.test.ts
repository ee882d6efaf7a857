/** What one hostile file may cost: budgets by count, told where they cut, and the other files judged all the same. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evidenceReader, scanTarget } from '../src/app.ts';
import { dependencies } from '../src/evidence/dependencies.ts';
import { readDockerfile } from '../src/parse/dockerfile/index.ts';
import { analyzeShell } from '../src/parse/shell/index.ts';
import { isTooLarge, limitInstalls, MAX_INSTALLS } from '../src/parse/shell/limits.ts';
import { findReferenceInjections, MAX_INJECTIONS, parseWorkflow } from '../src/parse/workflow/index.ts';
import { injectionPatches } from '../src/parse/workflow/patch.ts';
import { parseYaml } from '../src/parse/yaml/index.ts';
import { scan } from '../src/parse/yaml/scanner.ts';
import { temporaryFolder, writeFiles } from './support/git.ts';

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const HEAD = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n';
const GOOD = `permissions: {}\n${HEAD}      - uses: a/b@v1\n`;

let folders = 0;
async function judge(files: Readonly<Record<string, string>>, checks: readonly string[]) {
  const folder = join(temporary.path, `folder-${folders++}`);
  writeFiles(temporary.path, { [`folder-${folders - 1}/.github/workflows/good.yml`]: GOOD });
  writeFiles(folder, files);
  const scanned = await scanTarget(folder, { checks, offline: true });
  const found = evidenceReader(scanned.evidence)(dependencies);
  return { ...scanned.result, found: found?.list ?? [], unreadable: found?.unreadable ?? [] };
}

describe('values of YAML', () => {
  it.each([
    ['lists', '- a\n'.repeat(1000)],
    ['lists in brackets', `[${'a,'.repeat(1000)}]`],
    ['maps in brackets', `[${'{},'.repeat(1000)}]`],
    ['keys', Array.from({ length: 1000 }, (_, index) => `k${index}: v\n`).join('')],
  ])('%s: reading ends at the limit', (_, text) => {
    expect(parseYaml(text, { maxNodes: 3000 }).error).toBeUndefined();
    expect(parseYaml(text, { maxNodes: 900 }).error).toMatchObject({
      message: 'too many values',
      isLimit: true,
    });
    expect(scan(text, 200, 500).types.length).toBeLessThan(510);
  });

  it.each([
    ['too many values', `on: push\nx:\n${'- a\n'.repeat(110_000)}`],
    ['nested too deep', `on: push\nx: ${'['.repeat(300)}${']'.repeat(300)}\n`],
    ['nested too deep', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['a text of too many lines', `on: push\nx: "${'a\n'.repeat(60_000)}"\n`],
    ['a text of too many lines', `on: push\nx: |\n${'  a\n'.repeat(60_000)}`],
  ])('a workflow beyond a limit (%s) is a notice, the others are judged in both views', async (why, bad) => {
    const result = await judge({ '.github/workflows/bad.yml': bad }, [
      'Token-Permissions',
      'Pinned-Dependencies',
    ]);
    expect(result.notices).toContainEqual({
      code: 'file-not-understood',
      message: expect.stringMatching(new RegExp(`^workflows: it is not judged: ${why}, at line \\d+$`)),
      path: '.github/workflows/bad.yml',
    });
    expect(result.checks.map(({ score, adjusted }) => [score, adjusted.score])).toEqual([
      [0, 0],
      [10, 10],
    ]);
  });

  it('a workflow whose beginning alone is no YAML is one, too', async () => {
    const bad = `${HEAD}      - run: "${'a'.repeat(9_000_000)}"\n`;
    const { notices, checks } = await judge({ '.github/workflows/bad.yml': bad }, ['Token-Permissions']);
    expect(notices).toContainEqual({
      code: 'file-not-understood',
      message: 'workflows: it is not judged: it is too long to be read',
      path: '.github/workflows/bad.yml',
    });
    expect(checks[0]).toMatchObject({ score: 10, adjusted: { score: 10 } });
  });

  it('what is no YAML still ends the check of the reference', async () => {
    const { checks } = await judge({ '.github/workflows/bad.yml': 'a: [' }, ['Token-Permissions']);
    expect(checks[0]).toMatchObject({ score: -1, adjusted: { score: 10 } });
  });

  it('aliases are followed up to the limit', () => {
    const steps = '      - uses: a/b@v1\n'.repeat(500);
    const jobs = Array.from({ length: 2000 }, (_, index) => `  j${index}: {runs-on: x, steps: *s}\n`);
    const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps: &s\n${steps}${jobs.join('')}`;
    const read = parseWorkflow(text, 'a.yml').expanded!.jobs.reduce((sum, job) => sum + job.steps.length, 0);
    expect(read).toBeGreaterThan(500 * 50);
    expect(read).toBeLessThan(300_000);
  });

  it('long scripts behind aliases as well', () => {
    const script = '  npm i x\n'.repeat(5000);
    const steps = '      - run: *r\n'.repeat(5000);
    const text = `on: push\nx: &r |\n${script}jobs:\n  a:\n    runs-on: x\n    steps:\n${steps}`;
    const [job] = parseWorkflow(text, 'a.yml').expanded!.jobs;
    const read = job!.steps.reduce((sum, { run }) => sum + run!.value.length, 0);
    expect(read).toBeGreaterThan(1_000_000);
    expect(read).toBeLessThan(6_000_000);
  });
});

describe('script injections', () => {
  const line = '        echo ${{ github.head_ref }}\n';

  it('those told of one workflow are limited, with a notice', async () => {
    const bad = `on: pull_request_target\njobs:\n  a:\n    steps:\n    - run: |\n${line.repeat(6000)}`;
    const { notices, probes } = await judge({ '.github/workflows/bad.yml': bad }, ['Dangerous-Workflow']);
    const told = probes.find(({ probe }) => probe === 'hasDangerousWorkflowScriptInjection')!;
    expect(told.reference).toHaveLength(MAX_INJECTIONS);
    expect(told.adjusted.length).toBeLessThanOrEqual(MAX_INJECTIONS + 1);
    expect(notices).toContainEqual({
      code: 'file-not-understood',
      message: 'workflows: only 5000 script injections are told',
      path: '.github/workflows/bad.yml',
    });
  });

  it('patches are made while reading the file again for each is cheap', () => {
    const step = '    - run: echo ${{ github.head_ref }}\n';
    const texts = [4, 4000].map((count) => `on: push\njobs:\n  a:\n    steps:\n${step.repeat(count)}`);
    const made = texts.map((text) => {
      const workflow = parseWorkflow(text, '.github/workflows/a.yml');
      const patches = injectionPatches(text, workflow, findReferenceInjections(workflow).hits);
      return [patches.length, patches.filter((patch) => patch !== null).length];
    });
    expect(made[0]).toEqual([4, 4]);
    expect(made[1]![0]).toBe(4000);
    expect(made[1]![1]).toBeLessThan(40);
  });
});

describe('Dockerfiles', () => {
  const long = `FROM x\nRUN npm i a\nRUN ${'a'.repeat(70_000)}\nRUN npm i b\n`;

  it('an overlong line is a notice; what stands before it counts', async () => {
    const { notices, checks, found } = await judge({ Dockerfile: long }, ['Pinned-Dependencies']);
    expect(notices).toEqual([
      {
        code: 'file-not-understood',
        message: 'dockerfiles: not read from line 3 on: line too long',
        path: 'Dockerfile',
        line: 3,
      },
    ]);
    expect(checks[0]).toMatchObject({ score: -1, adjusted: { score: 0 } });
    expect(found.filter(({ path }) => path === 'Dockerfile').map(({ snippet }) => snippet)).toEqual([
      'FROM x',
      'npm i a',
    ]);
  });

  it('instructions are read up to a limit', async () => {
    const text = `FROM x\n${'RUN true\n'.repeat(20_000)}RUN npm i a\n`;
    expect(readDockerfile(text).instructions).toHaveLength(20_000);
    const { notices, checks } = await judge({ Dockerfile: text }, ['Pinned-Dependencies']);
    expect(notices).toEqual([
      {
        code: 'file-not-understood',
        message: 'dockerfiles: not read from line 20001 on: more than 20000 instructions',
        path: 'Dockerfile',
        line: 20_001,
      },
    ]);
    expect(checks[0]).toMatchObject({ score: 0, adjusted: { score: 0 } });
  });

  it('downloads are kept up to a limit', async () => {
    const text = `FROM x\n${'RUN npm i a\n'.repeat(12_000)}`;
    const { notices, found } = await judge({ Dockerfile: text }, ['Pinned-Dependencies']);
    expect(found.filter(({ type }) => type === 'npmCommand')).toHaveLength(MAX_INSTALLS);
    expect(notices).toMatchObject([{ line: 10_002, path: 'Dockerfile' }]);
  });
});

describe('shell scripts', () => {
  it('downloads are kept up to a limit', async () => {
    const text = `#!/bin/sh\n${'npm i a\n'.repeat(12_000)}`;
    const { notices, found } = await judge({ 'a.sh': text }, ['Pinned-Dependencies']);
    expect(found.filter(({ path }) => path === 'a.sh')).toHaveLength(MAX_INSTALLS);
    expect(notices).toEqual([
      {
        code: 'file-not-understood',
        message: 'shellScripts: not read from line 10002 on: more than 10000 downloads',
        path: 'a.sh',
        line: 10_002,
      },
    ]);
    const { records } = analyzeShell('npm i a\n'.repeat(3));
    expect(limitInstalls(records)).toEqual({ installs: records });
  });

  it('so many commands are one finding that the script cannot be read', async () => {
    const { checks, unreadable } = await judge({ 'a.sh': 'npm i a\n'.repeat(50_000) }, [
      'Pinned-Dependencies',
    ]);
    expect(unreadable.map(({ path, message }) => [path, message])).toEqual([['a.sh', 'script too long']]);
    expect(checks[0]).toMatchObject({ score: 0, adjusted: { score: 0 } });
  });

  it.each([
    ['commands on one line', 'a;'.repeat(100_000), true],
    ['commands in commands', '$('.repeat(100_000), true],
    ['words', 'a '.repeat(500_000), true],
    ['one long word', 'a'.repeat(1_000_000), false],
    ['one long text', `cat <<E\n${'words of it\n'.repeat(20_000)}E\n`, false],
    [
      'a script as large as the largest that are made by hand',
      'if a; then b; fi # c\n'.repeat(10_000),
      false,
    ],
  ])('%s', (_, text, expected) => expect(isTooLarge(text)).toBe(expected));

  it('scripts of one workflow are limited together', async () => {
    const step = `    - run: |\n${'        npm i a\n'.repeat(9000)}`;
    const bad = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${step.repeat(4)}`;
    const { found, unreadable } = await judge({ '.github/workflows/bad.yml': bad }, ['Pinned-Dependencies']);
    expect(found.filter(({ path }) => path.endsWith('bad.yml'))).toHaveLength(18_000);
    expect(unreadable.map(({ message }) => message)).toEqual([
      'more than 10000 downloads; what follows is not looked at',
    ]);
  });
});
