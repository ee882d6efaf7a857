import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { cpuTime } from '../../../test/support/cpu.ts';
import { getText, getValue, parseYaml, scalarTag, toPlain, type YamlNode } from './index.ts';

function plain(text: string): unknown {
  const { root, error } = parseYaml(text);
  if (error !== undefined) return `error ${error.line}`;
  return root === undefined ? undefined : toPlain(root);
}

function root(text: string): YamlNode {
  const result = parseYaml(text);
  if (result.root === undefined) throw new Error(result.error?.message ?? 'no document');
  return result.root;
}

describe('values', () => {
  const cases: [name: string, text: string, value: unknown][] = [
    ['nothing', '', undefined],
    ['only comments', '# a\n\n  # b\n', undefined],
    ['map', 'a: 1\nb: x\n', { a: 1, b: 'x' }],
    ['map without last line break', 'a: 1\nb: x', { a: 1, b: 'x' }],
    ['`on` is text, words of 1.1 are text', 'on: yes\noff: no', { on: 'yes', off: 'no' }],
    ['empty values', 'a:\nb: ~\nc: ""', { a: null, b: null, c: '' }],
    ['list at the indentation of its key', 'a:\n- 1\n- 2\nb: 3', { a: [1, 2], b: 3 }],
    ['list of maps', '- a: 1\n  b: 2\n- c: 3', [{ a: 1, b: 2 }, { c: 3 }]],
    ['list of lists', '- - 1\n  - 2\n-\n  - 3', [[1, 2], [3]]],
    ['brackets', 'a: [1, "x", {b: c}, d: e]', { a: [1, 'x', { b: 'c' }, { d: 'e' }] }],
    ['brackets with less indentation', 'a:\n  b: [\n1,\n 2\n]\n', { a: { b: [1, 2] } }],
    ['trailing comma', '[a, b, ]', ['a', 'b']],
    ['single quotes', "'it''s # no comment'", "it's # no comment"],
    ['double quotes', '"a\\tb\\u00e9\\x41\\\n   c"', 'a\tb\u00e9Ac'],
    ['folded quotes', '"a\n  b\n\n  c"', 'a b\nc'],
    ['plain over lines', 'a: b\n  c\n\n  d # e', { a: 'b c\nd' }],
    ['literal', 'a: |\n  x\n   y\n\n  z\n', { a: 'x\n y\n\nz\n' }],
    ['literal, stripped', 'a: |-\n  x\n\n', { a: 'x' }],
    ['literal, kept', 'a: |+\n  x\n\n', { a: 'x\n\n' }],
    ['literal with given indentation', 'a: |2\n    x\n', { a: '  x\n' }],
    ['folded', 'a: >\n  x\n  y\n\n  z\n   w\n', { a: 'x y\nz\n w\n' }],
    ['CR LF', 'a: |\r\n  x\r\n  y\r\nb: 1\r\n', { a: 'x\ny\n', b: 1 }],
    ['CR', 'a: 1\rb: 2', { a: 1, b: 2 }],
    ['byte order mark', '\ufeffa: 1', { a: 1 }],
    ['numbers', '[0x1f, 0o17, 017, 1_000, -1.5e3, .5, .inf]', [31, 15, 15, 1000, -1500, 0.5, Infinity]],
    ['colon inside a word', 'a: http://x:80/y', { a: 'http://x:80/y' }],
    ['hash inside a word', 'a: b#c', { a: 'b#c' }],
    ['first of equal keys', 'a: 1\na: 2', { a: 1 }],
    ['alias', 'a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['alias inside its target', 'a: &x [*x]', undefined],
    ['first of several documents', 'a: 1\n---\nb: 2\nc: 3\n: }{', { a: 1 }],
    ['explicit document', '---\na: 1\n...\n', { a: 1 }],
    ['empty first document', '---\n---\na: 1', null],
    ['tags', 'a: !!str 1\nb: !x y', { a: '1', b: 'y' }],
    ['tab behind a colon', 'a:\tb', { a: 'b' }],
    ['explicit key', '? a\n: b\n', { a: 'b' }],
  ];
  test.each(cases)('%s', (_name, text, value) => {
    expect(plain(text)).toEqual(value);
  });

  test('duplicates and order are kept in the tree', () => {
    const tree = root('b: 1\na: 2\nb: 3');
    expect(tree.kind === 'map' && tree.entries.map((entry) => getText(entry.key))).toEqual(['b', 'a', 'b']);
    expect(getText(getValue(tree, 'b'))).toBe('1');
  });
});

describe('what the reference refuses is refused', () => {
  const cases: [name: string, text: string, line: number][] = [
    ['tab as indentation', 'a:\n\tb: 1', 2],
    ['line of one tab', 'a: 1\n\t\nb: 2', 2],
    ['tab before a comment at the start of a line', 'a: 1 # x\n\t# y\nb: 2', 2],
    ['two colons', 'a: b: c', 1],
    ['bad indentation', 'a:\n    b: 1\n  c: 2', 3],
    ['key without colon', 'a: 1\nb\nc: 2', 2],
    ['open bracket', 'a: [1, 2', 1],
    ['closing bracket too many', 'a: ]', 1],
    ['missing comma', '[a b, {c: d} e]', 1],
    ['open quote', 'a: "x\nb: 1', 2],
    ['unknown escape', '"\\/"', 1],
    ['at sign', 'a: @b', 1],
    ['backquote', 'a: `b`', 1],
    ['percent sign', 'a: %b', 1],
    ['unknown directive', '%FOO\n---\na: 1', 1],
    ['version 1.2', '%YAML 1.2\n---\na: 1', 1],
    ['unknown alias', 'a: *x', 1],
    ['unknown tag handle', 'a: !x!y z', 1],
    ['text behind a block mark', 'a: | x\n  y', 1],
    ['control character', 'a: 1\nb: \u0007', 2],
    ['lone surrogate', 'a: \ud800', 1],
    ['error close behind the first document', 'a: 1\n---\n@', 3],
  ];
  test.each(cases)('%s', (_name, text, line) => {
    expect(parseYaml(text).error?.line).toBe(line);
  });

  test('a comment after a comment may be indented by a tab', () => {
    expect(plain('# x\n\t# y\na: 1')).toEqual({ a: 1 });
  });

  test('bytes', () => {
    expect(parseYaml(new Uint8Array([0x61, 0x3a, 0x20, 0xff])).error?.line).toBe(1);
    expect(parseYaml(new Uint8Array([0xc3, 0x28])).error?.line).toBe(1);
    const wide = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3a, 0, 0x20, 0, 0x62, 0]);
    expect(getText(getValue(parseYaml(wide).root, 'a'))).toBe('b');
    expect(getText(getValue(parseYaml(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x3a])).root, 'a'))).toBe('');
  });
});

