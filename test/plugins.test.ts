/** The user's own checks and probes: what they can do, and that nothing they do harms anything else. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  defineCheck,
  definePlugin,
  defineProbe,
  derive,
  evaluate,
  evidenceNamed,
  no,
  type Plugin,
  perFile,
  probeNamed,
  scan,
  scanWithEvidence,
  scored,
  yes,
} from '../src/index.ts';
import { assay, ensureBuilt, temporaryFolder } from './support/command-line.ts';

const HEAD = `import { ask, definePlugin, defineProbe, defineCheck, derive, evidenceNamed, fromForge, perFile, probeNamed, yes, no, scored, CannotJudge } from 'assay';\n`;

/** A plugin's text: a probe over all text files and a check, with parts replaced. */
function pluginText(
  parts: { top?: string; visit?: string; run?: string; score?: string; end?: string } = {},
): string {
  return `${HEAD}${parts.top ?? ''}
const notes = perFile<string>({
  id: 'notes', version: 1, read: 'whole', paths: { extensions: ['txt'] },
  visit: (file) => { ${parts.visit ?? 'return [file.text().trim()];'} },
});
const hasNotes = defineProbe({
  id: 'hasNotes', lifecycle: 'stable', summary: 'Are there notes?', motivation: 'm', implementation: 'i',
  outcomes: { True: 't', False: 'f' }, remediation: { on: 'False', effort: 'Low', steps: ['Write notes.'] },
  forges: ['local'], needs: { notes },
  run: ({ notes }, view) => { ${parts.run ?? "return notes.length > 0 ? notes.map((one) => yes(one)) : [no('none')];"} },
});
const check = defineCheck({
  name: 'Notes', risk: 'High', tags: [], forges: ['local'], atCommit: true, onFolder: true,
  summary: 's', motivation: 'm', scoring: 's', remediation: [], probes: [hasNotes],
  score: (findings, view) => { ${parts.score ?? "return scored(findings[0].probe === hasNotes.id ? 7 : 0, 'notes', findings.map((finding) => ({ level: 'Info', text: finding.message, finding })));"} },
});
${parts.end ?? "export default definePlugin({ name: 'mine', checks: [check] });"}
`;
}

const project = temporaryFolder({ 'a.txt': 'first\n', 'b/b.txt': 'second\n', 'renovate.json': '{}' });
const shelf = temporaryFolder();
afterAll(() => {
  project[Symbol.dispose]();
  shelf[Symbol.dispose]();
});

/** A call that takes so long hangs, however busy the machine is. */
const HANGS = 60;
/** For calls that never end: the limit stops them, and all others take far less even on a busy machine. */
const ENDLESS = { pluginSeconds: 5 };

