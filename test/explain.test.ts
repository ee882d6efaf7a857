/** `assay explain`, and what the table proposes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { probes } from '../probes/index.ts';
import { explainCheck, explainProbe } from '../src/cli/explain.ts';
import { generalStep, type ScanResult } from '../src/core/index.ts';
import { changesTogether, changeWords } from '../src/reporters/shared/changes.ts';
import { viewDifferences } from '../src/reporters/shared/details.ts';
import { catalogue } from '../src/units.ts';
import { assay, ensureBuilt } from './support/command-line.ts';

describe('assay explain', () => {
  beforeAll(ensureBuilt);
  it.each([
    [['explain', 'token-PERMISSIONS'], 0, /^Token-Permissions \(High risk\)\n/],
    [['explain', 'pinsdependencies'], 0, /^pinsDependencies\n/],
    [['explain', 'Licence'], 2, /^assay: there is no check or probe Licence \(did you mean License\?\)\n$/],
    [['explain'], 2, /^assay: explain takes one check or probe/],
  ])('%s', async (words, wanted, text) => {
    const { code, stdout, stderr } = await assay(words);
    expect(code).toBe(wanted);
    expect(wanted === 0 ? stdout : stderr).toMatch(text);
  });
  it('fits 80 columns, and 50, but for what is to be copied', () => {
    const texts = (width: number) => [
      ...checks.map((check) => explainCheck(check, width)),
      ...probes.map((probe) => explainProbe({ ...probe, example: undefined }, width)),
    ];
    for (const width of [80, 50]) {
      const lines = texts(width).join('').split('\n');
      expect(lines.filter((line) => line.length > width && line.trim().includes(' '))).toEqual([]);
    }
  });
  it('shows the example as it is written', () => {
    const probe = probes.find((one) => one.id === 'hasUnpinnedWorkflowImages')!;
    expect(explainProbe(probe, 80)).toContain(
      'Before: .github/workflows/test.yml\n    on: push\n    jobs:\n',
    );
  });
});

describe('general steps', () => {
  it.each([
    ['Mend {path}:{line}.', 'Mend the place.'],
    ['In {path} write {value:tag}.', 'In the file write `tag`.'],
    ['Write `{value:image}@sha256:…` at {line}.', 'Write `<image>@sha256:…` at the line.'],
  ])('%s', (step, text) => expect(generalStep(step)).toBe(text));
});

const place = (path: string, line: number, snippet?: string) => ({
  path,
  type: 'source' as const,
  lineStart: line,
  ...(snippet === undefined ? {} : { snippet }),
});
const change = (findings: readonly object[]) =>
  ({
    check: 'Pinned-Dependencies',
    probe: 'pinsDependencies',
    findings,
    checkBefore: 4,
    checkAfter: 10,
    totalAfter: 8,
  }) as never;
const flaw = { probe: 'pinsDependencies', outcome: 'False', message: 'm' };
const result = { adjusted: 7.6, checks: [] } as unknown as ScanResult;

describe('what gains most', () => {
  it.each([
    [
      'places in files',
      [
        { ...flaw, location: place('a.yml', 1) },
        { ...flaw, location: place('b.yml', 2) },
      ],
      '2 places in 2 files',
    ],
    [
      'places in a file',
      [
        { ...flaw, location: place('a.yml', 1) },
        { ...flaw, location: place('a.yml', 2) },
      ],
      '2 places in a.yml',
    ],
    ['one place', [{ ...flaw, location: place('a.yml', 7) }], 'a.yml:7'],
    ['a binary', [{ ...flaw, location: { ...place('a.jar', 1), type: 'binary' } }], 'a.jar'],
    ['the repository', [flaw], ''],
  ])('%s', (_, findings, where) => {
    const [words] = changeWords(result, [change(findings)], catalogue());
    expect(words).toMatchObject({
      act: 'Pin dependencies by hash',
      where,
      check: 'Pinned-Dependencies 4 → 10',
      total: '7.6 → 8.0',
    });
  });
  it('gives the remedy of the first finding, or the first step', () => {
    const words = (findings: object[]) => changeWords(result, [change(findings)], catalogue())[0]!.remedy;
    expect(words([{ ...flaw, remedy: { text: 'write x' } }])).toBe('write x');
    expect(words([flaw])).toMatch(/^Name actions by the full commit hash/);
  });
  it('names several acts, and sums up', () => {
    const several = [flaw, { ...flaw, probe: 'archived' }];
    const words = changeWords(result, [change(several), change([flaw])], catalogue());
    expect(words.map((one) => one.act)).toEqual([
      'Pin dependencies by hash; unarchive the repository',
      'Pin dependencies by hash',
    ]);
    expect(words[1]!.total).toBe('8.0 → 8.0');
    expect(changesTogether(result, [change(several), change([flaw])])).toBe('These 2 changes: 7.6 → 8.0');
    expect(changesTogether(result, [change(several)])).toBeUndefined();
  });
  it('every probe says in a few words what to do', () => {
    for (const { id, remediation } of probes) {
      expect(remediation.act, id).toMatch(/^[A-Z].{5,55}[^.]$/);
    }
  });
});

describe('differences of the views', () => {
  const warn = (location?: object, more: object = {}) => ({
    level: 'Warn',
    text: 't',
    location,
    finding: { ...flaw, location, ...more },
  });
  const differences = (reference: object[], adjusted: object[]) => {
    const view = { name: 'x', score: 1, reason: '', details: reference, improvements: [] };
    const { excused, beyond } = viewDifferences({
      ...view,
      adjusted: { score: 1, reason: '', details: adjusted },
    } as never);
    return [excused.length, beyond.length];
  };
  it.each([
    [
      'the same snippet elsewhere in the file',
      [warn(place('a', 3, 'x  y'))],
      [warn(place('a', 5, 'x y'))],
      [0, 0],
    ],
    ['another snippet on the same line', [warn(place('a', 3, 'x'))], [warn(place('a', 3, 'x y'))], [0, 0]],
    ['a line within the range', [warn({ ...place('a', 3, 'x'), lineEnd: 6 })], [warn(place('a', 5))], [0, 0]],
    ['other words', [warn(place('a', 3))], [{ ...warn(place('a', 3)), text: 'u' }], [0, 0]],
    ['another line', [warn(place('a', 3, 'x'))], [warn(place('a', 4, 'y'))], [1, 1]],
    ['another file', [warn(place('a', 3, 'x'))], [warn(place('b', 3, 'x'))], [1, 1]],
    ['another probe', [warn(place('a', 3))], [warn(place('a', 3), { probe: 'p' })], [1, 1]],
    ['another outcome', [warn(place('a', 3))], [warn(place('a', 3), { outcome: 'Error' })], [1, 1]],
    ['two of them against one', [warn(place('a', 3)), warn(place('a', 3))], [warn(place('a', 3))], [1, 0]],
    [
      'a range over a neighbour takes none of its',
      [warn({ ...place('a', 1), lineEnd: 9 }), warn(place('a', 5, 'z'))],
      [warn(place('a', 5, 'z')), warn(place('a', 2, 'q'))],
      [0, 0],
    ],
    ['the whole repository', [warn()], [warn()], [0, 0]],
  ])('%s', (_, reference, adjusted, counts) => {
    expect(differences(reference, adjusted)).toEqual(counts);
  });
});