describe('places', () => {
  test('lines and styles', () => {
    const tree = root('a: 1\nb:\n  - "x"\n  - |\n    y\nc: &n\n  d: \'e\'\n');
    const list = getValue(tree, 'b');
    const items = list?.kind === 'seq' ? list.items : [];
    expect(items.map((item) => [item.line, item.kind === 'scalar' && item.style])).toEqual([
      [3, 'double'],
      [4, 'literal'],
    ]);
    expect(items[1]?.kind === 'scalar' && items[1].textLine).toBe(5);
    expect(getValue(tree, 'c')).toMatchObject({ line: 6, offset: 31, anchor: 'n' });
    expect(getValue(getValue(tree, 'c'), 'd')).toMatchObject({ line: 7, style: 'single' });
  });

  test('source lines of folded text', () => {
    const folded = getValue(root('a: >\n  x\n  y\n\n  z\n'), 'a');
    expect(folded).toMatchObject({ value: 'x y\nz\n', breaks: [0, 2, 2, 3, 4, 5] });
    expect(getValue(root('a: "x\n  y\n\n  z"'), 'a')).toMatchObject({
      value: 'x y\nz',
      breaks: [2, 2, 4, 4],
    });
    expect(getValue(root('a: x\n  y\n\n  z'), 'a')).toMatchObject({ value: 'x y\nz', breaks: [2, 2, 4, 4] });
  });

  test('type of plain scalars', () => {
    const types = root('[~, TRUE, 1, 1.0, 2024-01-02, <<, tRUE, "1", 09]');
    const tags =
      types.kind === 'seq' ? types.items.map((item) => item.kind === 'scalar' && scalarTag(item)) : [];
    expect(tags.slice(0, 5)).toEqual(['!!null', '!!bool', '!!int', '!!float', '!!timestamp']);
    expect(tags.slice(5)).toEqual(['!!merge', '!!str', '!!str', '!!float']);
  });
});