let written = 0;
function plugin(text: string, name = `p${++written}.ts`): string {
  const file = join(shelf.path, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const now = new Date('2026-03-01T00:00:00Z');
const scanMine = (file: string | Plugin, more: object = {}) =>
  scan(project.path, { plugins: [file], now, offline: true, pluginSeconds: HANGS, ...more });
const mine = (result: Awaited<ReturnType<typeof scan>>) =>
  result.checks.find((one) => one.plugin !== undefined);

describe('a plugin', () => {
  it('adds its checks and probes under its name, and leaves everything else alone', async () => {
    const file = plugin(pluginText());
    const [without, with_] = [await scan(project.path, { now, offline: true }), await scanMine(file)];
    expect(mine(with_)).toMatchObject({
      name: 'mine/Notes',
      plugin: 'mine',
      score: 7,
      adjusted: { score: 7 },
      details: [
        { text: 'first', finding: { probe: 'mine/hasNotes', outcome: 'True' } },
        { text: 'second', finding: { probe: 'mine/hasNotes', outcome: 'True' } },
      ],
    });
    expect(with_.plugins).toEqual([
      { name: 'mine', source: file, checks: ['mine/Notes'], probes: ['mine/hasNotes'] },
    ]);
    const { plugins: _, ...rest } = with_;
    expect({
      ...rest,
      checks: rest.checks.filter((one) => one.plugin === undefined),
      probes: rest.probes.filter((one) => !one.probe.includes('/')),
    }).toEqual(without);
  });

  it('weighs in the totals only when counted', async () => {
    const file = plugin(pluginText());
    const checks = ['Dependency-Update-Tool', 'mine/notes'];
    expect((await scanMine(file, { checks })).score).toBe(10);
    // Weights: 7.5 each.
    expect((await scanMine(file, { checks, counted: ['mine/Notes'] })).score).toBe(8.5);
  });

  it('takes its own and built-in evidence, probes, improvements and dates', async () => {
    const top = `const both = derive({ id: 'both', version: 1, needs: { tools: evidenceNamed('updateToolFiles') },
      derive: ({ tools }) => ({ tools: tools.length }) });
    const counted = defineProbe({ id: 'counted', lifecycle: 'stable', summary: '', motivation: '', implementation: '',
      outcomes: { True: '' }, remediation: { on: 'False', effort: 'Low', steps: [] }, forges: ['local'], needs: { both },
      improvements: { louder: { what: 'w', why: 'w' } },
      run: ({ both }, { adopts, now }) => [yes(both.tools + (adopts('louder') ? '!' : '') + now.toISOString().slice(0, 4))] });`;
    const end = `export default definePlugin({ name: 'mine', probes: [counted], checks: [defineCheck({ ...check,
      probes: [hasNotes, probeNamed('dependencyUpdateToolConfigured')],
      score: (findings) => scored(findings.length, findings.map((one) => one.probe).join()) })] });`;
    const result = await scanMine(plugin(pluginText({ top, end })));
    expect(mine(result)?.reason).toBe('hasNotes,hasNotes,dependencyUpdateToolConfigured');
    expect(result.probes.find((one) => one.probe === 'mine/counted')).toMatchObject({
      reference: [{ message: '12026' }],
      adjusted: [{ message: '1!2026' }],
    });
  });

  it('can ask questions through doors', async () => {
    const top = `const fuzz = ask({ id: 'fuzz', version: 1, needs: {}, ask: async (_, doors, at) => [await doors.ossFuzz(), at.commit] });
    const asked = defineProbe({ id: 'asked', lifecycle: 'stable', summary: '', motivation: '', implementation: '',
      outcomes: { True: '' }, remediation: { on: 'False', effort: 'Low', steps: [] }, forges: ['local'], needs: { fuzz },
      run: ({ fuzz }) => [yes(JSON.stringify(fuzz))] });`;
    const end = `export default definePlugin({ name: 'mine', probes: [asked] });`;
    const result = await scanMine(plugin(pluginText({ top, end })), { probes: ['mine/asked'] });
    expect(result.probes[0]!.reference[0]!.message).toMatch(/offline.*"unknown"\]$/);
  });

  it('comes again from stored evidence, or is left out and told', async () => {
    const file = plugin(pluginText());
    const first = await scanWithEvidence(project.path, { plugins: [file], now, offline: true });
    expect(await evaluate(first.evidence, { plugins: [file] })).toEqual(first.result);
    const alone = await evaluate(first.evidence);
    expect(alone.skipped).toContainEqual({
      name: 'mine/Notes',
      why: 'its plugin is not loaded; see --plugin',
    });
    expect(alone.score).toBe(first.result.score);
  });

  it('may be a package, plain JavaScript or an object', async () => {
    const text = pluginText({ end: 'export default definePlugin({ checks: [check] });' });
    const javaScript = text.replace('perFile<string>', 'perFile');
    const named = await scanMine(plugin(javaScript, 'house-Rules.mjs'));
    expect(mine(named)?.name).toBe('house-rules/Notes');
    const folder = join(shelf.path, 'node_modules/assay-notes');
    plugin(javaScript, 'node_modules/assay-notes/main.js');
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'assay-notes', type: 'module', exports: { import: './main.js' } }),
    );
    const { stdout } = await assay([project.path, '--plugin=assay-notes', '--format=assay'], {
      cwd: shelf.path,
    });
    expect(JSON.parse(stdout)).toMatchObject({ plugins: [{ name: 'assay-notes', source: 'assay-notes' }] });
    expect(mine(await scanMine(objectPlugin()))).toMatchObject({ name: 'plain/Notes', score: 3 });
  });
});

