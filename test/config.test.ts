/** From words to a checked wish: hints, options, selection, outputs, gates, policies. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks, probes } from '../src/app.ts';
import {
  environment,
  hint,
  nearest,
  OPTIONS,
  outputsOf,
  parseCommandLine,
  select,
  shortfalls,
  thresholdsOf,
} from '../src/config/index.ts';
import { parsePolicy, policyShortfalls } from '../src/config/policy.ts';
import { targetOf } from '../src/config/target.ts';
import { ScanError } from '../src/core/index.ts';
import { parseReference } from '../src/forges/github/reference.ts';
import { temporaryFolder } from './support/git.ts';
import { result } from './support/result.ts';

const code = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof ScanError ? error.code : `no ScanError: ${error}`;
  }
};

describe('nearest', () => {
  const names = ['Token-Permissions', 'License', 'SAST', 'SBOM', 'Signed-Releases'];
  it.each([
    ['token-permission', 'Token-Permissions'],
    ['TokenPermissions', 'Token-Permissions'],
    ['licence', 'License'],
    ['SATS', 'SAST'],
    ['signed', 'Signed-Releases'],
    ['Webhooks', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s is meant to be %s', (text, expected) => {
    expect(nearest(text, names)).toBe(expected);
  });
  it('asks', () => {
    expect(hint('licence', names)).toBe(' (did you mean License?)');
    expect(hint('zzzzzz', names)).toBe('');
  });
});

describe('options', () => {
  it.each<[readonly string[], Partial<Record<keyof typeof OPTIONS, unknown>>]>([
    [
      [],
      { checks: [], format: [], verbosity: 'info', color: 'auto', 'show-details': false, output: undefined },
    ],
    [['--checks=A,B', '--checks', ' C ,, D'], { checks: ['A', 'B', 'C', 'D'] }],
    [['--format=json:a,b.json', '--format=probe'], { format: ['json:a,b.json', 'probe'] }],
    [['-o', 'a', '--output=b'], { output: 'b' }],
    [['--show-details=false'], { 'show-details': false }],
    [['--show-details', '--stats=true'], { 'show-details': true, stats: true }],
    [['--verbosity=DEBUG'], { verbosity: 'debug' }],
    [['--output=--odd'], { output: '--odd' }],
    [['--commit-depth=-3'], { 'commit-depth': -3 }],
  ])('%j', (words, expected) => {
    expect(parseCommandLine(words).values).toMatchObject(expected);
  });
  it('keeps words, also those behind --', () => {
    const { positionals, given } = parseCommandLine(['.', '--stats', '--', '--checks']);
    expect(positionals).toEqual(['.', '--checks']);
    expect([...given]).toEqual(['stats']);
  });
  it('have unique letters, and help for all', () => {
    const letters = Object.values(OPTIONS).flatMap((spec) => ('alias' in spec ? [spec.alias] : []));
    expect(new Set(letters).size).toBe(letters.length);
    for (const [name, spec] of Object.entries(OPTIONS)) expect(spec.help, name).toMatch(/\.$/);
  });
});

describe('environment', () => {
  it.each([
    [{}, { experimental: false, noColor: false, forceColor: false, offline: false }],
    [{ SCORECARD_EXPERIMENTAL: '' }, { experimental: true }],
    [{ NO_COLOR: '' }, { noColor: false }],
    [{ NO_COLOR: '0' }, { noColor: true }],
    [
      { FORCE_COLOR: '0', ASSAY_OFFLINE: 'false' },
      { forceColor: false, offline: false },
    ],
    [
      { FORCE_COLOR: '1', ASSAY_OFFLINE: '1' },
      { forceColor: true, offline: true },
    ],
  ])('%j', (variables, expected) => {
    expect(environment(variables)).toMatchObject(expected);
  });
});

describe('selection', () => {
  const lists = { checks, probes };
  const folder = { folder: true, experimental: false };
  const hosted = { folder: false, forge: 'github' as const, experimental: false };
  const names = (selection: ReturnType<typeof select>) => selection.checks.map((check) => check.name);

  it('takes what fits a folder, sorted, and tells what does not', () => {
    const chosen = select(lists, {}, folder);
    expect(names(chosen)).toEqual(
      checks
        .filter((one) => one.onFolder && !one.experimental)
        .map((one) => one.name)
        .sort(),
    );
    expect(chosen.skipped.map((one) => one.name)).toEqual(
      checks
        .filter((one) => !one.onFolder && !one.experimental)
        .map((one) => one.name)
        .sort(),
    );
    for (const { why } of chosen.skipped) expect(why).toMatch(/folder/);
  });
  it('takes experimental checks when the switch is there, or by name', () => {
    expect(names(select(lists, {}, hosted))).not.toContain('SBOM');
    expect(names(select(lists, {}, { ...hosted, experimental: true }))).toContain('SBOM');
    expect(names(select(lists, { checks: ['sbom'] }, hosted))).toEqual(['SBOM']);
  });
  it('refuses by name what cannot run, and leaves it out otherwise', () => {
    expect(code(() => select(lists, { checks: ['Maintained'] }, folder))).toBe('unsupported-check');
    expect(names(select(lists, { policy: ['Maintained', 'License'] }, folder))).toEqual(['License']);
    // Reference: a policy without checks runs the usual ones.
    expect(names(select(lists, { policy: [] }, folder))).toEqual(names(select(lists, {}, folder)));
    const old = { ...hosted, atCommit: true };
    expect(code(() => select(lists, { checks: ['Maintained'] }, old))).toBe('unsupported-check');
    expect(names(select(lists, {}, old))).toEqual(
      checks
        .filter((one) => one.atCommit && !one.experimental)
        .map((one) => one.name)
        .sort(),
    );
  });
  it('takes every probe by its id, in the order asked, each once', () => {
    const ids = probes.map((probe) => probe.id).reverse();
    const chosen = select(lists, { probes: [...ids, ids[0]!.toUpperCase()] }, folder);
    expect(chosen.probes.map((probe) => probe.id)).toEqual(ids);
    expect([chosen.checks, chosen.probeMode]).toEqual([[], true]);
  });
});

describe('outputs', () => {
  const known = ['json', 'sarif', 'default'];
  it.each([
    [[], undefined, [{ format: 'default', file: undefined }]],
    [['JSON'], 'x', [{ format: 'json', file: 'x' }]],
    [
      ['json:C:\\a.json', 'default'],
      undefined,
      [
        { format: 'json', file: 'C:\\a.json' },
        { format: 'default', file: undefined },
      ],
    ],
    [
      ['json:a', 'default'],
      'b',
      [
        { format: 'json', file: 'a' },
        { format: 'default', file: 'b' },
      ],
    ],
  ])('%j with --output=%s', (formats, output, expected) => {
    expect(outputsOf(formats, output, known)).toEqual(expected);
  });
  it.each([
    [['xml'], undefined, 'unknown-format'],
    [['json:'], undefined, 'usage'],
    [['json', 'sarif'], undefined, 'usage'],
    [['json', 'sarif'], 'x', 'usage'],
    [['json:x', 'sarif:x'], undefined, 'usage'],
    [['json:x', 'sarif:./x'], undefined, 'usage'],
    [['json:a/../x', 'sarif'], 'x', 'usage'],
    [['json:x'], 'y', 'usage'],
  ])('%j with --output=%s is refused', (formats, output, expected) => {
    expect(code(() => outputsOf(formats, output, known))).toBe(expected);
  });
});

it('two formats for one file by way of a link are refused', () => {
  const folder = temporaryFolder();
  try {
    const [file, link] = [join(folder.path, 'out.json'), join(folder.path, 'link.json')];
    writeFileSync(file, '');
    symlinkSync(file, link);
    expect(code(() => outputsOf([`json:${file}`, `sarif:${link}`], undefined, ['json', 'sarif']))).toBe(
      'usage',
    );
  } finally {
    folder.remove();
  }
});

describe('gates', () => {
  const units = [...checks, { ...checks[0]!, name: 'Bad-Thing' }, { ...checks[0]!, name: 'Unknown-Thing' }];
  it.each([
    ['4', []],
    ['4.1', ['the total is 4.0, 4.1 is demanded']],
    ['adjusted=5', []],
    ['adjusted=5.5', ['the adjusted total is 5.0, 5.5 is demanded']],
    ['bad-thing=0', []],
    ['Bad-Thing=1', ['Bad-Thing is 0, 1 is demanded']],
    ['Unknown-Thing=0', ['Unknown-Thing could not be judged (cannot tell), 0 is demanded']],
  ])('%s', (text, expected) => {
    expect(shortfalls(result, thresholdsOf([text], units))).toEqual(expected);
  });
  it.each(['', 'x', '-1', '10.5', '11', '=3', 'License=', 'License=x', '1e1'])(
    '%j is no threshold',
    (text) => {
      expect(['usage', 'unknown-check']).toContain(code(() => thresholdsOf([text], units)));
    },
  );
});

describe('policies', () => {
  const names = [...'abcdefghij'];
  const bomb = names
    .map(
      (name, index) =>
        `${name}: &${name} [${
          index === 0
            ? 1
            : Array(9)
                .fill(`*${names[index - 1]}`)
                .join(', ')
        }]\n`,
    )
    .join('');
  const parse = (text: string) => parsePolicy(text, 'p.yml', checks);
  it('are read as the reference reads them', () => {
    const text =
      'version: 1\npolicies:\n  License: { mode: enforced, score: 9 }\n  SBOM:\n    mode: disabled\n';
    expect(parse(text)).toEqual([
      { check: 'License', enforced: true, least: 9 },
      { check: 'SBOM', enforced: false, least: 0 },
    ]);
    expect(parse('version: 1')).toEqual([]);
  });
  it.each([
    ['version: 2', /version must be 1/],
    ['policies: {}', /version must be 1/],
    ['[]', /must be a mapping/],
    ['version: 1\npolicies: []', /must map check names/],
    ['version: 1\npolicies: { license: { mode: enforced } }', /no check license \(did you mean License\?\)/],
    ['version: 1\npolicies: { License: { mode: strict } }', /mode of License/],
    ['version: 1\npolicies: { License: { mode: enforced, score: 11 } }', /score of License/],
    ['version: 1\npolicies: { License: { mode: enforced, score: 1.5 } }', /score of License/],
    [
      'version: 1\npolicies: { License: { mode: enforced, scores: 1 } }',
      /unknown key scores \(did you mean score\?\)/,
    ],
    ['version: 1\npolicies: { License: 3 }', /License must be/],
    ['version: 1\nversion: 1', /p\.yml:2/],
    [': '.repeat(20_000), /policy p\.yml/],
    ['version: [', /p\.yml:1/],
    ['a: &a [1]\nversion: 1\npolicies: *a', /unknown key a/],
    [`${bomb}version: 1`, /alias/i],
  ])('%j is refused', (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(code(() => parse(text))).toBe('config');
  });
  it('alert below, not at, the demand; what could not be judged is no failure', () => {
    const demand = (check: string, least: number, enforced = true) => [{ check, enforced, least }];
    expect(policyShortfalls(result, demand('Bad-Thing', 1))).toEqual(['Bad-Thing is 0, 1 is demanded']);
    expect(policyShortfalls(result, demand('Bad-Thing', 0))).toEqual([]);
    expect(policyShortfalls(result, demand('Bad-Thing', 10, false))).toEqual([]);
    expect(policyShortfalls(result, demand('Unknown-Thing', 10))).toEqual([]);
    expect(policyShortfalls(result, demand('Not-Run', 10))).toEqual([]);
  });
});

it('a host with a port may stand before a name, as results write it', () => {
  const name = 'ghe.example:8443/octo/cat';
  expect(targetOf(name)).toEqual({ kind: 'repository', name });
  expect(parseReference(name, ['ghe.example:8443'])).toMatchObject({ name, owner: 'octo', repo: 'cat' });
});
