/** The comparison with recorded answers of the reference tells agreement from each way to differ. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  compareChecks,
  compareFindings,
  compareTotals,
  type Golden,
  type GoldenFinding,
  readGolden,
  sumOf,
} from './support/compareGolden.ts';

const testdata = join(import.meta.dirname, '../testdata');
const names = readdirSync(join(testdata, 'scenarios'));
const goldens = names.map((name) => readGolden(join(testdata, 'golden/expected'), name) as Golden);

describe('the recorded answers', () => {
  it('cover every scenario with 400 scores in all, and agree with themselves', () => {
    const checks = sumOf(goldens.map((g) => compareChecks(g.scores, g.scores)));
    expect([names.length, checks.total, checks.agreed]).toEqual([20, 400, 400]);
    for (const g of goldens) {
      expect(g.extraFindings.length).toBeGreaterThanOrEqual(5);
      expect(compareFindings(g.findings, [...g.findings].reverse(), { strict: true }).differences).toEqual(
        [],
      );
    }
  });

  it('are not there for a scenario of another name', () => {
    expect(readGolden(join(testdata, 'golden/expected'), 'no-such-scenario')).toBeUndefined();
  });
});

describe('scores', () => {
  const expected = {
    score: 5.1,
    checks: [
      { name: 'License', score: 10 },
      { name: 'Fuzzing', score: 0 },
    ],
  };

  it.each([
    [
      'another score',
      {
        checks: [
          { name: 'License', score: 9 },
          { name: 'Fuzzing', score: 0 },
        ],
      },
      1,
      'License: expected 10, found 9',
    ],
    ['a missing check', { checks: [{ name: 'License', score: 10 }] }, 1, 'Fuzzing: expected 0, found none'],
    ['no result', null, 0, 'License: expected 10, found none'],
  ])('%s differs', (_, found, agreed, difference) => {
    const comparison = compareChecks(expected, found);
    expect([comparison.total, comparison.agreed]).toEqual([2, agreed]);
    expect(comparison.differences).toContain(difference);
  });

  it('where the reference gave none, none is agreement', () => {
    expect(compareChecks(null, null)).toEqual({ total: 1, agreed: 1, differences: [] });
    expect(compareChecks(null, expected)).toMatchObject({ total: 1, agreed: 0 });
  });

  it('totals are compared as they are', () => {
    expect(compareTotals(expected, { score: 5.1 }).agreed).toBe(1);
    expect(compareTotals(expected, { score: 5.2 }).differences).toEqual(['total: expected 5.1, found 5.2']);
  });
});

describe('findings', () => {
  const at = (path: string, lineStart: number, lineEnd = lineStart): GoldenFinding => ({
    probe: 'pinsDependencies',
    outcome: 'False',
    location: { path, lineStart, lineEnd },
    values: { kind: 'x' },
  });

  it.each<[string, GoldenFinding[], boolean, number]>([
    ['the same in another order', [at('b', 2), at('a', 1), at('a', 1)], true, 1],
    ['one fewer of two alike', [at('a', 1), at('b', 2)], false, 0],
    ['another line', [at('a', 1), at('a', 1), at('b', 3)], false, 0],
    ['another last line, loosely', [at('a', 1), at('a', 1), at('b', 2, 9)], false, 1],
    ['another last line, strictly', [at('a', 1), at('a', 1), at('b', 2, 9)], true, 0],
  ])('%s', (_, found, strict, agreed) => {
    const expected = [at('a', 1), at('a', 1), at('b', 2)];
    expect(compareFindings(expected, found, { strict })).toMatchObject({ total: 1, agreed });
  });

  it('probes the reference never answers do not count, those it answers elsewhere do', () => {
    const found = [at('a', 1), { probe: 'ourOwn', outcome: 'True' }];
    expect(compareFindings([at('a', 1)], found, { known: new Set(['pinsDependencies']) }).total).toBe(1);
    expect(compareFindings([at('a', 1)], found, { known: new Set(['ourOwn']) })).toMatchObject({
      total: 2,
      agreed: 1,
    });
  });

  it('addresses of the simulator, commit ids and dates are the same from run to run', () => {
    const one = (path: string): GoldenFinding[] => [{ probe: 'p', outcome: 'True', location: { path } }];
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const same = (expected: string, found: string): number =>
      compareFindings(one(expected), one(found)).agreed;
    expect(
      same(
        'https://api.github.com/repos/o/r/statuses/<SHA>',
        `http://127.0.0.1:4711/repos/o/r/statuses/${sha}`,
      ),
    ).toBe(1);
    expect(same('https://github.com/o/r/releases/tag/v1', 'https://localhost:8443/o/r/releases/tag/v1')).toBe(
      1,
    );
    expect(same('<HEAD>', sha)).toBe(1);
    expect(same('a/b', 'a/c')).toBe(0);
  });
});