function objectPlugin(visit: () => string[] = () => ['x'], score = () => 3): Plugin {
  const files = perFile<string>({ id: 'files', version: 1, read: 'name', paths: { every: true }, visit });
  const few = derive({
    id: 'few',
    version: 1,
    needs: { files, tools: evidenceNamed('updateToolFiles') },
    derive: ({ files }) => files.length,
  });
  const hasFiles = defineProbe({
    id: 'hasFiles',
    lifecycle: 'stable',
    summary: '',
    motivation: '',
    implementation: '',
    outcomes: { True: '', False: '' },
    remediation: { on: 'False', effort: 'Low', steps: [] },
    forges: ['local'],
    needs: { few },
    run: ({ few }) => [few > 0 ? yes('some') : no('none')],
  });
  const check = defineCheck({
    name: 'Notes',
    risk: 'Low',
    tags: [],
    forges: ['local'],
    atCommit: true,
    onFolder: true,
    summary: '',
    motivation: '',
    scoring: '',
    remediation: [],
    probes: [hasFiles, probeNamed('hasLicenseFile')],
    score: () => scored(score(), 'fine'),
  });
  return definePlugin({ name: 'plain', checks: [check] });
}

const pattern = (text: string | RegExp): RegExp =>
  text instanceof RegExp ? text : new RegExp(text.replace(/[()?.*[\]{}]/g, '\\$&'));

const LOOP = 'for (;;) {}';

