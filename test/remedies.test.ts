/** Every finding says how to mend it, naming file and line; what it says to write is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probes } from '../probes/index.ts';
import { commandRemedy } from '../probes/pinsDependencies/remedies.ts';
import { type Finding, format, type ProbeCase, scan, stepsFor } from '../src/index.ts';
import { root, temporaryFolder } from './support/command-line.ts';

describe.each(probes.map((probe) => [probe.id, probe] as const))('remedies of %s', async (id, probe) => {
  const { cases } = (await import(join(root, `probes/${id}/cases.ts`))) as { cases: readonly ProbeCase[] };
  const flaws = (adopts: boolean): Finding[] =>
    cases.flatMap((one) => {
      try {
        const view = { adopts: () => adopts, now: new Date(one.now ?? '2026-01-01') };
        const drafts = probe.run(one.evidence as never, view);
        return drafts
          .map((draft) => ({ probe: id, ...draft }))
          .filter((f) => f.outcome === probe.remediation.on);
      } catch {
        return []; // cannot judge
      }
    });
  it('name the place', () => {
    const all = [...flaws(false), ...flaws(true)];
    expect(all.length).toBeGreaterThan(0);
    for (const flaw of all) {
      const text = flaw.remedy?.text ?? stepsFor({ ...flaw, remediated: true }, probe).join(' ');
      expect(text.length, flaw.message).toBeGreaterThan(10);
      const { path = '', type, lineStart = 0 } = flaw.location ?? {};
      // Addresses are told by the finding itself.
      if (type !== 'url') expect(text).toContain(path);
      if (type === 'source' && lineStart > 1) expect(text).toMatch(new RegExp(`\\b${lineStart}\\b`));
    }
  });
});

const LOCKS = {
  'package-lock.json': '{}',
  'yarn.lock': '',
  'pnpm-lock.yaml': '',
  'bun.lock': '',
  'deno.lock': '',
  'uv.lock': '',
  'poetry.lock': '',
  'Gemfile.lock': '',
  'composer.lock': '{}',
  'go.sum': '',
  'requirements.txt': 'a==1 --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000\n',
  'req/dev.txt': 'a==1 --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000\n',
};

async function flawsOf(script: string): Promise<readonly Finding[]> {
  using folder = temporaryFolder({ ...LOCKS, 'run.sh': `#!/bin/sh\n${script}\n` });
  const { probes: judged } = await scan(folder.path, { probes: ['pinsDependencies'], offline: true });
  return judged[0]!.adjusted.filter((finding) => finding.outcome === 'False');
}

/** Placeholders filled as a maintainer would. */
const filled = (text: string): string =>
  text
    .replaceAll('<full commit hash>', '0123456789abcdef0123456789abcdef01234567')
    .replaceAll('<version>', '1.2.3')
    .replaceAll('<sha256>', '0'.repeat(64));

