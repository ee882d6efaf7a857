/** The command line as users meet it: the built program, its output, its errors, its exit codes. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPTIONS } from '../src/config/options.ts';
import {
  assay,
  ensureBuilt,
  plainEnvironment,
  program,
  root,
  temporaryFolder,
} from './support/command-line.ts';
import { makeRepository } from './support/git.ts';

const project = temporaryFolder({
  '.github/dependabot.yml': 'version: 2\n',
  'README.md': '# A project\n',
  'scan/README.md': 'a folder called like a command\n',
  'good-policy.yml': 'version: 1\npolicies:\n  Dependency-Update-Tool: { mode: enforced, score: 10 }\n',
  'harsh-policy.yml': 'version: 1\npolicies:\n  Binary-Artifacts: { mode: enforced, score: 10 }\n',
  'bad-policy.yml': 'version: 1\npolicies:\n  Licence: { mode: enforced, score: 10 }\n',
  'twice-policy.yml': 'version: 1\nversion: 1\n',
  'wide-policy.yml':
    'version: 1\npolicies:\n  Code-Review: { mode: enforced, score: 5 }\n  Maintained: { mode: disabled, score: 5 }\n' +
    '  Fuzzing: { mode: enforced, score: 4 }\n  Dependency-Update-Tool: { mode: enforced, score: 1 }\n',
});
const bare = temporaryFolder({ 'README.md': '# Nothing\n' });
const dir = project.path;
const update = 'Dependency-Update-Tool';

beforeAll(ensureBuilt, 120_000);
afterAll(() => {
  project[Symbol.dispose]();
  bare[Symbol.dispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: outputs are held against what the test wants of them
const json = (text: string): any => JSON.parse(text);

describe('results', () => {
  it.each([
    ['--local=DIR', [`--local=${dir}`]],
    ['--local DIR', ['--local', dir]],
    ['a folder as a word', [dir]],
    ['an address of a folder', [pathToFileURL(dir).href]],
    ['--repo with an address of a folder', [`--repo=${pathToFileURL(dir).href}`]],
    ['--local with an address of a folder', [`--local=${pathToFileURL(dir).href}`]],
    ['the scan command', ['scan', dir]],
    ['a folder that looks like owner/name', ['./scan']],
    ['options before the folder', ['--show-details', dir]],
  ])('come from %s', async (_, words) => {
    const { code, stdout, stderr } = await assay([...words, '--format=json', `--checks=${update}`], {
      cwd: dir,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(json(stdout).checks).toHaveLength(1);
  });

  it.each([
    ['HEAD is the default: the files as they are', '--commit=HEAD', false],
    ['so it is in small letters', '--commit=head', false],
    ['@ is the newest commit', '--commit=@', true],
    ['and so is its branch', '--commit=main', true],
  ])('of a folder with changes: %s', async (_, option, hasLicense) => {
    using folder = temporaryFolder();
    makeRepository(folder.path, { LICENSE: 'Apache License\nVersion 2.0\n' });
    rmSync(join(folder.path, 'LICENSE'));
    const { stdout } = await assay([folder.path, option, '--checks=License', '--format=json']);
    expect(json(stdout).checks[0].score > 0).toBe(hasLicense);
  });

  it('are one line of JSON v2 with keys in the reference order', async () => {
    const { stdout } = await assay([dir, '--format', 'json', '--metadata=a<b,c', '--show-details']);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(stdout).toContain('"metadata":["a\\u003cb","c"]');
    const result = json(stdout);
    expect(Object.keys(result)).toEqual(['date', 'repo', 'scorecard', 'score', 'checks', 'metadata']);
    expect(Object.keys(result.checks[0]!)).toEqual(['details', 'score', 'reason', 'name', 'documentation']);
    expect(stdout).toMatch(/"score":\d+\.\d,/);
    expect(result.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('carry the local offset in their date', async () => {
    const { stdout } = await assay([dir, '--format=json'], { env: { TZ: 'Asia/Kolkata' } });
    expect(json(stdout).date).toMatch(/T\d\d:\d\d:\d\d\+05:30$/);
  });

  it('take check names in any letter case, in lists and repeated, sorted by name', async () => {
    const { stdout } = await assay([
      dir,
      '--format=json',
      '--checks=dependency-update-TOOL',
      '--checks',
      'binary-artifacts,',
    ]);
    const names = (json(stdout).checks as { name: string }[]).map((check) => check.name);
    expect(names).toEqual(['Binary-Artifacts', update]);
  });

  it('show findings of probes in every format', async () => {
    const id = 'dependencyUpdateToolConfigured';
    for (const format of ['default', 'json', 'probe', 'assay']) {
      const { code, stdout } = await assay([dir, `--probes=${id}`, `--format=${format}`]);
      expect(code).toBe(0);
      expect(stdout, format).toContain(id);
    }
  });

  it('go to a file with --output, and to several with --format=ID:FILE', async () => {
    using folder = temporaryFolder();
    const file = (name: string) => join(folder.path, name);
    const one = await assay([dir, '--format=json', '-o', file('one.json')]);
    expect([one.code, one.stdout]).toEqual([0, '']);
    expect(json(readFileSync(file('one.json'), 'utf8')).checks).toBeDefined();
    const many = await assay([
      dir,
      `--format=json:${file('a.json')}`,
      `--format=probe:${file('b.json')}`,
      '--format=default',
    ]);
    expect(many.stdout).toContain('Aggregate score:');
    expect(json(readFileSync(file('a.json'), 'utf8')).checks).toBeDefined();
    expect(json(readFileSync(file('b.json'), 'utf8')).findings).toBeDefined();
  });

  it('are judged again from stored evidence, equal to the byte', async () => {
    using folder = temporaryFolder();
    const evidence = join(folder.path, 'evidence.json');
    const first = await assay([
      dir,
      '--format=assay',
      `--evidence=${evidence}`,
      '--metadata=x',
      `--checks=${update}`,
    ]);
    const again = await assay(['evaluate', evidence, '--format=assay']);
    expect(again).toEqual(first);
    expect(first.code).toBe(0);
  });

  it('say what was skipped, and why', async () => {
    const { stdout } = await assay([dir, '--format=assay']);
    for (const { why } of json(stdout).skipped as { why: string }[]) expect(why).not.toBe('');
  });

  it('tell what they cost with --stats', async () => {
    const { stderr, stdout } = await assay([dir, '--stats', '--format=assay']);
    expect(stderr).toMatch(/files seen +\d+/);
    expect((json(stdout).stats as { filesSeen: number }).filesSeen).toBeGreaterThan(3);
  });

  it('hold Debug details back until --verbosity=debug', async () => {
    const words = [dir, '--format=json', '--show-details'];
    const [usual, debug] = await Promise.all([assay(words), assay([...words, '--verbosity=debug'])]);
    expect(usual.stdout).not.toContain('"Debug: ');
    expect(debug.stdout.length).toBeGreaterThanOrEqual(usual.stdout.length);
  });
});

describe('the table', () => {
  it('fits 80 columns when the terminal has them, and is plain in a pipe', async () => {
    const { stdout } = await assay([dir, '--show-details']);
    expect(stdout).not.toContain('\x1b');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
  it.each([
    ['--color=always', {}, true],
    ['--color=auto', { FORCE_COLOR: '1' }, true],
    ['--color=auto', { FORCE_COLOR: '0' }, false],
    ['--color=auto', { NO_COLOR: '1' }, false],
    ['--color=never', { FORCE_COLOR: '1' }, false],
  ])('with %s and %j has colour: %s', async (option, env, colored) => {
    const { stdout } = await assay([dir, option], { env });
    expect(stdout.includes('\x1b[')).toBe(colored);
  });
});

describe('texts', () => {
  it.each([
    ['--version', ['--version']],
    ['-V', ['-V']],
    ['version', ['version']],
    ['--version after a target', [dir, '--version']],
  ])('%s tells version and commit', async (_, words) => {
    const { code, stdout } = await assay(words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^assay \d+\.\d+\.\d+ \([0-9a-f]{40}|unknown\)\n$/);
  });

  it('--help names every option that works, every check and format, within 80 columns', async () => {
    const { code, stdout } = await assay(['--help']);
    expect(code).toBe(0);
    // Taken by `doctor` alone, and told there.
    const others = ['json'];
    for (const name of Object.keys(OPTIONS))
      expect(stdout.includes(`  --${name}`) || stdout.includes(`, --${name}`), name).toBe(
        !others.includes(name),
      );
    expect(stdout).toContain(update);
    expect(stdout).toMatch(/ 4 when\s+absent\./);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it.each([
    ['help checks', ['help', 'checks'], update],
    ['help probes', ['help', 'probes'], 'dependencyUpdateToolConfigured'],
    ['doctor --help', ['doctor', '--help'], '--json'],
    ['help evaluate', ['help', 'evaluate'], 'Usage: assay evaluate FILE'],
    ['evaluate --help', ['evaluate', '--help'], 'Usage: assay evaluate FILE'],
    ['completion bash', ['completion', 'bash'], '--show-details'],
    ['completion zsh', ['completion', 'zsh'], '--show-details'],
    ['completion fish', ['completion', 'fish'], 'show-details'],
    ['completion powershell', ['completion', 'powershell'], '--show-details'],
  ])('%s', async (_, words, expected) => {
    const { code, stdout } = await assay(words);
    expect(code).toBe(0);
    expect(stdout).toContain(expected);
    if (!words.includes('completion'))
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

describe('errors are one line, with the way out', () => {
  const missing = join(dir, 'not-there');
  it.each<[string, readonly string[], number, RegExp]>([
    ['unknown option', [dir, '--chekcs=License'], 2, /unknown option --chekcs \(did you mean --checks\?\)/],
    ['unknown short option', [dir, '-x'], 2, /unknown option -x/],
    ['missing value', [dir, '--checks'], 2, /--checks needs a value/],
    ['an option instead of a value', [dir, '--checks', '--format=json'], 2, /--checks needs a value/],
    ['empty value', [dir, '--output='], 2, /--output must not be empty/],
    ['value for a switch', [dir, '--show-details=maybe'], 2, /--show-details is a switch/],
    ['unknown choice', [dir, '--verbosity=loud'], 2, /--verbosity cannot be loud.*info/],
    ['mistyped choice', [dir, '--verbosity=degub'], 2, /did you mean debug\?/],
    ['unknown check', [dir, '--checks=Dependency-Update-Tol'], 2, /did you mean Dependency-Update-Tool\?/],
    ['unknown check, nothing near', [dir, '--checks=zzz'], 2, /there is no check zzz \(--help lists them\)/],
    [
      'unknown probe',
      [dir, '--probes=dependencyUpdateToolConfigred'],
      2,
      /did you mean dependencyUpdateToolConfigured\?/,
    ],
    ['checks and probes', [dir, `--checks=${update}`, '--probes=x'], 2, /either --checks or --probes/],
    ['unknown format', [dir, '--format=jsno'], 2, /did you mean json\?/],
    ['format without a file', [dir, '--format=json:'], 2, /names no file/],
    [
      'two formats in one place',
      [dir, '--format=json', '--format=probe'],
      2,
      /two formats would go to standard output/,
    ],
    ['--output without use', [dir, '--format=json:a', '--output=b'], 2, /--output has no use/],
    ['output in no folder', [dir, '-o', join(missing, 'x')], 2, /cannot be written \(ENOENT\)/],
    ['evidence in no folder', [dir, `--evidence=${join(missing, 'x')}`], 2, /cannot be written \(ENOENT\)/],
    ['two lists on standard input', ['--repos=-,-'], 2, /one list/],
    ['two targets in one page', [dir, '--local=.', '--format=html'], 2, /\{name\}/],
    ['no job at all', [dir, '--local=.', '--jobs=0'], 2, /--jobs/],
    ['a negative wait', [dir, '--max-wait=-1'], 2, /--max-wait must be 0 or more/],
    ['no target', ['--format=json'], 2, /nothing to look at/],
    ['no words at all', [], 2, /nothing to look at/],
    ['no folder', [missing], 3, /there is no folder/],
    ['no folder by address', [pathToFileURL(missing).href], 3, /there is no folder/],
    ['an address of another machine', ['file://elsewhere/etc'], 2, /names no path on this machine/],
    ['an address with a hidden slash', ['file:///a%2fb'], 2, /names no path on this machine/],
    ['an address with a NUL', ['file:///a%00b'], 3, /cannot be read|there is no folder/],
    ['a transport that runs a program', ['ext::sh -c id'], 3, /there is no folder/],
    ['such a transport by option', ['--repo=ext::sh -c id'], 2, /"ext" is not used/],
    ['no folder by option', [`--local=${missing}`], 3, /there is no folder/],
    ['a file as folder', [join(dir, 'README.md')], 3, /the file is no \.tar/],
    ['bad threshold', [dir, '--fail-below=many'], 2, /is no score/],
    ['threshold beyond 10', [dir, '--fail-below=11'], 2, /is no score/],
    ['threshold of an unknown check', [dir, '--fail-below=Licens=3'], 2, /there is no check Licens/],
    ['no policy', [dir, '--policy=none.yml'], 2, /policy none.yml cannot be read/],
    [
      'unknown check in a policy',
      [dir, `--policy=${join(dir, 'bad-policy.yml')}`],
      2,
      /there is no check Licence/,
    ],
    ['key twice in a policy', [dir, `--policy=${join(dir, 'twice-policy.yml')}`], 2, /twice-policy.yml:2: /],
    ['evaluate without a file', ['evaluate'], 2, /evaluate takes one file/],
    ['evaluate nothing', ['evaluate', missing], 2, /cannot be read \(ENOENT\)/],
    ['evaluate something else', ['evaluate', join(root, 'package.json')], 2, /no stored evidence/],
    ['evaluate no JSON', ['evaluate', join(dir, 'README.md')], 2, /is no JSON/],
    [
      'an option of another command',
      ['evaluate', 'x', '--local=.'],
      2,
      /--local has no meaning for this command/,
    ],
    ['help on nothing', ['help', 'scna'], 2, /there is no help on scna/],
    ['no such shell', ['completion', 'tcsh'], 2, /bash, zsh, fish or powershell/],
  ])('%s', async (_, words, code, line) => {
    const outcome = await assay(words);
    expect(outcome.stderr).toMatch(line);
    expect(outcome.stderr).toMatch(/^assay: /);
    if (words.length > 0) expect(outcome.stderr.trimEnd()).not.toContain('\n');
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
  });
});

describe('gates', () => {
  it.each<[string, readonly string[], number]>([
    ['a total that is met', ['--fail-below=0'], 0],
    ['a check that is met', [`--fail-below=${update}=10`], 0],
    ['an adjusted total that is met', ['--fail-below=adjusted=0'], 0],
    ['a policy that is met', [`--policy=${join(dir, 'good-policy.yml')}`], 0],
  ])('%s', async (_, words, code) => {
    expect((await assay([dir, ...words])).code).toBe(code);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a total', [`--checks=${update}`, '--fail-below', '0.1'], /the total is 0.0, 0.1 is demanded/],
    ['a check', [`--fail-below=${update.toLowerCase()}=1`], /Dependency-Update-Tool is 0, 1 is demanded/],
    ['a policy', [`--policy=${join(dir, 'good-policy.yml')}`], /Dependency-Update-Tool is 0, 10 is demanded/],
  ])('%s that is not met ends with 4 and a result', async (_, words, line) => {
    const { code, stdout, stderr } = await assay([bare.path, '--format=json', ...words]);
    expect(code).toBe(4);
    expect(stderr).toMatch(line);
    expect(json(stdout).checks).toBeDefined();
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'a check that a folder cannot have',
      ['--fail-below=code-review=5'],
      /^assay: \S+: Code-Review could not be judged \(a folder cannot tell[^)]*\), 5 is demanded\n$/,
    ],
    [
      'a check without what it needs',
      ['--fail-below=Fuzzing=5'],
      /^assay: \S+: Fuzzing could not be judged \(.*offline.*\), 5 is demanded\n$/,
    ],
  ])('a threshold for %s is not met, and the line says why', async (_, words, line) => {
    const { code, stdout, stderr } = await assay([dir, '--format=json', ...words]);
    expect(code).toBe(4);
    expect(stderr).toMatch(line);
    expect(json(stdout).checks).toBeDefined();
  });

  it('what a policy demands and nobody could judge is no failure, as in the reference, but told', async () => {
    const words = [dir, '--format=json', `--policy=${join(dir, 'wide-policy.yml')}`];
    const { code, stdout, stderr } = await assay(words);
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^assay: \S+: the policy demands what could not be judged, which is no failure: Code-Review \(.+\); Fuzzing \(.+\); --fail-below=Code-Review=5,Fuzzing=4 makes it one$/,
      ),
    ]);
    expect(json(stdout).checks).toHaveLength(2);
  });

  it('a policy chooses the checks', async () => {
    const { stdout } = await assay([dir, '--format=json', `--policy=${join(dir, 'good-policy.yml')}`]);
    expect((json(stdout).checks as { name: string }[]).map((check) => check.name)).toEqual([update]);
  });

  it('a threshold for a check that did not run is a mistake', async () => {
    const { code, stderr } = await assay([dir, `--checks=${update}`, '--fail-below=Binary-Artifacts=3']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did not run')]);
  });
});

describe('the process', () => {
  it('stands a reader that goes away', () => {
    const { status, stderr } = spawnSync('sh', [
      '-c',
      `"$0" "$1" "$2" --format=assay | head -c 1 >/dev/null`,
      process.execPath,
      program,
      dir,
    ]);
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it('ends by SIGINT', async () => {
    using folder = temporaryFolder();
    for (let index = 0; index < 3000; index++)
      writeFileSync(join(folder.path, `${index}.txt`), 'text\n'.repeat(200));
    const child = spawn(process.execPath, [program, folder.path], {
      stdio: 'ignore',
      env: plainEnvironment(),
    });
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
    setTimeout(() => child.kill('SIGINT'), 60);
    expect(['SIGINT', 130]).toContain(await ended);
  });

  it('reaches for the network by the bundled client', async () => {
    using folder = temporaryFolder();
    const env = { ASSAY_OFFLINE: '', HTTPS_PROXY: 'http://127.0.0.1:9', XDG_CACHE_HOME: folder.path };
    const { code, stderr } = await assay(['github.com/o/r', '--max-wait=0'], { env });
    expect(stderr).toMatch(/^assay: [^\n]*\n$/);
    expect(code).toBe(3);
  });

  it('keeps compiled code between runs, and makes it anew when a run compiles much more', async () => {
    using folder = temporaryFolder();
    const env = { XDG_CACHE_HOME: folder.path };
    const kept = () => readdirSync(join(folder.path, 'assay')).filter((name) => name.endsWith('.bin'));
    await assay([dir, '--checks=License', '--format=json'], { env });
    const [first, ...more] = kept();
    expect(more).toEqual([]);
    const file = join(folder.path, 'assay', first!);
    const small = readFileSync(file).length;
    const second = await assay([dir, '--format=json'], { env });
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect(readFileSync(file).length).toBeGreaterThan(small);
    writeFileSync(file, 'damaged');
    const third = await assay([dir, '--format=json'], { env });
    expect([third.code, third.stderr]).toEqual([0, '']);
    expect(readFileSync(file).length).toBeGreaterThan(small);
  });

  it('works without a cache folder, and without writing to standard output while building', async () => {
    const none = await assay([dir, '--format=json'], {
      env: { HOME: '/dev/null', XDG_CACHE_HOME: '/dev/null/x' },
    });
    expect([none.code, none.stderr]).toEqual([0, '']);
    // Where making a folder says that the one above is missing, Node's recursive way never ends.
    const nowhere = await assay([dir, '--format=json'], { env: { XDG_CACHE_HOME: '/proc/none/x' } });
    expect([nowhere.code, nowhere.stderr]).toEqual([0, '']);
    const started = spawnSync('npm', ['start', '--silent', '--', `--local=${dir}`, '--format=json'], {
      cwd: root,
      env: plainEnvironment(),
      shell: process.platform === 'win32',
    });
    expect(json(started.stdout.toString()).checks).toBeDefined();
  });

  it('is understood by old versions of Node as far as its version test', () => {
    const text = readFileSync(program, 'utf8');
    expect(text).not.toMatch(/\b(?:const|let|async|await)\b\s|=>|`|,\s*\)/);
  });
});