describe('what a plugin does wrong is told and harms nothing else', () => {
  let plain: Awaited<ReturnType<typeof scan>>;
  beforeAll(async () => {
    plain = await scan(project.path, { now, offline: true });
  });
  const others = (result: typeof plain) => result.checks.filter((one) => one.plugin === undefined);

  it.each([
    ['a loop in a visit', { visit: LOOP }, 'notes was stopped: no answer within 5 s'],
    ['a loop in a probe', { run: LOOP }, 'hasNotes was stopped: no answer within 5 s'],
    ['a loop in a score', { score: LOOP }, 'Notes was stopped: no answer within 5 s'],
    [
      'a slow pattern',
      { visit: "return [String(/^(a+)+$/.test('a'.repeat(60) + 'b'))];" },
      'notes was stopped',
    ],
  ])('%s', async (_, parts, reason) => {
    const result = await scanMine(plugin(pluginText(parts)), ENDLESS);
    expect(others(result)).toEqual(plain.checks);
    expect(mine(result)).toMatchObject({ score: -1, error: expect.stringMatching(pattern(reason)) });
  });

  it.each([
    ['a crash in a probe', { run: 'return notes.missing.length;' }, /^TypeError: .*\(p\d+\.ts:\d+\)$/],
    ['a crash in a score', { score: "throw 'words';" }, 'it threw words'],
    ['a refusal', { run: "throw new CannotJudge('not here');" }, /^not here$/],
    ['findings that are none', { run: "return 'yes';" }, 'run() must return a list of findings, not "yes"'],
    [
      'an outcome that is none',
      { run: "return [{ outcome: 'Yes', message: '' }];" },
      'run() returned finding 1 with the outcome "Yes"',
    ],
    ['a score that is none', { score: "return scored(11, '');" }, 'score() returned the score 11'],
    ['items that are no data', { visit: 'return [() => 1];' }, undefined],
    [
      'what throws again when it is read',
      { run: 'throw new Proxy({}, { get() { throw 1; } });' },
      'it threw what cannot be read',
    ],
    [
      'a promise that fails',
      { run: "return Promise.reject(new Error('late'));" },
      'run() must return a list of findings, not an object',
    ],
    ['an end of the process', { run: 'process.exit(0);' }, 'process.exit() is not for plugins'],
  ])('%s', async (_, parts, reason) => {
    const result = await scanMine(plugin(pluginText(parts)));
    expect(others(result)).toEqual(plain.checks);
    if (reason === undefined) {
      expect(result.notices).toContainEqual(
        expect.objectContaining({ path: 'a.txt', message: expect.stringContaining('no plain data') }),
      );
      return;
    }
    expect(mine(result)).toMatchObject({ score: -1, error: expect.stringMatching(pattern(reason)) });
  });

  it('a crash on one file: a notice that names it', async () => {
    const visit = "if (file.path === 'a.txt') throw new RangeError('odd'); return [file.path];";
    const result = await scanMine(plugin(pluginText({ visit })));
    expect(mine(result)).toMatchObject({ score: 7, details: [{ text: 'b/b.txt' }] });
    expect(result.notices).toContainEqual({
      code: 'file-not-understood',
      message: expect.stringMatching(/^mine\/notes: RangeError: odd \(p\d+\.ts:\d+\)$/),
      path: 'a.txt',
    });
  });

  it('a loop in one unit leaves the plugin’s others', async () => {
    const top = `const fine = defineProbe({ id: 'fine', lifecycle: 'stable', summary: '', motivation: '', implementation: '',
      outcomes: { True: '' }, remediation: { on: 'False', effort: 'Low', steps: [] }, forges: ['local'], needs: {},
      run: () => [yes('fine')] });`;
    const end = `export default definePlugin({ name: 'mine', checks: [check], probes: [fine] });`;
    const result = await scanMine(plugin(pluginText({ top, end, run: LOOP })), ENDLESS);
    expect(mine(result)?.score).toBe(-1);
    expect(result.probes.find((one) => one.probe === 'mine/fine')?.reference).toMatchObject([
      { message: 'fine' },
    ]);
    expect(result.plugins![0]!.failed).toBe('hasNotes was stopped: no answer within 5 s');
    expect(result.notices.map((one) => one.code)).toContain('plugin-failed');
  });

  it.each([
    ['a question without an end', 'ask: async () => { await new Promise(() => {}); }'],
    ['a question that turns in circles', 'ask: async () => { for (;;) await null; }'],
  ])('%s', async (_, ask) => {
    const top = `const slow = ask({ id: 'slow', version: 1, needs: {}, ${ask} });`;
    const end = `export default definePlugin({ name: 'mine', checks: [defineCheck({ ...check, probes: [defineProbe({ ...hasNotes, needs: { slow } })] })] });`;
    const result = await scanMine(plugin(pluginText({ top, end })), ENDLESS);
    expect(mine(result)).toMatchObject({ score: -1 });
    expect(others(result)).toEqual(plain.checks);
  });

  it('memory without end ends its thread only', async () => {
    const run = 'const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()));';
    const result = await scanMine(plugin(pluginText({ run })), ENDLESS);
    expect(mine(result)).toMatchObject({ score: -1 });
    expect(others(result)).toEqual(plain.checks);
  });

  it('changed built-in objects are its own copies', async () => {
    const top = "Array.prototype.map = () => ['spoilt']; String.prototype.startsWith = () => false;";
    const result = await scanMine(plugin(pluginText({ top, run: 'return [yes("x")];' })));
    expect(others(result)).toEqual(plain.checks);
  });

  it('errors outside of any call are told', async () => {
    const top = "setTimeout(() => { throw new Error('later'); }, 0); Promise.reject(new Error('unheard'));";
    const result = await scanMine(plugin(pluginText({ top })));
    expect(mine(result)?.score).toBe(7);
    expect(others(result)).toEqual(plain.checks);
  });

  it.each([
    ['no default export', 'export const x = 1;', 'it has no default export'],
    ['a number', 'export default 3;', 'the default export must be an object, not 3'],
    [
      'a key too many',
      'export default { check: [] };',
      'the plugin has an unknown key check (one of name, checks',
    ],
    ['nothing in it', "export default { name: 'empty' };", 'it has neither checks nor probes'],
    ['a name with a slash', "export default { name: 'a/b', checks: [] };", 'not "a/b"'],
    ['a crash at loading', 'export default null.x;', /TypeError: .*\(p\d+\.ts:1\)/],
    ['text that is no program', 'export default {', /SyntaxError|p\d+\.ts/],
    ['an enum', 'enum A { B }\nexport default A;', /enum is not supported/],
    ['an import that is not there', "import './nothing.ts';", /Cannot find module/],
    ['a name Assay does not have', "import { perFle } from 'assay';", /perFle/],
    [
      'evidence Assay does not have',
      `${HEAD}export default evidenceNamed('workflow');`,
      'Assay has no evidence workflow (did you mean workflows?)',
    ],
    ['a loop at loading', 'for (;;) {}', 'it was not loaded within 5 s'],
    ['a wait at loading', 'await new Promise(() => {});', 'it was not loaded within 5 s'],
    [
      'a check without score',
      pluginText({ end: 'export default definePlugin({ checks: [{ ...check, score: undefined }] });' }),
      'check 1 (Notes): score must be a function, not undefined',
    ],
    [
      'a risk that is none',
      pluginText({ end: "export default definePlugin({ checks: [{ ...check, risk: 'high' }] });" }),
      'check 1 (Notes): risk must be one of Critical, High, Medium, Low, not "high"',
    ],
    [
      'a probe without run',
      pluginText({ end: 'export default definePlugin({ probes: [{ ...hasNotes, run: 1 }] });' }),
      'probe 1 (hasNotes): run must be a function, not 1',
    ],
    [
      'evidence that is none',
      pluginText({ end: 'export default definePlugin({ probes: [{ ...hasNotes, needs: { x: {} } }] });' }),
      'probe 1 (hasNotes): needs.x: id must be of letters',
    ],
    [
      'paths that name nothing',
      pluginText({
        end: 'export default definePlugin({ probes: [{ ...hasNotes, needs: { x: { ...notes, paths: {} } } }] });',
      }),
      'paths must name folders, names or extensions',
    ],
    ...(
      [
        ['extensions', '.md', 'paths.extensions: write "md", not ".md"'],
        ['names', 'README.md', 'paths.names: write "readme.md", not "README.md"'],
      ] as const
    ).map(([key, word, reason]): [string, string, string] => [
      `${key} that fit no file`,
      pluginText({
        end: `export default definePlugin({ probes: [{ ...hasNotes, needs: { x: { ...notes, paths: { ${key}: ['${word}'] } } } }] });`,
      }),
      reason,
    ]),
    [
      'two checks of a name',
      pluginText({ end: 'export default definePlugin({ checks: [check, check] });' }),
      'two checks are called notes',
    ],
  ])('shape: %s', async (_, text, reason) => {
    const file = plugin(text);
    const result = await scanMine(file, String(reason).includes('within 5 s') ? ENDLESS : {});
    expect(result.checks).toEqual(plain.checks);
    expect(result.plugins).toMatchObject([
      {
        source: file,
        failed: expect.stringMatching(pattern(reason)),
      },
    ]);
    expect(result.plugins![0]!.failed).not.toContain('\n');
  });

  it('messages on the channel that are none', async () => {
    const top =
      "import { parentPort } from 'node:worker_threads';\nconst told = [null, 1, {}, { stray: null }, { asked: 1 }, { door: 1, question: 1 }];\n";
    const result = await scanMine(
      plugin(
        pluginText({ top, run: 'for (const one of told) parentPort.postMessage(one); return [yes("x")];' }),
      ),
    );
    expect(mine(result)).toMatchObject({ score: 7 });
    expect(others(result)).toEqual(plain.checks);
  });

  it('objects: a promise that fails ends nobody’s process', async () => {
    const lost: unknown[] = [];
    const note = (reason: unknown) => void lost.push(reason);
    process.on('unhandledRejection', note);
    const late = (async () => {
      throw new Error('late');
    }) as never;
    const result = await scanMine(objectPlugin(late));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(others(result)).toEqual(plain.checks);
    expect(lost).toEqual([]);
  });

  it('two plugins of one name: the second is told', async () => {
    const [one, two] = [plugin(pluginText()), plugin(pluginText())];
    const result = await scan(project.path, { plugins: [one, two], now, offline: true });
    expect(result.plugins).toMatchObject([
      { checks: ['mine/Notes'] },
      { failed: expect.stringContaining('is called mine, too') },
    ]);
  });

  it('objects: crashes and loops without a pause', async () => {
    const loop = () => {
      for (;;);
    };
    const spinning = await scanMine(objectPlugin(undefined, loop), ENDLESS);
    expect(mine(spinning)).toMatchObject({ score: -1, error: 'Notes was stopped: no answer within 5 s' });
    expect(others(spinning)).toEqual(plain.checks);
  });
});

