/** Where even the reference view departs from the reference: each departure has its tests, some of them here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinnedDependencies } from '../checks/pinned-dependencies/check.ts';
import { hasBinaryArtifacts } from '../probes/hasBinaryArtifacts/probe.ts';
import { pinsDependencies } from '../probes/pinsDependencies/probe.ts';
import { scanTarget } from '../src/app.ts';
import { DEPARTURES } from '../src/dev/departures.ts';
import { improvementCases } from '../src/dev/improvement-cases.ts';
import { changesets } from '../src/evidence/changesets.ts';
import { parseWorkflow } from '../src/parse/workflow/index.ts';
import { readReferencePermissions } from '../src/parse/workflow/reference/permissions.ts';
import { assay, ensureBuilt } from './support/command-line.ts';
import { temporaryFolder, writeFiles } from './support/git.ts';
import { evidenceOf, scanTree } from './support/tree.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/compatibility.md'), 'utf8');
const temporary = temporaryFolder();
afterAll(() => temporary.remove());

describe('every departure', () => {
  const named = Object.values(DEPARTURES).flatMap((list) => list.flatMap(({ tests }) => tests));
  it('has tests', () => {
    for (const { here, tests } of Object.values(DEPARTURES).flat())
      expect(tests.length, here).toBeGreaterThan(0);
  });
  it.each(named)('%s has %s', (file, name) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${name}'`);
  });
});

describe('every improvement', async () => {
  const all = await improvementCases();
  it.each(all.map((one) => [one.improvement, one.unit, one] as const))(
    '%s of %s has a case',
    (_, unit, one) => {
      expect(one.cases.length).toBeGreaterThan(0);
      for (const { file, name } of one.cases) {
        // Names that a table makes from its rows stand there in parts.
        const text = readFileSync(join(root, file), 'utf8');
        const isThere = text.includes(name) || name.split(' ').every((word) => text.includes(word));
        expect(isThere, `${file}: ${name}`).toBe(true);
      }
      expect(page).toContain(`| \`${one.improvement}\` | `);
      expect(page).toContain(unit);
    },
  );
});

const WORKFLOW = '.github/workflows/a.yml';

describe('in place of random results', () => {
  it('a Debian package is told whatever its name', async () => {
    const tree = { data: '!<arch>\ndebian-binary   0\n', 'a.deb': '!<arch>\ndebian-binary   0\n' };
    const { probes } = await scanTree({ probes: [hasBinaryArtifacts] }, tree);
    expect(probes[0]!.reference.map(({ location }) => location?.path)).toEqual(['a.deb', 'data']);
  });
  it('jobs and scopes keep the order of the file', async () => {
    const job = (name: string, ...uses: string[]) =>
      `  ${name}:\n    steps:\n${uses.map((one) => `      - uses: ${one}\n`).join('')}`;
    const text = `on: push\njobs:\n${job('z', 'o/z@v1', 'o/a@v1')}${job('a', 'o/m@v1')}`;
    const { probes } = await scanTree({ probes: [pinsDependencies] }, { [WORKFLOW]: text });
    expect(probes[0]!.reference.map(({ location }) => location?.snippet)).toEqual([
      'o/z@v1',
      'o/a@v1',
      'o/m@v1',
    ]);
    const scopes = 'permissions:\n  packages: write\n  contents: write\n  actions: write\njobs: {}\n';
    const entries = readReferencePermissions(parseWorkflow(scopes, WORKFLOW));
    expect(entries.flatMap(({ name }) => name ?? [])).toEqual(['packages', 'contents', 'actions']);
  });
  it('the first job that uploads SARIF is named', () => {
    const job = (name: string) =>
      `  ${name}:\n    steps:\n      - uses: github/codeql-action/upload-sarif@v3\n`;
    const text = `permissions: {security-events: write}\njobs:\n${job('z')}${job('a')}${job('b')}`;
    const entries = readReferencePermissions(parseWorkflow(text, WORKFLOW));
    expect(entries.find(({ excuse }) => excuse === 'sarif')?.line).toBe(5);
  });
  it('counts by kind are sorted', () => {
    const dependency = (dependencyType: string, snippet = '') => ({
      probe: pinsDependencies.id,
      outcome: 'True' as const,
      message: '',
      location: { path: 'a', type: 'source' as const, snippet },
      values: { dependencyType },
    });
    const kinds = ['pipCommand', 'goCommand', 'containerImage'].map((kind) => dependency(kind));
    const findings = [
      ...kinds,
      dependency('GitHubAction', 'o/a@v1'),
      dependency('GitHubAction', 'actions/a'),
    ];
    const judged = pinnedDependencies.score(findings, { adopts: () => false, now: new Date(0) });
    expect(judged.details?.map(({ text }) => text.replace(/^.*of +1 (.*) dep.*$/, '$1'))).toEqual([
      'GitHub-owned GitHubAction',
      'third-party GitHubAction',
      'containerImage',
      'goCommand',
      'pipCommand',
    ]);
  });
  it('changes keep the order of the commits', async () => {
    const commits = ['c3', 'a2', 'b1'].map((sha) => ({
      sha,
      message: sha,
      author: { login: 'ann', isBot: false },
      pullRequests: [],
    }));
    const found = await evidenceOf(changesets, {}, { facts: { commits: { known: commits as never } } });
    expect('reference' in found && found.reference.map(({ id }) => id)).toEqual(['c3', 'a2', 'b1']);
  });
});

describe('in place of failures', () => {
  it('a link out of the folder spoils no check', async () => {
    const folder = join(temporary.path, 'links');
    writeFiles(temporary.path, { program: `\x7fELF${'\0'.repeat(60)}` });
    writeFiles(folder, { 'a.sh': 'true\n', program: { link: '../program' } });
    const { result } = await scanTarget(folder, { checks: ['Binary-Artifacts'], offline: true });
    expect(result.checks[0]!.score).toBe(10);
    expect(result.notices.map(({ code }) => code)).toContain('link-outside');
  });
  it('a folder without an origin is not looked for in OSS-Fuzz', async () => {
    const folder = join(temporary.path, 'plain');
    writeFiles(folder, { 'a.txt': 'a' });
    const { result } = await scanTarget(folder, {
      checks: ['Fuzzing'],
      networkOptions: {
        variables: { ASSAY_OSS_FUZZ_URL: 'http://127.0.0.1:1/status.json' },
        cache: false,
        http: { attempts: 1 },
      },
    });
    expect(result.checks[0]!.score).toBe(0);
  });
  it('a workflow that is no YAML ends with 0, and the checks that read it with -1', async () => {
    ensureBuilt();
    const folder = join(temporary.path, 'broken');
    writeFiles(folder, { [WORKFLOW]: 'on: push\njobs:\n  a: [\n' });
    const { code, stdout } = await assay([folder, '--format=json', '--checks=SAST,Token-Permissions']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { checks: { score: number }[] }).checks.map(({ score }) => score)).toEqual([
      -1, -1,
    ]);
  });
});
