import { describe, expect, it } from 'vitest';
import { securityPolicy } from '../../checks/security-policy/check.ts';
import { cpuTime } from '../../test/support/cpu.ts';
import { type Around, evidenceOf, scanTree, type Tree } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { policyHits } from '../parse/policy/hits.ts';
import { bestPolicy, referencePolicy } from './securityPolicies.ts';

async function score(tree: Tree, around: Around = {}): Promise<number> {
  return (await scanTree({ checks: [securityPolicy] }, tree, around)).checks[0]!.score;
}

// Observed with the reference (file-checks 11.4).
const contents: readonly [content: string, score: number][] = [
  ['', 0],
  ['x', 0],
  ['ab', 3],
  ['https://a.example/x', 6],
  ['a@b.org', 6],
  ['https://a.example/x a@b.org', 6],
  ['https://a.example/x\n\n\n', 9],
  ['https://a.example/x https://a.example/x', 9],
  ['http:// text', 9],
  ['vuln disclosure', 4],
  ['vuln 90 days', 4],
  ['30 60', 4],
  ['2024-01-01', 4],
  ['version 1.2.3', 4],
  ['vuln', 3],
  ['x1', 3],
  ['abc12345', 3],
  ['https://a.example vulnerability disclosure in 90 days', 10],
  ['a[at]b.com text', 9],
  ['a\\[at\\]b.com text', 9],
  ['https://a.example/#part text', 9],
];

const places: Readonly<Record<'yes' | 'no', string>> = {
  yes: 'SECURITY.md security.markdown Security.adoc SECURITY.rst .github/SECURITY.md .github/security.adoc docs/SECURITY.md docs/security.rst doc/SECURITY.rst',
  no: 'SECURITY SECURITY.txt doc/SECURITY.md .gitlab/SECURITY.md .well-known/security.txt sub/SECURITY.md testdata/SECURITY.md',
};

describe('Security-Policy', () => {
  it.each(contents)('%j scores %i', async (content, expected) => {
    expect(await score({ 'SECURITY.md': content })).toBe(expected);
  });
  it.each(places.yes.split(' '))('%s is a policy', async (path) => {
    expect(await score({ [path]: 'text' })).toBe(3);
  });
  it.each(places.no.split(' '))('%s is none', async (path) => {
    expect(await score({ [path]: 'text' })).toBe(0);
  });
  it('takes the first one, a short one in .github before a good one at the root', async () => {
    expect(await score({ '.github/SECURITY.md': 'x', 'SECURITY.md': 'mail a@b.org' })).toBe(0);
  });
  it('lends the content of another file of that name to an empty or later root file', async () => {
    expect(await score({ '.a/SECURITY.md': 'mail a@b.org', 'SECURITY.md': '' })).toBe(9);
    expect(await score({ '.a/SECURITY.md': 'mail a@b.org', 'SECURITY.md': 'text' })).toBe(9);
    expect(await score({ '.github/SECURITY.md': '', 'a/SECURITY.md': 'mail a@b.org' })).toBe(0);
    expect(await score({ 'testdata/SECURITY.md': 'mail a@b.org', 'SECURITY.md': 'text' })).toBe(3);
  });
});

describe('the policy of the organisation', () => {
  const file = { path: 'https://github.com/o/.github/SECURITY.md', text: 'mail a@b.org' };
  it('counts when the repository has none', async () => {
    const doors = { organisationFile: async () => known(file) };
    expect(await score({}, { doors })).toBe(9);
    expect((await evidenceOf(referencePolicy, {}, { doors })).policy).toMatchObject({
      path: file.path,
      ofOrganisation: true,
    });
  });
  it('is not asked for when the repository has one', async () => {
    const doors = { organisationFile: async () => expect.unreachable() };
    expect(await score({ 'SECURITY.md': '' }, { doors })).toBe(0);
  });
  it('is none when it cannot be reached, and an error when asking failed', async () => {
    const doors = (why: 'missing' | 'failed') => ({ organisationFile: async () => unknown(why, 'no') });
    expect(await score({}, { doors: doors('missing') })).toBe(0);
    expect(await score({}, { doors: doors('failed') })).toBe(-1);
  });
});

describe('bestPolicy', () => {
  const good = 'Report vulnerabilities to a@b.org; we answer within 3 days.';
  it.each(['SECURITY', 'SECURITY.txt', 'doc/SECURITY.md', '.gitlab/SECURITY.md', '.well-known/security.txt'])(
    '%s is a place',
    async (path) => expect((await evidenceOf(bestPolicy, { [path]: good })).policy?.path).toBe(path),
  );
  it('takes the one that tells most', async () => {
    const tree = {
      '.github/SECURITY.md': 'x',
      'SECURITY.md': good,
      'docs/SECURITY.md': 'Report vulnerabilities.',
    };
    expect((await evidenceOf(bestPolicy, tree)).policy?.path).toBe('SECURITY.md');
  });
  it('takes a section of the README that names a contact', async () => {
    const readme = `# Tool\n\n## Security\n\n${good}\n\n## Licence\n`;
    expect((await evidenceOf(bestPolicy, { 'README.md': readme })).policy?.path).toBe('README.md');
    expect(
      (await evidenceOf(bestPolicy, { 'README.md': '# Tool\n## Security\nIt is safe.\n' })).policy,
    ).toBeNull();
    expect(
      (await evidenceOf(bestPolicy, { 'sub/SECURITY': good, 'sub/README.md': readme })).policy,
    ).toBeNull();
  });
  it('takes no empty file', async () => {
    expect((await evidenceOf(bestPolicy, { 'SECURITY.md': '' })).policy).toBeNull();
  });
});

describe('policyHits', () => {
  const hits = (text: string, type: string) =>
    policyHits(new TextEncoder().encode(text))
      .filter((hit) => hit.type === type)
      .map((hit) => hit.match);
  it('ends links at characters outside its set', () => {
    expect(hits('see https://a.b/c?d=e&f, http://x~y', 'link')).toEqual(['https://a.b/c?d=e', 'http://x']);
  });
  it('finds addresses', () => {
    expect(
      hits('mail .a.b+c@d.e.org, x[at]y.com; @nobody.org a@b a@b.c a@b.museum1 q@w.e.travel', 'email'),
    ).toEqual(['a.b+c@d.e.org', 'x[at]y.com', 'q@w.e.travel']);
  });
  it('goes on after an address', () => {
    expect(hits('a@b.org@c.net', 'email')).toEqual(['a@b.org']);
    expect(hits('a@b.org_@c.net', 'email')).toEqual(['b.org_@c.net']);
  });
  it('counts numbers and word stems with their place', () => {
    expect(hits('12345 x1 2_ Vulnerability DISCLOSURE', 'text')).toEqual(['2345', '1', 'Vuln', 'DISCLOS']);
    expect(policyHits(new TextEncoder().encode('é\r\nä vuln'))).toEqual([
      { type: 'text', match: 'vuln', line: 2, offset: 3 },
    ]);
  });
  it('stays linear', () => {
    const start = cpuTime();
    for (const text of ['a-'.repeat(200_000), 'a@'.repeat(200_000), `a@${'b.'.repeat(200_000)}`])
      hits(text, 'email');
    expect(cpuTime() - start).toBeLessThan(10_000);
  });
});