describe('--plugin', () => {
  beforeAll(ensureBuilt);

  it('shows its checks apart, prints nothing of its own on standard output', async () => {
    const file = plugin(
      pluginText({ visit: "console.log('hello'); process.stdout.write('raw'); return [file.path];" }),
    );
    const { code, stdout, stderr } = await assay([project.path, `--plugin=${file}`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Checks of plugins .*\n\nScore .*\n.*\n +7 +7 +mine\/Notes +notes$/m);
    expect(stdout).not.toMatch(/hello|raw/);
    expect(stderr).toBe('hello\nhello\n');
  });

  it.each(['json', 'probe', 'sarif', 'html', 'markdown'])('is in the format %s', async (format) => {
    const { code, stdout } = await assay([
      project.path,
      `--plugin=${plugin(pluginText())}`,
      `--format=${format}`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      format === 'probe' ? 'mine/hasNotes' : format === 'sarif' ? 'mine/Notes' : 'mine/Notes',
    );
  });

  it('ends with 2 when a plugin cannot be loaded, and writes the result all the same', async () => {
    const file = plugin('export default 1;');
    const { code, stdout, stderr } = await assay([project.path, `--plugin=${file}`]);
    expect([code, stderr]).toEqual([
      2,
      `assay: plugin ${file}: the default export must be an object, not 1\n`,
    ]);
    expect(stdout).toContain('Dependency-Update-Tool');
  });

  it('that cannot be loaded costs the checks named beside its own nothing', async () => {
    const file = plugin('throw new Error("boom");');
    const words = [project.path, `--plugin=${file}`, '--offline'];
    const beside = await assay([...words, '--checks=Dependency-Update-Tool,mine/Notes']);
    expect([beside.code, beside.stderr]).toEqual([2, expect.stringContaining('boom')]);
    expect(beside.stdout).toMatch(/ +10 +10 +Dependency-Update-Tool/);
    expect(beside.stdout).toContain('mine/Notes (its plugin could not be loaded)');
    for (const last of ['--checks=mine/Notes', '--fail-below=mine/Notes=5', '--probes=mine/hasNotes']) {
      const alone = await assay([...words, last]);
      expect([alone.code, alone.stderr, alone.stdout]).toEqual([2, expect.stringContaining('boom'), '']);
    }
  });

  it('is a module also where package.json says commonjs', async () => {
    using folder = temporaryFolder({
      'package.json': '{"type":"commonjs"}',
      'rules.ts': pluginText({
        top: "import { seven } from './seven.ts';",
        score: "return scored(seven, 's');",
      }),
      'seven.ts': 'export const seven: number = 7;',
    });
    const result = await scanMine(join(folder.path, 'rules.ts'));
    expect(mine(result)).toMatchObject({ score: 7 });
  });

  it.each([
    [['--plugin=./nothing.ts'], 2, 'plugin ./nothing.ts: there is no such file'],
    [['--plugin=no-such-package'], 2, 'plugin no-such-package: there is no package of this name'],
    [['--checks=mine/Notes'], 2, 'there is no check mine/Notes (name its plugin with --plugin)'],
  ])('%s', async (words, wanted, message) => {
    const { code, stderr } = await assay([project.path, ...words], { cwd: shelf.path });
    expect([code, stderr.split('\n').length]).toEqual([wanted, 2]);
    expect(stderr).toContain(message);
  });

  it('is gated and counted by a policy', async () => {
    const file = plugin(pluginText());
    const policy = plugin(
      'version: 1\npolicies:\n  Dependency-Update-Tool: {mode: disabled}\n  mine/Notes: {mode: enforced, score: 8, count: true}\n',
      'policy.yml',
    );
    const words = [project.path, `--plugin=${file}`, `--policy=${policy}`, '--format=json'];
    const { code, stdout, stderr } = await assay(words);
    expect([code, JSON.parse(stdout).score]).toEqual([4, 8.5]);
    expect(stderr).toContain('mine/Notes is 7, 8 is demanded');
  });

  it('is never taken from a scanned repository', async () => {
    const text = pluginText({ top: "console.error('ran'); " });
    using hostile = temporaryFolder({
      '.assay.yml': 'plugins: [./evil.ts]\nplugin: ./evil.ts\n',
      'package.json': '{"assay": {"plugins": ["./evil.ts"]}}',
      'evil.ts': text,
    });
    symlinkSync('evil.ts', join(hostile.path, 'assay.config.ts'));
    const { stderr, stdout } = await assay(['.', '--format=assay'], { cwd: hostile.path });
    expect(stderr).not.toContain('ran');
    expect(JSON.parse(stdout)).not.toHaveProperty('plugins');
  });
});

describe('assay plugin', () => {
  const cases = (score: number) =>
    `export default definePlugin({ name: 'mine', checks: [check], cases: {
      evidence: { notes: [{ name: 'text files', files: { 'x.txt': 'a', 'x.md': 'b' }, value: ['a'] }] },
      probes: { hasNotes: [{ name: 'none', evidence: { notes: [] }, findings: [{ outcome: 'False' }] }] },
      checks: { Notes: [{ name: 'some', findings: [{ probe: 'hasNotes' }], score: ${score} }] } } });`;
  it('lists units and runs their cases', async () => {
    const { code, stdout } = await assay(['plugin', plugin(pluginText({ end: cases(7) }))]);
    expect([code, stdout]).toEqual([
      0,
      'mine\n  check mine/Notes\n  probe mine/hasNotes\n3 of 3 cases hold\n',
    ]);
  });
  it('tells of a case that does not hold', async () => {
    const { code, stdout } = await assay(['plugin', plugin(pluginText({ end: cases(9) }))]);
    expect([code, stdout.split('\n').slice(3, 5)]).toEqual([
      4,
      ['wrong: check Notes: some: score: 7 instead of 9', '2 of 3 cases hold'],
    ]);
  });
});
