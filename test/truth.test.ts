/** The adjusted view against the truth set: what is right today may not get worse. Goal: 0.95 of both for every kind. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCases, readCases } from '../dev/truth/cases.ts';
import { KINDS, type Kind, type Label } from '../dev/truth/labels.ts';
import { hold, newTally, precision, recall } from '../dev/truth/match.ts';
import { CASES, type Measured, measureCases } from '../dev/truth/measure.ts';

const GOAL = 0.95;

/** Least precision and recall by kind. Raise a row when rules improve, up to the goal; never lower one. */
const FLOOR: Readonly<Record<Kind, readonly [precision: number, recall: number]>> = {
  'script-injection': [GOAL, GOAL],
  'untrusted-checkout': [GOAL, GOAL],
  'artifact-poisoning': [GOAL, GOAL],
  'cache-poisoning': [GOAL, GOAL],
  'credential-persist': [GOAL, GOAL],
  'self-hosted-on-public': [GOAL, GOAL],
  'secrets-inherit': [GOAL, GOAL],
  'excessive-permission': [GOAL, GOAL],
  'unpinned-action': [GOAL, GOAL],
  'unpinned-container': [GOAL, 0.94],
  'unpinned-install': [GOAL, GOAL],
  fuzzing: [GOAL, GOAL],
  sast: [GOAL, GOAL],
  packaging: [GOAL, GOAL],
  license: [GOAL, GOAL],
  'security-policy': [GOAL, GOAL],
  binary: [GOAL, GOAL],
  'vulnerability-scope': [0, 0],
};

const cases = readCases(CASES);
const labels = cases.flatMap((one) => one.labels);

describe('the truth set', () => {
  it('is large, and half of it is fine', () => {
    const count = (verdict: Label['verdict']) => labels.filter((label) => label.verdict === verdict).length;
    expect(count('true') + count('false') + count('gated')).toBeGreaterThanOrEqual(500);
    expect(count('false') / labels.length).toBeGreaterThan(0.4);
    expect(KINDS.filter((kind) => !labels.some((label) => label.kind === kind))).toEqual([]);
  });

  it('names every case once and every place once', () => {
    const names = cases.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    for (const one of cases) {
      const places = one.labels.map(({ kind, path, lines }) => `${kind} ${path}:${lines[0]}`);
      expect(new Set(places).size, one.name).toBe(places.length);
    }
  });
});

describe('the adjusted view', () => {
  let measured: Measured;
  beforeAll(async () => {
    measured = await measureCases(cases);
  }, 60_000);

  it.each(KINDS)('is right about %s', (kind) => {
    const tally = measured.get(kind)?.adjusted;
    const [leastPrecision, leastRecall] = FLOOR[kind];
    if (tally === undefined) expect([leastPrecision, leastRecall], 'no probe speaks of it').toEqual([0, 0]);
    else {
      expect(precision(tally), 'precision').toBeGreaterThanOrEqual(leastPrecision);
      expect(recall(tally), 'recall').toBeGreaterThanOrEqual(leastRecall);
    }
  });
});

describe('case files', () => {
  const text = [
    '# kind: script-injection',
    '=== one: a case',
    '--- a.yml',
    '- run: x #! true: bad',
    '- uses: y@v1 #! unpinned-action true(third-party): a tag',
    '  #! also -1',
    '- run: z #! gated(label): held back #! unpinned-install false: nothing fetched',
    '--- lib/a.so [hex: 7f45 #! binary true: a library]',
  ].join('\n');

  it('are read into files without labels', () => {
    const [one] = parseCases('group', text);
    expect(one?.name).toBe('group/one');
    expect(one?.text('a.yml')).toBe('- run: x\n- uses: y@v1\n- run: z\n');
    expect(one?.files.get('lib/a.so')).toEqual(Buffer.from([0x7f, 0x45]));
    expect(one?.labels.map(({ kind, verdict, lines, detail }) => [kind, verdict, lines, detail])).toEqual([
      ['script-injection', 'true', [1], undefined],
      ['unpinned-action', 'true', [2, 1], 'third-party'],
      ['script-injection', 'gated', [3], 'label'],
      ['unpinned-install', 'false', [3], undefined],
      ['binary', 'true', [1], undefined],
    ]);
  });

  it.each([
    ['=== one: x\n--- a\nb', 'a kind must stand before'],
    ['# kind: nonsense', 'unknown kind nonsense'],
    ['# kind: sast\n--- a', 'a case must stand before'],
    ['# kind: sast\n=== one: x\n--- a\nb #! perhaps: so', 'unknown verdict perhaps'],
    ['# kind: sast\n=== one: x\n--- a\nb #! gated: so', 'a gated place needs its gate'],
    ['# kind: sast\n=== one: x\n--- a\nb #! true', 'no label'],
    ['# kind: sast\n=== one: x\n--- a\nb #! also', 'a label must stand before'],
  ])('that cannot be read are refused: %j', (text, why) => {
    expect(() => parseCases('group', text)).toThrow(why);
  });
});

describe('holding reports against labels', () => {
  const [subject] = parseCases(
    'group',
    [
      '# kind: script-injection',
      '=== one: a case',
      '--- a.yml',
      'steps:',
      '  - run: |',
      '      echo 1 #! true: bad',
      '      echo 2 #! false: fine',
      '  - run: two #! gated(label): held back',
      '  - run: three #! unsure: who knows',
      '  - run: four',
    ].join('\n'),
  );
  // Right, wrong, missed; the gated place alone is missed in most rows.
  it.each<[string, readonly [line: number, lineEnd: number, gate?: string][], readonly number[]]>([
    ['nothing', [], [0, 0, 2]],
    ['the place itself', [[3, 3]], [1, 0, 1]],
    ['a range around it', [[2, 4]], [1, 0, 1]],
    ['the step of it', [[2, 2]], [1, 0, 1]],
    [
      'twice',
      [
        [3, 3],
        [2, 2],
      ],
      [1, 0, 1],
    ],
    ['what is fine', [[4, 4]], [0, 1, 2]],
    ['with a gate what is open', [[3, 3, 'label']], [0, 0, 2]],
    ['with a gate what is held back', [[5, 5, 'label']], [1, 0, 1]],
    ['as open what is held back', [[5, 5]], [0, 1, 2]],
    ['what nobody knows', [[6, 6]], [0, 0, 2]],
    ['where no label stands', [[7, 7]], [0, 1, 2]],
  ])('reported: %s', (_, places, expected) => {
    const reports = places.map(([line, lineEnd, gate]) => ({
      path: 'a.yml',
      line,
      lineEnd,
      values: {},
      ...(gate ? { gate } : {}),
    }));
    const tally = newTally();
    hold(subject!, 'script-injection', reports, tally);
    expect([tally.right, tally.wrong, tally.missed]).toEqual(expected);
  });
});
