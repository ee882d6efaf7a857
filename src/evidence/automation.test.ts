import { describe, expect, it } from 'vitest';
import { evidenceOf, type Tree } from '../../test/support/tree.ts';
import { analyses, publishers } from './automation.ts';

const said = async (tree: Tree) =>
  (await evidenceOf(analyses, tree)).map(
    ({ path, line, tool, kind, runs }) => `${path}:${line} ${tool} ${kind} ${runs ? 'runs' : 'set up'}`,
  );
const hooks = 'repos:\n  - repo: x\n    hooks:\n      - id: black\n      - id: bandit\n        args: [-r]\n';
const running = (run: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n`;

describe('analyses', () => {
  it('are only set up when nothing runs them', async () => {
    const tree = {
      'sonar-project.properties': '',
      '.github/codeql/codeql-config.yml': '',
      'sub/.bandit': '',
    };
    expect(await said(tree)).toEqual([
      '.github/codeql/codeql-config.yml:1 CodeQL code set up',
      'sonar-project.properties:1 Sonar code set up',
    ]);
  });
  it('are told once when they run', async () => {
    const tree = { '.semgrep.yml': '', '.github/workflows/a.yml': running('semgrep ci && semgrep scan') };
    expect(await said(tree)).toEqual(['.github/workflows/a.yml:6 Semgrep code runs']);
  });
  it('are followed into tasks', async () => {
    const tree = { Makefile: 'sec:\n\tgosec ./...\n', '.github/workflows/a.yml': running('make sec') };
    expect(await said(tree)).toEqual(['.github/workflows/a.yml:6 gosec code runs']);
  });
  it.each([
    ['pre-commit run --all-files', 'runs'],
    ['make', 'set up'],
  ])('are found among hooks: %s', async (run, state) => {
    const tree = { '.pre-commit-config.yaml': hooks, '.github/workflows/a.yml': running(run) };
    expect(await said(tree)).toEqual([`.pre-commit-config.yaml:5 Bandit code ${state}`]);
  });
  it('are found in other pipelines', async () => {
    const tree = { '.gitlab-ci.yml': 'sast:\n  script:\n    - bandit -r src\n' };
    expect(await said(tree)).toEqual(['.gitlab-ci.yml:3 Bandit code runs']);
  });
});

describe('publishers', () => {
  it('are found in other pipelines', async () => {
    const tree = { '.gitlab-ci.yml': 'release:\n  script:\n    - make\n    - twine upload dist/*\n' };
    expect(await evidenceOf(publishers, tree)).toMatchObject([
      { path: '.gitlab-ci.yml', line: 4, what: 'pypi' },
    ]);
  });
});
