/** Output formats: pure functions of a result, held against schemas and against what hostile text could do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { ReportOptions, ScanResult } from '../src/core/index.ts';
import { SCHEMAS } from '../src/dev/schemas.ts';
import { reporters } from '../src/reporters/index.ts';
import { localDateTime, localDay } from '../src/reporters/shared/json.ts';
import { width } from '../src/reporters/shared/text.ts';
import { catalogue, empty, HOSTILE, options, probeResult, result } from './support/result.ts';

async function render(
  id: string,
  of: ScanResult = result,
  more: Partial<ReportOptions> = {},
): Promise<string> {
  return (await reporters[id]!()).render(of, { ...options, ...more });
}
// biome-ignore lint/suspicious/noExplicitAny: outputs are held against what the test wants of them
const parsed = async (id: string, of?: ScanResult, more?: Partial<ReportOptions>): Promise<any> =>
  JSON.parse(await render(id, of, more));

function validator(schema: object): (value: unknown) => unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : validate.errors);
}

describe.each(Object.keys(SCHEMAS).filter((id) => id in reporters))('%s', (id) => {
  const valid = validator(SCHEMAS[id]!);
  it.each([
    ['checks', result],
    ['probes', probeResult],
    ['nothing', empty],
  ])('is valid by its schema, with %s', async (_, of) => {
    expect(valid(await parsed(id, of))).toEqual([]);
  });
});

describe.each(Object.keys(reporters))('%s', (id) => {
  it('is a function of the result alone, ends with a line end, and stands empty results', async () => {
    expect(await render(id)).toBe(await render(id));
    expect((await render(id)).endsWith('\n')).toBe(true);
    expect(await render(id, empty)).not.toBe('');
  });
  it('shows the findings when probes were asked for', async () => {
    const text = await render(id, probeResult);
    expect(text).toContain('pinsThings');
    expect(text).toContain('not pinned');
  });
  it('lets no control character through', async () => {
    expect(await render(id)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});

it.each(['assay', 'default', 'html', 'intoto', 'json', 'markdown', 'probe', 'raw'])(
  '%s says why a probe could not be judged: nothing would look like good news',
  async (id) => {
    const adjusted = [{ probe: 'pinsThings', outcome: 'Error' as const, message: 'nobody answers' }];
    const of = { ...probeResult, probes: [{ probe: 'pinsThings', reference: [], adjusted }] };
    expect(await render(id, of)).toMatch(/Error[\s\S]*nobody answers|nobody answers[\s\S]*Error/);
  },
);

describe('json', () => {
  it('has the keys, the decimal and the escapes of the reference', async () => {
    const text = await render('json');
    expect(text).toMatch(
      /^\{"date":"2026-03-0[12]T\d\d:\d\d:00(?:Z|[+-]\d\d:\d\d)","repo":\{"name":"github.com\/o\/r","commit":"/,
    );
    expect(text).toContain(
      '"scorecard":{"version":"1.2.3","commit":"abc"},"score":4.0,"checks":[{"details":["Warn: ',
    );
    expect(text).toContain('bad \\u003cb\\u003e \\u0026 ');
    expect(text.endsWith('"metadata":["a","\\u003cb\\u003e"]}\n')).toBe(true);
    expect(await render('json', empty)).toContain('"score":-1.0,"checks":[],"metadata":[]');
  });
  it('writes details as the reference does', async () => {
    const { checks } = await parsed('json');
    expect(checks[0].details[0]).toBe('Warn: not pinned: a dir/ü#1.yml:3-5');
    expect(checks[0].details).toContain('Warn: no policy');
    expect(checks[0].details).toContain('Info: pinned <&>: c.yml:2');
    expect(checks[0].details.join()).not.toContain('Debug');
    expect(checks[0].documentation).toEqual({
      url: 'https://github.com/ossf/scorecard/blob/main/docs/checks.md#bad-thing',
      short: 'Is Bad-Thing well?',
    });
    expect((await parsed('json', result, { verbose: true })).checks[0].details).toContain(
      'Debug: looked at 3 files',
    );
    expect((await parsed('json', result, { showDetails: false })).checks[0].details).toEqual([]);
  });
  it('shows annotations only when asked, and only where there are any', async () => {
    const [bad, good] = (await parsed('json')).checks;
    expect(bad.annotations).toHaveLength(1);
    expect(good).not.toHaveProperty('annotations');
    expect((await parsed('json', result, { showAnnotations: false })).checks[0]).not.toHaveProperty(
      'annotations',
    );
  });
});

describe('dates', () => {
  it.each([
    [0, '2026-03-01T23:30:00Z', '2026-03-01'],
    [-300, '2026-03-01T18:30:00-05:00', '2026-03-01'],
    [330, '2026-03-02T05:00:00+05:30', '2026-03-02'],
    [-210, '2026-03-01T20:00:00-03:30', '2026-03-01'],
  ])('at an offset of %i minutes', (offset, dateTime, day) => {
    expect(localDateTime(result.date, offset)).toBe(dateTime);
    expect(localDay(result.date, offset)).toBe(day);
  });
});

describe('probe', () => {
  it('has a day, and per finding the keys of the reference in its order', async () => {
    const text = await render('probe');
    const { date, findings } = JSON.parse(text);
    expect(date).toMatch(/^2026-03-0[12]$/);
    expect(Object.keys(findings[0])).toEqual([
      'location',
      'remediation',
      'values',
      'probe',
      'message',
      'outcome',
    ]);
    expect(JSON.stringify(findings[0].location)).toBe(
      '{"lineStart":3,"lineEnd":5,"snippet":"uses: x@v1","path":"a dir/ü#1.yml","type":1}',
    );
    expect(JSON.stringify(findings[0].values)).toBe('{"a":"1","name":"x"}');
  });
  it('fills the steps, and gives them only where the outcome asks for them', async () => {
    const { findings } = await parsed('probe');
    const words = 'Pin it in a dir/ü#1.yml at line 3, as x.\nAgain.';
    expect(findings[0].remediation).toEqual({ text: words, markdown: words, effort: 2 });
    const by = (message: string) => findings.find((one: { message: string }) => one.message === message);
    expect(by('mendable').remediation.patch).toBe('--- a\n+++ b\n');
    expect(by('pinned <&>')).not.toHaveProperty('remediation');
    expect(by('lost its remediation')).not.toHaveProperty('remediation');
    expect(by('compiled').location.type).toBe(2);
  });
});

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '../testdata/schemas/sarif-2.1.0.json'), 'utf8'),
  );
  // The published schema is draft 4; what ajv needs of it differs from draft 7 in these two words.
  const valid = validator(Object.assign(schema, { $schema: undefined, $id: schema.id, id: undefined }));
  const run = async (more?: Partial<ReportOptions>, of = result) => (await parsed('sarif', of, more)).runs[0];

  it.each([
    ['checks', result],
    ['probes', probeResult],
    ['nothing', empty],
  ])('is valid by the published schema, with %s', async (_, of) => {
    for (const sarifProfile of ['all', 'located', 'none-repository-level'] as const)
      expect(valid(await parsed('sarif', of, { sarifProfile }))).toEqual([]);
  });
  it('has one rule per check with the ids alerts are known by, also for those that are well', async () => {
    const { rules } = (await run()).tool.driver;
    expect(rules.map((rule: { id: string }) => rule.id)).toEqual([
      'BadThingID',
      'GoodThingID',
      'UnknownThingID',
    ]);
    expect(rules[0].properties).toMatchObject({ 'security-severity': '9.0', 'problem.severity': 'error' });
  });
  it('alerts for checks below the policy only', async () => {
    const { results } = await run();
    expect(new Set(results.map((one: { ruleId: string }) => one.ruleId))).toEqual(new Set(['BadThingID']));
    const policy = (least: number, enforced = true) => [{ check: 'Bad-Thing', enforced, least }];
    expect((await run({ policy: policy(0) })).results).toEqual([]);
    expect((await run({ policy: policy(10, false) })).results).toEqual([]);
    expect((await run({ policy: [] })).results).toEqual([]);
    expect((await run({ policy: policy(1) })).results).toHaveLength(results.length);
  });
  it('keeps fingerprints when lines move, and tells equal findings apart', async () => {
    const prints = async (of: ScanResult) =>
      (await run({}, of)).results.map(
        (one: { partialFingerprints: object }) => Object.values(one.partialFingerprints)[0],
      );
    const moved = JSON.parse(
      JSON.stringify(result)
        .replaceAll('"lineStart":3', '"lineStart":40')
        .replaceAll('"lineEnd":5', '"lineEnd":42'),
    );
    const before = await prints(result);
    expect(await prints(moved)).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });
  it('places results where viewers accept them', async () => {
    const { results } = await run();
    const [first, , hostile, binary] = results;
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20dir/%C3%BC%231.yml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, endLine: 5, snippet: { text: 'uses: x@v1' } },
    });
    expect(hostile.locations[0].physicalLocation.region.startLine).toBe(1);
    expect(binary.locations[0].physicalLocation).not.toHaveProperty('region');
    for (const one of results) expect(one.locations).toHaveLength(1);
  });
  it('treats findings about the whole repository as the profile says', async () => {
    const whole = async (sarifProfile: ReportOptions['sarifProfile']) =>
      (await run({ sarifProfile })).results.filter(
        (one: { properties: { repositoryLevel: boolean } }) => one.properties.repositoryLevel,
      );
    expect((await whole('all')).map((one: { level: string }) => one.level)).toEqual(['error', 'error']);
    expect(await whole('located')).toEqual([]);
    expect((await whole('none-repository-level')).map((one: { level: string }) => one.level)).toEqual([
      'none',
      'none',
    ]);
  });
  it('marks what is annotated or excused as accepted', async () => {
    const { results } = await run();
    const accepted = results
      .filter((one: { suppressions?: unknown }) => one.suppressions)
      .map((one: { message: { text: string } }) => one.message.text);
    // The first is absent from the adjusted view, the other one is annotated.
    expect(accepted).toEqual(['not pinned', 'mendable. Write `y` here.']);
  });
});

describe('intoto', () => {
  it('speaks of the commit by its digest', async () => {
    const { subject, predicate } = await parsed('intoto');
    const { commit } = result.repo;
    expect(subject).toEqual([
      { name: 'github.com/o/r', uri: `git+https://github.com/o/r@${commit}`, digest: { gitCommit: commit } },
    ]);
    expect(Object.keys(predicate)).toEqual(['date', 'scorecard', 'score', 'checks', 'metadata']);
  });
  it('is refused when there is no commit, and has no address for a folder', async () => {
    const folder = { ...result, repo: { ...result.repo, name: 'file:///x' } };
    expect((await parsed('intoto', folder)).subject[0]).not.toHaveProperty('uri');
    const none = { ...result, repo: { ...result.repo, commit: 'unknown' } };
    await expect(render('intoto', none)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('default', () => {
  it.each([40, 60, 80, 120])('fits %i columns', async (columns) => {
    for (const of of [result, probeResult, empty]) {
      const lines = (await render('default', of, { width: columns })).split('\n');
      for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
    }
  });
  it('shows both scores, the place and the mend of each finding, and what gains most', async () => {
    const text = await render('default', result, { width: 100 });
    for (const words of [
      'Aggregate score: 4.0 / 10',
      'Adjusted score:  5.0 / 10',
      'adjusted: better than it looks',
      'a dir/ü#1.yml:3-5',
      'Pin it in a dir/ü#1.yml at line 3, as x.',
      'Write `y` here.',
      'Excused in the adjusted view',
      'Other-Thing (a folder cannot tell)',
      'big.yml:4: too large',
      ', 2 places in a dir/ü#1.yml (Bad-Thing 3 → 8), adjusted total',
    ])
      expect(text).toContain(words);
  });
  it('never shows points where the adjusted view judges nothing', async () => {
    const checks = result.checks.map((check) => ({ ...check, adjusted: { ...check.adjusted, score: -1 } }));
    const text = await render('default', { ...result, checks }, { width: 100 });
    expect(text).toMatch(/^Bad-Thing {2}0 \/ 10, adjusted not judged$/m);
    expect(text).not.toContain(', adjusted 0');
  });
  it('paints only when told to', async () => {
    expect(await render('default', result, { color: true })).toContain('\u001b[31m');
    expect(await render('default')).not.toContain('\u001b');
  });
});

describe('markdown', () => {
  it('has nothing a repository could make into markup', async () => {
    const text = (await render('markdown')).replace(/(`+)[^`].*?[^`]\1(?!`)/g, 'CODE');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('![x]');
    expect(text).not.toMatch(/https:\/\/evil/);
  });
  it('keeps the lines of what is to be copied, behind a fence that they cannot end', async () => {
    const text = 'write this\njobs:\n  a: 1\n```\n# [x](https://evil.example)';
    const [change] = options.changes!();
    const findings = [{ ...change!.findings[0]!, remedy: { text } }, ...change!.findings.slice(1)];
    const shown = await render('markdown', result, { changes: () => [{ ...change!, findings }] });
    expect(shown).toContain(
      '\n   write this\n   ````\n   jobs:\n     a: 1\n   ```\n   # [x](https://evil.example)\n   ````\n',
    );
  });
  it('keeps rows of tables whole', async () => {
    const rows = (await render('markdown'))
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
  });
});

describe('html', () => {
  it('is one page that loads nothing and runs nothing', async () => {
    const text = await render('html');
    expect(text).toContain('default-src &#39;none&#39;');
    expect(text).not.toMatch(/<script|<iframe|<img|<link|\bon\w+=|url\(|@import/i);
    const addresses = [...text.matchAll(/\b(?:href|src)="([^"]*)"/g)].map((match) => match[1]!);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/github\.com\/ossf\/scorecard\//);
  });
  it('closes what it opens', async () => {
    for (const of of [result, probeResult, empty]) {
      const text = (await render('html', of)).replace(/<style>[\s\S]*?<\/style>/, '');
      const open: string[] = [];
      for (const [, end, name, self] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
        if (['meta', 'br'].includes(name!) || self === '/') continue;
        if (end === '') open.push(name!);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });
  it('sets paths and words of code apart inside the line they belong to', async () => {
    const text = await render('html');
    expect(text).toContain(', 2 places in <code>a dir/ü#1.yml</code> (');
    expect(text).toContain('<span class="remedy">Write <code>y</code> here.</span>');
    // Only the place itself stands on a line of its own.
    expect(text).toContain('.places > code { display: block; }');
  });
  it('shows what a manager asks for first', async () => {
    const text = await render('html');
    for (const words of [
      'Of 3 checks, 1 is well, 1 needs work, 1 could not be judged.',
      'What gains most',
      'Critical risk',
    ])
      expect(text).toContain(words);
  });
});

it('the hostile text is hostile', () => {
  expect(HOSTILE).toContain('<script>');
  expect(catalogue.checks.size).toBe(3);
});