describe('hostile texts take little time and give a value', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `k${n}: &b${n} [${n ? `*b${n - 1},*b${n - 1}` : '*a,*a'}]\n`).join('')}`;
  const cases: [name: string, text: string, isError: boolean][] = [
    ['deep brackets', '['.repeat(1_000_000), true],
    ['deep lists', '- '.repeat(100_000), true],
    ['deep maps', Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), true],
    ['deep tagged brackets', '!t ['.repeat(150), true],
    [
      'deep anchors',
      `${Array.from({ length: 150 }, (_, n) => `&a${n} [`).join('')}${']'.repeat(150)}`,
      false,
    ],
    ['many entries', '- \n'.repeat(1_100_000), true],
    ['long line', `a: ${'x'.repeat(10_000_000)}`, false],
    ['long text', `a: |\n${'  some text\n'.repeat(40_000)}`, false],
    ['endless text', `a: |\n${'  some text\n'.repeat(800_000)}`, true],
    ['endless folded text', `a: >\n${'  x\n\n'.repeat(800_000)}`, true],
    ['endless quotes', `a: "${'x\n'.repeat(4_000_000)}`, true],
    ['endless plain text', `a:\n${'  x\n'.repeat(2_000_000)}`, true],
    ['many spaces', ' '.repeat(5_000_000), false],
    ['many blank lines', '\n'.repeat(5_000_000), false],
    ['many comments', '# a\n\n'.repeat(500_000), false],
    ['alias bomb', bomb, false],
    ['brackets in brackets', '[{'.repeat(90), true],
    ['question marks', '? '.repeat(100_000), true],
    ['zeroes', '\0'.repeat(1_000_000), true],
  ];
  test.each(cases)('%s', (_name, text, isError) => {
    const start = cpuTime();
    expect(parseYaml(text).error !== undefined).toBe(isError);
    expect(cpuTime() - start).toBeLessThan(5000);
  });

  test('an alias bomb is not expanded', () => {
    expect(toPlain(root(bomb))).toBeUndefined();
  });

  test('any text gives a value, never an exception', () => {
    const marks = fc.constantFrom(
      ...[
        '- ',
        ': ',
        '? ',
        '\n',
        '\n  ',
        ' #',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|\n',
        '>\n',
        '&a ',
        '*a',
        '!t ',
        '\t',
      ],
      ...['a', 'b', '---\n', '...\n', '%YAML 1.1\n', '\r\n', '\\', '\u2028', '<<'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string({ maxLength: 4 })), { maxLength: 40 }), (parts) => {
        const result = parseYaml(parts.join(''));
        if (result.root !== undefined) toPlain(result.root);
        expect(result.error === undefined || result.error.line >= 1).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('agrees with the yaml package', () => {
  const leaf = fc.oneof(
    // Words like 0_ and 017 are numbers for the reference's reader, and are not for the package.
    fc.string({ maxLength: 30 }).filter((text) => !/^[-+.]?\d/.test(text)),
    fc.constantFrom(
      'a: b',
      '- x',
      '#c',
      '${{ github.ref }}',
      'line\nline\n',
      '  indented\nx',
      'on',
      '~',
      '1',
      '',
    ),
    fc.integer({ min: -1000, max: 1000 }),
    fc.boolean(),
    fc.constant(null),
  );
  const tree = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,6}$/), tie('value'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
  })).value;

  test('on what it writes', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 20, 80), (value, lineWidth) => {
        const text = stringify({ value }, { lineWidth });
        if (/[\x7f-\x9f\ufffe\uffff]|\\\//.test(text)) return;
        expect(plain(text)).toEqual(parseDocument(text).toJS());
      }),
      { numRuns: 300 },
    );
  });
});