describe('what is to be written instead of a command', () => {
  it.each([
    ['npm install left-pad', 'npm ci'],
    ['npm install -g left-pad@latest', 'npm ci'],
    ['npx cowsay@latest hello', 'npx --no-install cowsay'],
    ['yarn add left-pad', 'yarn install --immutable'],
    ['pnpm add left-pad', 'pnpm install --frozen-lockfile'],
    ['pnpm dlx npm-check-updates -u', 'pnpm exec npm-check-updates'],
    ['bun add left-pad', 'bun install --frozen-lockfile'],
    ['pip3 install --upgrade requests', 'pip install --require-hashes -r requirements.txt'],
    ['pip install foo -r req/dev.txt', 'pip install --require-hashes -r req/dev.txt'],
    ['pipx install black', 'pip install --require-hashes -r requirements.txt'],
    ['uvx ruff check', 'uv run --locked ruff'],
    ['uv pip install requests', 'uv pip install --require-hashes -r requirements.txt'],
    ['uv tool install ruff', 'uv run --locked ruff'],
    [
      'go install golang.org/x/tools/cmd/goimports@latest',
      'go install golang.org/x/tools/cmd/goimports@<full commit hash>',
    ],
    ['cargo install ripgrep', 'cargo install --locked ripgrep@<version>'],
    ['gem install rake', 'BUNDLE_FROZEN=true bundle install'],
    ['composer require foo/bar', 'composer install'],
    ['dotnet tool install -g dotnet-format', 'dotnet tool restore'],
    [
      'curl -sSL https://example.com/install.sh?x=1 | sudo -E bash -s -- -b bin',
      'curl -fsSLo install.sh https://example.com/install.sh?x=1\necho "<sha256>  install.sh" | sha256sum --check\nsudo -E bash install.sh -b bin',
    ],
    [
      'sudo bash -c "$(curl -fsSL https://example.com/i.sh)"',
      'curl -fsSLo i.sh https://example.com/i.sh\necho "<sha256>  i.sh" | sha256sum --check\nsudo bash i.sh',
    ],
    [
      'source <(curl -s https://example.com/y.sh)',
      'curl -fsSLo y.sh https://example.com/y.sh\necho "<sha256>  y.sh" | sha256sum --check\n. ./y.sh',
    ],
    ['uv pip install --system requests', 'uv pip install --system --require-hashes -r requirements.txt'],
    [
      'python3 -m pip install --user requests',
      'python3 -m pip install --user --require-hashes -r requirements.txt',
    ],
    [
      'wget -qO- "https://example.com/a?b&c=d" | sh',
      'curl -fsSLo a \'https://example.com/a?b&c=d\'\necho "<sha256>  a" | sha256sum --check\nsh a',
    ],
    [
      'sh -c "$(wget -qO- https://example.com/get)"',
      'curl -fsSLo get https://example.com/get\necho "<sha256>  get" | sha256sum --check\nsh get',
    ],
    [
      'curl -o- "https://example.com/$REF/install.sh" | METHOD=script bash',
      'curl -fsSLo install.sh "https://example.com/$REF/install.sh"\necho "<sha256>  install.sh" | sha256sum --check\nMETHOD=script bash install.sh',
    ],
    [
      'bash -c "$(curl -fsSL https://example.com/i.sh)"',
      'curl -fsSLo i.sh https://example.com/i.sh\necho "<sha256>  i.sh" | sha256sum --check\nbash i.sh',
    ],
  ])('%s', async (command, write) => {
    const [flaw] = await flawsOf(command);
    expect(flaw?.remedy?.text).toMatch(/^run\.sh:2: write/);
    const text = flaw!.remedy!.text.replace(/^run\.sh:2: write\s/, '');
    expect(text.startsWith(write)).toBe(true);
    expect(await flawsOf(filled(write))).toEqual([]);
  });

  it.each([
    ['curl -L https://example.com/a.tar.gz | tar xz -C /usr/bin', /^run\.sh:2: download to a file, compare/],
    ['brew install jq', /^run\.sh:2: download the release of one version/],
    ['choco install jq', /^run\.sh:2: download the release of one version/],
    ['curl -o $F $URL && sh $F', /^run\.sh:2: download to a file, compare its checksum/],
  ])('in words: %s', async (command, text) => {
    const [flaw] = await flawsOf(command);
    expect(flaw?.remedy?.text).toMatch(text);
  });

  it.each([
    [
      'npmCommand',
      'npm install -g doctoc@latest "urchin" --loglevel=error',
      'doctoc, urchin in package.json and ',
    ],
    ['npmCommand', 'npm install --prefix "$HOME/.nvm/"', ''],
    ['npmCommand', 'npm install && npm test', ''],
    ['yarnCommand', 'yarn add @types/node@1', '@types/node in package.json and '],
    ['pnpmCommand', 'pnpm add -D left-pad', 'left-pad in package.json and '],
    ['gemCommand', 'gem install rake --no-document', 'rake in Gemfile and '],
    ['composerCommand', 'composer require foo/bar:^1', 'foo/bar in composer.json and '],
    ['uvCommand', 'uv add requests>=2', 'requests in pyproject.toml and '],
    ['npmCommand', 'npm install "$(cat list)" a', ''],
  ])('%s tells what has to be in the manifest: %s', (type, command, text) => {
    expect(commandRemedy(type, command)).toContain(`(with ${text}`);
    if (text === '') expect(commandRemedy(type, command)).toMatch(/\(with \S+ committed\)$/);
  });

  it('names the line that its view tells, and the true one', async () => {
    const path = '.github/workflows/a.yml';
    using folder = temporaryFolder({
      [path]: 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install\n',
    });
    const { probes: judged } = await scan(folder.path, { probes: ['pinsDependencies'], offline: true });
    const { reference, adjusted } = judged[0]!;
    const texts = [reference, adjusted].map(([flaw]) => [flaw?.location?.lineStart, flaw?.remedy?.text]);
    expect(texts).toEqual([
      [7, `${path}:7: on line 6 write npm ci (with package-lock.json committed)`],
      [6, `${path}:6: write npm ci (with package-lock.json committed)`],
    ]);
  });

  it('is PowerShell for PowerShell', async () => {
    const text = (script: string) =>
      `on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - shell: pwsh\n        run: |\n${script.replaceAll(/^/gm, '          ')}\n`;
    const judged = async (script: string) => {
      using folder = temporaryFolder({ '.github/workflows/a.yml': text(script) });
      const result = await scan(folder.path, { probes: ['pinsDependencies'], offline: true });
      return result.probes[0]!.adjusted.filter(({ outcome }) => outcome === 'False');
    };
    const [flaw] = await judged('iex (irm https://example.com/x.ps1)');
    const write = flaw!.remedy!.text.replace(/^.*: write\n/, '');
    expect(write.split('\n')).toEqual([
      'Invoke-WebRequest https://example.com/x.ps1 -OutFile x.ps1',
      "if ((Get-FileHash x.ps1).Hash -ne '<sha256>') { throw 'x.ps1 is not what was looked at' }",
      './x.ps1',
    ]);
    expect(await judged(filled(write))).toEqual([]);
  });

  it('survives any command', () => {
    const odd = [
      '',
      '$',
      'npx',
      'npx $(x)',
      'go install',
      'curl | sh',
      `pip install -r ${'a'.repeat(9999)}`,
      'uvx --from',
    ];
    for (const type of [
      'npxCommand',
      'goCommand',
      'pipCommand',
      'uvCommand',
      'downloadThenRun',
      'cargoCommand',
      'toString',
    ])
      for (const command of odd)
        expect(['string', 'undefined']).toContain(typeof commandRemedy(type, command));
  });
});

