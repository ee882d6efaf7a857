import { describe, expect, it } from 'vitest';
import { parseCodeowners } from './codeowners.ts';

describe('parseCodeowners', () => {
  it('reads patterns and owners, comments and blank lines aside', () => {
    const { rules, bad } = parseCodeowners(
      '# who\n\n*  @ann @org/team bob@example.org # all\n/docs/\\ x @ann\nvendor/\n',
    );
    expect(rules).toEqual([
      { line: 3, pattern: '*', owners: ['ann', 'org/team', 'bob@example.org'] },
      { line: 4, pattern: '/docs/\\ x', owners: ['ann'] },
      { line: 5, pattern: 'vendor/', owners: [] },
    ]);
    expect(bad).toEqual([]);
  });

  it('keeps the good lines beside bad ones', () => {
    const { rules, bad } = parseCodeowners('* @ann\n/src not-an-owner\n!/x @bob\n/y @bob\r\n');
    expect(rules.map((rule) => rule.line)).toEqual([1, 4]);
    expect(rules[1]!.owners).toEqual(['bob']);
    expect(bad.map((one) => one.line)).toEqual([2, 3]);
  });

  it('skips section headings', () => {
    expect(parseCodeowners('[Docs]\n^[Tests][2]\n* @ann').rules).toHaveLength(1);
  });
});
