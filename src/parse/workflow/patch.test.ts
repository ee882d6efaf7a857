import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { parseWorkflow } from './parse.ts';
import { injectionPatch, injectionPatches } from './patch.ts';
import { findReferenceInjections } from './reference/index.ts';

const PATH = '.github/workflows/a.yml';

function patchOf(text: string, index = 0): string | undefined {
  const workflow = parseWorkflow(text, PATH);
  return injectionPatch(text, workflow, findReferenceInjections(workflow).hits[index]!);
}

const plain = `on: issues

jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "\${{ github.event.issue.title }}"
`;

describe('injectionPatches', () => {
  const many = (lines: number, perLine: number) => {
    const line = `          echo "${'${{ github.event.issue.title }}'.repeat(perLine)}"\n`;
    return `on: issues\njobs:\n  a:\n    runs-on: a\n    steps:\n${`      - run: |\n${line}`.repeat(lines)}`;
  };
  const patchesOf = (text: string) => {
    const workflow = parseWorkflow(text, PATH);
    return injectionPatches(text, workflow, findReferenceInjections(workflow).hits);
  };
  it('gives each hit the patch it would have alone', () => {
    const text = many(3, 2);
    expect(patchesOf(text)).toEqual([0, 1, 2, 3, 4, 5].map((index) => patchOf(text, index)));
  });
  it.each([
    ['one long line', 1, 4000],
    ['many scripts', 1500, 1],
  ])('stays within bounds: %s', { timeout: 20_000 }, (_, lines, perLine) => {
    const patches = patchesOf(many(lines, perLine));
    expect(patches).toHaveLength(lines * perLine);
    expect(patches[0]).toContain('ISSUE_TITLE');
    expect(patches.join('').length).toBeLessThan(5_000_000);
  });
});

describe('injectionPatch', () => {
  it('moves the expression into a new env above jobs', () => {
    const patch = patchOf(plain)!;
    const patched = applyPatch(plain, patch);
    expect(patched).toBe(
      plain
        .replace('jobs:', 'env:\n  ISSUE_TITLE: ${{ github.event.issue.title }}\n\njobs:')
        .replace('echo "${{ github.event.issue.title }}"', 'echo "$ISSUE_TITLE"'),
    );
    expect(patch).toMatch(
      new RegExp(`^diff --git a/${PATH} b/${PATH}\n--- a/${PATH}\n\\+\\+\\+ b/${PATH}\n@@ `),
    );
  });

  it('uses a variable that already holds the expression', () => {
    const text = plain.replace('jobs:', 'env:\n  TITLE: ${{ github.event.issue.title }}\n\njobs:');
    expect(applyPatch(text, patchOf(text)!)).toBe(
      text.replace('echo "${{ github.event.issue.title }}"', 'echo "$TITLE"'),
    );
  });

  it('appends to an env that is there, under another name when the name is taken', () => {
    const text = plain.replace('jobs:', 'env:\n  ISSUE_TITLE: other\n\njobs:');
    const patched = applyPatch(text, patchOf(text)!);
    expect(patched).toContain('  ISSUE_TITLE: other\n  ISSUE_TITLE_1: ${{ github.event.issue.title }}\n');
    expect(patched).toContain('echo "$ISSUE_TITLE_1"');
  });

  it.each([
    ['array access', 'github.event.commits[0].message', 'COMMIT_MESSAGE_0'],
    ['a branch name', 'github.head_ref', 'HEAD_REF'],
    ['a pull request', 'github.event.pull_request.head.ref', 'PR_HEAD_REF'],
  ])('names variables: %s', (_, expression, name) => {
    const text = plain.replace('github.event.issue.title', expression);
    expect(applyPatch(text, patchOf(text)!)).toContain(`echo "$${name}"`);
  });

  it.each([
    ['the whole event', 'toJSON(github.event)'],
    ['a comparison', "github.event.issue.title == 'x'"],
  ])('gives none for %s', (_, expression) => {
    expect(patchOf(plain.replace('github.event.issue.title', expression))).toBeUndefined();
  });

  it('gives none for PowerShell', () => {
    expect(patchOf(plain.replace('ubuntu-latest', 'windows-latest'))).toBeUndefined();
  });
});
