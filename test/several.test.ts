/** Many repositories in one run, against the simulated GitHub. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoriesOf } from '../src/app.ts';
import { fileFor } from '../src/cli/file-pattern.ts';
import { inOrder } from '../src/cli/in-order.ts';
import { barText } from '../src/cli/progress-bar.ts';
import { accountOf } from '../src/forges/github/list-repositories.ts';
import { assay, ensureBuilt, type RunOptions, temporaryFolder } from './support/command-line.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork, variablesFor } from './support/simNetwork.ts';

const data = join(import.meta.dirname, '../testdata');
let sim: Simulator;

beforeAll(async () => {
  ensureBuilt();
  sim = await startSimulator({ scenarios: [join(data, 'scenarios'), join(data, 'targets')] });
}, 120_000);
afterEach(() => sim.reset());
afterAll(() => sim.close());

const run = (words: readonly string[], options: RunOptions = {}) =>
  assay([...words, '--no-cache', '--checks=License,Maintained'], {
    ...options,
    env: { ...variablesFor(sim), ASSAY_OFFLINE: '' },
  });

interface Line {
  readonly repo?: { readonly name: string };
  readonly target?: string;
  readonly error?: { readonly code: string; readonly message: string };
}
const lines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const told = (text: string) => lines(text).map((line) => line.repo?.name ?? [line.target, line.error?.code]);

describe('several targets', () => {
  it.each(['json', 'assay', 'probe', 'raw', 'intoto'])('come one line each as %s', async (format) => {
    const { code, stdout, stderr } = await run(['somebody/deep', 'somebody/rules', `--format=${format}`]);
    expect([code, stderr]).toEqual([0, '']);
    expect(lines(stdout)).toHaveLength(2);
    for (const name of ['somebody/deep', 'somebody/rules']) expect(stdout).toContain(`github.com/${name}`);
  });

  it('keep their order, and failures stand where their results would', async () => {
    const names = ['nobody/gone', 'somebody/deep', 'nobody/empty', 'somebody/rules', 'nobody/blocked'];
    const { code, stdout, stderr } = await run([`--repos=${names.join(',')}`, '--format=json', '--jobs=3']);
    expect(code).toBe(3);
    expect(told(stdout)).toEqual([
      ['nobody/gone', 'target-not-found'],
      'github.com/somebody/deep',
      ['nobody/empty', 'target-empty'],
      'github.com/somebody/rules',
      ['nobody/blocked', 'target-blocked'],
    ]);
    expect(stderr).toContain('assay: nobody/empty: ');
    expect(stderr).toContain('3 of 5 targets failed');
  });

  it('are scanned once, however often and in whatever form they are named', async () => {
    const input =
      'somebody/deep\nhttps://github.com/Somebody/Deep\nsomebody/rules\ngithub.com/somebody/deep.git\n';
    const { code, stdout, stderr } = await run(['--repos=-', '--format=json'], { input });
    expect(code).toBe(0);
    expect(told(stdout)).toEqual(['github.com/somebody/deep', 'github.com/somebody/rules']);
    expect(stderr.match(/is named more than once; it is scanned once/g)).toHaveLength(2);
  });

  it.each([
    ['nobody/archived', 0, 'github.com/nobody/archived: ', 'repository-archived'],
    ['nobody/disabled', 0, 'github.com/nobody/disabled: ', 'repository-disabled'],
    ['old-org/old-name', 0, 'old-org/old-name is now new-org/new-name', 'repository-moved'],
    ['nobody/empty', 3, 'has no commits', 'target-empty'],
    ['nobody/blocked', 3, 'is blocked for legal reasons', 'target-blocked'],
    ['nobody/gone', 3, 'does not exist or is not visible to this token', 'target-not-found'],
  ])('each say on standard error what they are: %s', async (name, exit, message, reason) => {
    const { code, stdout, stderr } = await run([name, '--format=json']);
    expect([code, stdout === '']).toEqual([exit, exit !== 0]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`[${reason}]\n`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('come from standard input, with comments; a line that names nothing is told', async () => {
    const input = '# mine\nsomebody/deep\r\n\n  github.com/somebody/rules  \nno name\n';
    const { code, stdout } = await run(['--repos=-', '--format=json'], { input });
    expect(code).toBe(2);
    expect(told(stdout).slice(0, 2)).toEqual(['github.com/somebody/deep', 'github.com/somebody/rules']);
    expect(lines(stdout)[2]).toMatchObject({ target: 'no name', error: { code: 'usage' } });
  });

  it.each(['', '\n# none yet\n\r\n'])('are not none: a list of %j is an error', async (input) => {
    const { code, stdout, stderr } = await run(['--repos=-', '--format=json'], { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('assay: nothing to look at: standard input names no repository\n');
  });

  it('are not none either in an account that has only archived ones', async () => {
    const { code, stdout } = await run(['--org=oldtown', '--format=json']);
    expect(code).toBe(3);
    expect(told(stdout)).toEqual([['oldtown', 'target-empty']]);
  });

  it('are the repositories of an account', async () => {
    const { code, stdout, stderr } = await run(['--org=policed', '--org=never-was', '--format=json']);
    expect(code).toBe(3);
    expect(told(stdout)).toEqual([
      'github.com/policed/.github',
      'github.com/policed/thing',
      ['never-was', 'target-not-found'],
    ]);
    expect(stderr).toContain('no organisation or user never-was');
  });

  it('are tables one after the other where no format is named', async () => {
    const { code, stdout } = await run(['somebody/deep', 'somebody/rules']);
    expect(code).toBe(0);
    expect(stdout.match(/^Aggregate score/gm)).toHaveLength(2);
  });

  it('all stand in one file, or have one each', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'all.json');
    const pattern = join(folder.path, 'one', '{host}', '{name}.sarif');
    const { code, stdout } = await run([
      'somebody/deep',
      'nobody/gone',
      'somebody/rules',
      `--format=json:${file}`,
      `--format=sarif:${pattern}`,
      `--evidence=${join(folder.path, 'seen', '{owner}-{repo}.json')}`,
    ]);
    expect([code, stdout]).toEqual([3, '']);
    expect(lines(readFileSync(file, 'utf8'))).toHaveLength(3);
    const sarif = join(folder.path, 'one', 'github.com');
    expect(readdirSync(sarif).sort()).toEqual(['somebody__deep.sarif', 'somebody__rules.sarif']);
    expect(JSON.parse(readFileSync(join(sarif, 'somebody__deep.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readdirSync(join(folder.path, 'seen')).sort()).toEqual([
      'somebody-deep.json',
      'somebody-rules.json',
    ]);
  });

  it('end with 4 when one falls short, and with 2 at once for a wrong check', async () => {
    const short = await run(['somebody/deep', 'somebody/rules', '--fail-below=License=10', '--format=json']);
    expect(short.code).toBe(4);
    expect(lines(short.stdout)).toHaveLength(2);
    const wrong = await assay(['a/b', 'c/d', '--checks=Licens'], { env: variablesFor(sim) });
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('share one budget: a refused token is told for each, and nobody is scored', async () => {
    const { code, stdout } = await assay(['somebody/deep', 'somebody/rules', '--format=json', '--no-cache'], {
      env: { ...variablesFor(sim), GITHUB_TOKEN: 'bad-token', ASSAY_OFFLINE: '' },
    });
    expect(code).toBe(3);
    expect(told(stdout).map((one) => one[1])).toEqual(['unauthorized', 'unauthorized']);
    expect(stdout).not.toContain('bad-token');
  });
});

describe('repositories of an account', () => {
  it('are read from all pages, ordered by name, without archived ones', async () => {
    const model = sim.world.repo('somebody', 'deep')!;
    for (let index = 0; index < 230; index++) {
      const name = `r${(index * 7) % 230}`;
      sim.world.repos.set(`crowd/${name}`, {
        ...model,
        full_name: `crowd/${name}`,
        name,
        ownerLogin: 'crowd',
        archived: index === 0,
      });
    }
    sim.world.people.get('crowd', { type: 'Organization' });
    const network = simNetwork(sim);
    const names = await repositoriesOf('https://github.com/orgs/crowd/repositories', network);
    await network.close();
    expect(names).toHaveLength(229);
    expect(names).toEqual([...names].sort());
    expect(sim.summary().rest).toBe(3);
  });

  it.each([
    ['name', 'github.com/name'],
    ['github.com/name', 'github.com/name'],
    ['https://www.github.com/name/', 'github.com/name'],
    ['https://github.com/orgs/name/repositories?q=x', 'github.com/name'],
    ['ghe.example/name', undefined],
    ['a/b/c', undefined],
    ['na me', undefined],
    ['', undefined],
    ['github.com/a/b', undefined],
  ])('%s names %s', (text, wanted) => {
    const found = accountOf(text, ['github.com']);
    expect(found && `${found.host}/${found.login}`).toBe(wanted);
  });
});

describe('inOrder', () => {
  async function* numbers(count: number, taken: number[]) {
    for (let index = 0; index < count; index++) {
      taken.push(index);
      yield index;
    }
  }

  it('keeps the order, the bound and the head start', async () => {
    const taken: number[] = [];
    let [running, most] = [0, 0];
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const out: number[] = [];
    const work = async (item: number) => {
      most = Math.max(most, ++running);
      if (item === 0) await slow;
      else await new Promise((resolve) => setImmediate(resolve));
      running--;
      return item;
    };
    const all = (async () => {
      for await (const item of inOrder(numbers(100, taken), 3, work, 10)) out.push(item);
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(out).toEqual([]);
    expect(taken.length).toBeLessThanOrEqual(11);
    release();
    await all;
    expect(most).toBe(3);
    expect(out).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('ends with what went wrong in its source', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more');
    }
    const read = async () => {
      for await (const _ of inOrder(broken(), 2, async (item) => item));
    };
    await expect(read()).rejects.toThrow('no more');
  });
});

describe('names of files', () => {
  it.each([
    ['out/{name}.sarif', 'github.com/owner/repo', 'out/owner__repo.sarif'],
    ['{host}/{owner}/{repo}.json', 'github.com/owner/.github', 'github.com/owner/.github.json'],
    ['{name}', 'file:///home/me/thing', 'thing'],
    ['x/{name}', 'file://../..', 'x/repository'],
    ['x/{repo}', 'https://host.example/a/b c/../$(d)', 'x/--d-'],
    ['{other}-{name}', 'github.com/a/b', '{other}-a__b'],
  ])('%s for %s is %s', (pattern, name, file) => {
    expect(fileFor(pattern, name)).toBe(file);
  });
});

it('the bar tells how far it is', () => {
  const text = barText({ total: 4, finished: 1, failures: 1, running: ['a/b\u001b[31m', 'c/d'] });
  expect(text).toBe('██████░░░░░░░░░░░░░░░░░░ 1/4, 1 failed  a/b[31m and 1 more');
});