describe('read-only permissions at the top', () => {
  const top = 'on: { issues: { types: [opened] } }\n';
  const jobs = `jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  comment:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v8
        with:
          script: github.rest.issues.createComment(comment)
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: git push origin v1
  own:
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - uses: softprops/action-gh-release@v2
`;
  const judged = async (text: string) => {
    using folder = temporaryFolder({ '.github/workflows/a.yml': text });
    const result = await scan(folder.path, { checks: ['Token-Permissions'], offline: true });
    return {
      check: result.checks[0]!,
      texts: result.checks[0]!.details.map((one) => one.finding?.remedy?.text),
    };
  };
  it('come with the rights that writing jobs then need, and no others', async () => {
    const [text] = (await judged(top + jobs)).texts.filter((one) => one !== undefined);
    expect(text?.split('\n')).toEqual([
      '.github/workflows/a.yml: add at the top level',
      'permissions:',
      '  contents: read',
      'and to job comment (line 7), as far as actions/github-script needs it',
      'permissions:',
      '  contents: read',
      '  issues: write',
      '  pull-requests: write',
      'and to job release (line 13), as far as git push needs it',
      'permissions:',
      '  contents: write',
    ]);
  });
  it('and with them the score is full', async () => {
    const rights = (lines: readonly string[]) =>
      `    permissions:\n${lines.map((one) => `      ${one}\n`).join('')}`;
    const mended = jobs
      .replace(
        '  comment:\n',
        `  comment:\n${rights(['contents: read', 'issues: write', 'pull-requests: write'])}`,
      )
      .replace('  release:\n', `  release:\n${rights(['contents: write'])}`);
    const { check } = await judged(`${top}permissions:\n  contents: read\n${mended}`);
    expect(check.adjusted.score).toBe(10);
  });
});

describe('what a report says of a mend', () => {
  it('a licence gains what it then scores', async () => {
    using folder = temporaryFolder({ 'README.md': 'x' });
    const before = await scan(folder.path, { checks: ['License'], offline: true });
    expect(await format(before, 'default')).toContain('Add a licence (License 0 → 10)');
    using mended = temporaryFolder({ LICENSE: readFileSync(join(root, 'LICENSE'), 'utf8') });
    const after = await scan(mended.path, { checks: ['License'], offline: true });
    expect(after.checks[0]!.adjusted.score).toBe(10);
  });

  it.each(['default', 'markdown', 'html'])('%s: why a finding is excused', async (id) => {
    const guarded = `on: pull_request_target
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          ref: ${'$'}{{ github.event.pull_request.head.sha }}
      - run: make
`;
    using folder = temporaryFolder({ '.github/workflows/a.yml': guarded });
    const options = { checks: ['Dangerous-Workflow'], offline: true };
    const late = await scan(folder.path, { ...options, now: new Date('2026-09-01T00:00:00Z') });
    const text = (await format(late, id, { showDetails: true })).replaceAll(/[\\\n]\s*/g, (part) =>
      part.startsWith('\\') ? '' : ' ',
    );
    expect(text).toContain('held back by: checkout-guard');
  });
});
