/** The reference view: every vector of file-checks 8.4 to 8.8 that concerns shell code. */
import { describe, expect, test } from 'vitest';
import {
  analyzeShell,
  analyzeWorkflowScript,
  isAnyShellScript,
  isParsedShell,
  isShellScript,
  newShellMemory,
} from './index.ts';

/** Records of the reference view as `type:pinned`. */
function reported(script: string): string[] {
  const { records, errors } = analyzeShell(script);
  expect(errors).toEqual([]);
  return records.flatMap(({ type, reference }) =>
    reference === undefined ? [] : [`${type}:${reference.pinned ? 'pinned' : 'unpinned'}`],
  );
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const RAW = `https://raw.githubusercontent.com/o/r/${COMMIT}/install.sh`;

describe('downloads that are run', () => {
  test.each([
    'curl http://x/i | bash',
    'curl http://x/i | sudo bash',
    'curl http://x/i | FOO=1 bash',
    'curl http://x/i | bash -s -- -y',
    'curl http://x/i | sh -c "echo"',
    'curl http://x/i | python3 -',
    'curl localhost | python3 -m json.tool',
    'curl http://x/i | su -',
    'curl http://x/i | dotnet y',
    'curl $URL | sh',
    'wget -O- http://x/i | sh',
    'bash <(curl http://x/i)',
    'python3 <(curl http://x/i)',
    `bash <(curl ${RAW})`,
    'curl http://x/i > f; bash f',
    'curl http://x/i > f; ./f',
    'curl http://x/i > f; python3 f',
    'curl http://x/i > f; ksh f',
    'curl http://x/i > f; bash F',
    'curl ${URL} > f; bash f',
    'wget http://x/f; sh f',
    'wget -q -O f http://x/i; sh f',
    'wget http://x/f; chmod +x f; ./f',
    'gsutil gs://b/f g; bash g',
    'gsutil cp gs://b/f g; bash g',
    'gsutil cp gs://b/f d/; bash d/f',
    'aws s3api get-object --bucket b --key k f; bash f',
    'curl http://x/i > f; echo "abc  f" | sha256sum -c; bash f',
    'bash -c "curl http://x/i | sh"',
    'docker run i bash -c "curl http://x/i | sh"',
    'time curl http://x/i | bash',
    'if true; then curl http://x/i | bash; fi',
    'f() { curl http://x/i | bash; }',
    'x=$(curl http://x/i | bash)',
    'cat <<E\n$(curl http://x/i | bash)\nE',
  ])('reported: %s', (script) => {
    expect(reported(script)).toEqual(['downloadThenRun:unpinned']);
  });

  test.each([
    'curl http://x/i | sudo -E bash',
    'curl http://x/i | env X=1 bash',
    'curl http://x/i | command bash',
    'curl http://x/i | tee f | bash',
    'curl http://x/i | gunzip | sh',
    'curl http://x/i | tac | bash',
    'curl http://x/i | tar xz',
    '(curl http://x/i) | bash',
    '{ curl http://x/i; } | bash',
    'curl http://x/i | (bash)',
    'curl http://x/i |& bash',
    'curl http://x/i || bash',
    `curl -sSf ${RAW} | bash`,
    `curl -sSf "${RAW}" | bash`,
    'bash -x <(curl http://x/i)',
    'sudo bash <(curl http://x/i)',
    'source <(curl http://x/i)',
    '. <(curl http://x/i)',
    'bash < <(curl http://x/i)',
    'curl http://x/i > f; zsh f',
    'curl http://x/i > f; . f',
    'curl http://x/i > f; source f',
    'curl http://x/i > f; cat f',
    'curl http://x/i > "f"; bash f',
    'curl http://x/i >> f; bash f',
    'wget -qO f http://x/i; sh f',
    'wget "http://x/f"; bash f',
    'wget http://x/f -P d; bash d/f',
    'curl -o f http://x/i; sh f',
    'curl -O http://x/f; sh f',
    'aws s3 cp s3://b/f f; bash f',
    'sh -c "$(curl http://x/i)"',
    'bash -c "$(curl http://x/i)"',
    'eval "$(curl http://x/i)"',
    'bash <<< "$(curl http://x/i)"',
    'iwr http://x/i | iex',
    'wget http://x/u.tgz; tar xf u.tgz',
    "cat <<'E'\n$(curl http://x/i | bash)\nE",
    'ssh host "curl http://x/i | bash"',
    'zsh -c "curl http://x/i | bash"',
    'python3 -c "curl http://x/i | bash"',
    'bash <<E\ncurl http://x/i | bash\nE',
  ])('not reported: %s', (script) => {
    expect(reported(script)).toEqual([]);
  });

  test('one record for each file name that fits', () => {
    expect(reported('wget http://x/f; wget http://x/F; sh f')).toHaveLength(2);
  });

  test('an address that strict parsers refuse ends the scan', () => {
    expect(analyzeShell('wget http://x/%zz; npm ci').abort).toContain('http://x/%zz');
    expect(analyzeShell('wget http://x/y; npm ci').abort).toBeUndefined();
  });
});

describe('package managers', () => {
  const pinned = {
    goCommand: [
      'go install m.com/a/b@v1.2.3',
      'go install m.com/a/b@v0.0.0-20240101000000-abcdefabcdef',
      `go get m.com/a/b@${COMMIT}`,
      'go get m.com/a/b@none',
      'go install ./...',
      'go get -d -v ./...',
      'go install foo bar',
      'go install m.com/a/b@v1.2.3 m.com/c/d@latest',
      'go install -ldflags x m.com/a/b@latest',
      'sudo go install m.com/a/b@v1.2.3',
    ],
    pipCommand: [
      'pip install -r r.txt --require-hashes',
      'pip install --require-hashes -r r.txt',
      'pip install x.whl',
      'pip3 install --no-deps -e .',
      'python3 -m pip install --no-deps --editable .',
      `pip install --no-deps -e git+https://h/p.git@${COMMIT}`,
      `pip install --no-deps -e git+https://h/p.git@${COMMIT}#egg=p`,
    ],
    npmCommand: ['npm ci', 'npm run ci', 'npm pack ci', `npm install github:a/b#${COMMIT}`],
    chocoCommand: [
      'choco install x --requirechecksum',
      'choco install x --require-checksums=true',
      'choco.exe install x --RequireChecksums',
    ],
    nugetCommand: [
      'nuget install',
      'nuget install packages.config',
      'nuget install X -Version 1.0.0',
      'dotnet add package X -v 1.0.0',
      'dotnet add p.csproj package X --version 1.0.0',
      'nuget restore -LockedMode',
      'dotnet restore --locked-mode',
      'msbuild /t:restore /p:RestoreLockedMode=true',
    ],
  };
  const unpinned = {
    goCommand: [
      'go install m.com/a/b@latest',
      'go install m.com/a/b@patch',
      'go install m.com/a/b@v1',
      'go install m.com/a/b@v1.2',
      'go install m.com/a/b@main',
      'go get m.com/a/b',
      'go get -insecure m.com/a/b@v1.2.3',
      'go install "m.com/a/b@latest"',
    ],
    pipCommand: [
      'pip install foo',
      'pip install foo==1.0',
      'pip install .',
      'pip install .[dev]',
      'pip install -e .',
      `pip install -e git+https://h/p.git@${COMMIT}`,
      `pip install git+https://h/p.git@${COMMIT}`,
      'pip install --upgrade pip',
      'pip install -r x y.whl',
      'pip install "a.whl"',
      'pip install $X',
      'pip install --no-deps -e svn+x',
      'pip install',
      'python2.7 -m pip install foo',
    ],
    npmCommand: [
      'npm install',
      'npm i -g x@1.2.3',
      'npm run install',
      'npm update',
      'npm install-test',
      'npm install ./p.tgz',
      'npm install https://x/y.tgz',
      `npm install git+ssh://x/y#${COMMIT}`,
      'npm install --ignore-scripts',
      'npm install github:a/b',
    ],
    chocoCommand: ['choco install', 'choco install x'],
    nugetCommand: [
      'nuget install X',
      'dotnet add package X',
      'nuget restore',
      'dotnet restore',
      'msbuild x.sln /T:Restore',
    ],
  };
  const rows = (table: Record<string, readonly string[]>, verdict: string) =>
    Object.entries(table).flatMap(([type, scripts]) =>
      scripts.map((script) => [script, `${type}:${verdict}`]),
    );

  test.each([...rows(pinned, 'pinned'), ...rows(unpinned, 'unpinned')])('%s -> %s', (script, expected) => {
    expect(reported(script)).toEqual([expected]);
  });

  test.each([
    'go install',
    'go mod download',
    'go run m.com/a/b@latest',
    'go -C d install m.com/a/b@latest',
    'go install $X',
    'pip -q install x',
    'pip download x',
    'pip wheel x',
    'pip2 install x',
    'pip3.11 install x',
    'python3.11 -m pip install x',
    'python -mpip install x',
    'py -m pip install x',
    'uv pip install x',
    'pipx install x',
    'easy_install x',
    'conda install x',
    'npm install-ci-test',
    'npm test',
    'npx x',
    'yarn',
    'pnpm install',
    'bun install',
    'choco upgrade x',
    'msbuild -t:restore',
    'dotnet build',
    'dotnet tool install x',
    'dotnet add p.csproj reference q.csproj',
    'gem install x',
    'cargo install x',
    'apt-get install x',
    'brew install x',
    'docker run x npm',
    'env npm install',
    'xargs npm install',
    'nohup npm install',
    'sudo -H pip install x',
    'sudo -u me pip install x',
    'echo pip install x',
    'ssh host "npm install"',
    "zsh -c 'npm install'",
    'bash <<E\nnpm install\nE',
  ])('no record: %s', (script) => {
    expect(reported(script)).toEqual([]);
  });

  test.each([
    'if a; then npm install; fi',
    'for i in a; do npm install; done',
    'while a; do npm install; done',
    'case a in a) npm install ;; esac',
    'f() { npm install; }',
    '(npm install)',
    'echo $(npm install)',
    'echo `npm install`',
    'echo "$(npm install)"',
    'a=${b:-$(npm install)}',
    'echo $((1 + $(npm install)))',
    '[[ -n $(npm install) ]]',
    'time npm install',
    '! npm install',
    'npm install &',
    'A=1 npm install',
    'export A=$(npm install)',
    'arr=($(npm install))',
    'echo > $(npm install)',
    'coproc npm install',
    '/usr/bin/npm install',
    'NPM install',
    'sudo npm install',
    'su -c "npm install"',
    'bash -c "npm install"',
    "bash -ec 'npm install'",
    'bash -lc "npm install"',
    'dash -c "npm install"',
    'env -i bash -c "npm install"',
    'docker run x sh -c "npm install"',
  ])('found in: %s', (script) => {
    expect(reported(script)).toEqual(['npmCommand:unpinned']);
  });
});

describe('lines and snippets', () => {
  const lines = (script: string, startLine = 0, endLine = 0) =>
    analyzeShell(script, { startLine, endLine }).records.map(({ reference }) => [
      reference?.startLine,
      reference?.endLine,
    ]);

  test('a whole file counts from 1', () => {
    expect(lines('#!/bin/sh\n\nnpm ci\n')).toEqual([[3, 3]]);
  });

  test('each level of quoted scripts adds a line', () => {
    expect(lines('bash -c "npm ci"')).toEqual([[2, 2]]);
    expect(lines(`bash -c "sh -c 'npm ci'"`)).toEqual([[3, 3]]);
    expect(analyzeShell(`bash -c "sh -c 'npm ci'"`).records[0]).toMatchObject({ startLine: 1, endLine: 1 });
  });

  test('base lines are added; an end before the start counts as unknown', () => {
    expect(lines('npm ci', 4, 6)).toEqual([[5, 7]]);
    expect(lines('npm ci', 4, 0)).toEqual([[5, 5]]);
  });

  test('true lines cover the whole command', () => {
    expect(analyzeShell('npm \\\n ci\nx').records[0]).toMatchObject({ startLine: 1, endLine: 2 });
  });

  test.each([
    ['npm   ci', 'npm ci'],
    ['FOO=1   npm ci > log 2>&1', 'FOO=1 npm ci'],
    ['npm \\\n   ci', 'npm \\\n\tci'],
    ['npm ci `ls  -l`', 'npm ci $(ls -l)'],
    ['npm ci $(( a+1 ))', 'npm ci $((a + 1))'],
    ['npm ci "$( ls  |  cat )"', 'npm ci "$(ls | cat)"'],
    ['curl  http://x/i 2>/dev/null |\n  bash', 'curl http://x/i 2>/dev/null |\n\tbash'],
    ['2>x curl http://x/i \\\n  | bash -s', '2>x curl http://x/i |\n\tbash -s'],
    ['curl http://x/i | bash | cat', 'curl http://x/i | bash'],
  ])('%j is shown as %j', (script, text) => {
    expect(analyzeShell(script).records.map((record) => record.text)).toEqual([text]);
  });
});

describe('scripts that cannot be read', () => {
  test.each([
    'echo "abc',
    'if true; then',
    'echo )',
    '$(echo "a)',
    'a=(1) cmd',
    'foo ( bar',
    'a=1 foo \\\n( bar\nbaz',
    '(foo ( x)',
    'if foo(x; then y; fi',
    'foo ()',
    'foo () ; x',
    '(foo ())',
    'x[1] y',
    'a=(b[0])',
    'a=([x:y]=1)',
    'echo ${(%):-x}',
    'echo \uFFFD',
  ])('%j', (script) => {
    const { records, errors } = analyzeShell(`npm ci\n${script}`, { startLine: 3, endLine: 4 });
    expect(records).toEqual([]);
    expect(errors).toMatchObject([{ startLine: 3, endLine: 4, script: `npm ci\n${script}` }]);
  });

  test.each([
    'if [ -f x ; then y; fi',
    'foo () bar',
    'foo()\nbar',
    'foo () { a; }',
    'foo()\n( a )',
    'a=([x]=1 [y]=2)',
    'a=(["b c"]=1)',
    'echo a[1]',
    'x[1]=2',
    'x[i+1]=2 y=3',
    'echo ${a[@]} ${a[*]}',
    `h=$(((h * 31 + $(printf %d "'$c")) % 429))`,
    'x=$(( $(f "a" "b(") + 10#$y ))',
    'npm run x\r\n',
    'echo \0',
  ])('readable: %j', (script) => {
    expect(analyzeShell(script).errors).toEqual([]);
  });

  test('a quoted script that fails keeps the rest', () => {
    const { records, errors } = analyzeShell('npm ci\nbash -c "echo \'"\nnpm ci');
    expect(records).toHaveLength(2);
    expect(errors).toMatchObject([{ startLine: 2, endLine: 2, script: "echo '" }]);
  });
});

describe('workflow steps', () => {
  test('expressions become one word, lines count from the scalar', () => {
    const { records } = analyzeWorkflowScript('echo ${{ a.b }}\nnpm ci ${{ x }}\n', { line: 7, textLine: 8 });
    expect(records).toMatchObject([
      { text: 'npm ci $GITHUB_REDACTED_VAR', reference: { startLine: 9, endLine: 9 }, startLine: 9 },
    ]);
  });

  test('a file fetched in one step and run in a later one of the same job', () => {
    const memory = newShellMemory();
    analyzeWorkflowScript('wget http://x/f\n', { line: 6, textLine: 7, memory });
    const { records } = analyzeWorkflowScript('sh f\n', { line: 8, textLine: 9, memory });
    expect(records).toMatchObject([{ text: 'sh f', reference: { startLine: 9, endLine: 9, pinned: false } }]);
  });

  test('a one-line script is reported one line too low, its true line is kept', () => {
    const { records } = analyzeWorkflowScript('npm ci', { line: 7 });
    expect(records).toMatchObject([{ reference: { startLine: 8 }, startLine: 7 }]);
  });

  test('line breaks inside expressions are lost to the reference alone', () => {
    const { records } = analyzeWorkflowScript('echo ${{ a\n }}\nnpm ci', { line: 1, textLine: 2 });
    expect(records).toMatchObject([{ reference: { startLine: 3 }, startLine: 4 }]);
  });
});

describe('which files are scripts', () => {
  test.each([
    ['a.sh', 'echo', true],
    ['a.bash', '', true],
    ['a.mksh', 'x', true],
    ['a.SH', 'x', false],
    ['a.zsh', 'x', false],
    ['a.ksh', 'x', false],
    ['a', '#!/bin/bash\n', true],
    ['a', '#!bash -e', true],
    ['a', '#!/usr/bin/env bash\r\n', true],
    ['a', '#!env sh', true],
    ['a', '#! /bin/sh', false],
    ['a', '#!/usr/bin/env -S bash', false],
    ['a.sh', '#!/usr/bin/python', false],
    ['a.sh', '#!/bin/zsh', false],
    ['a', 'echo', false],
    ['sh', 'echo', false],
  ])('%s %j -> %s', (path, head, expected) => {
    expect(isShellScript(path, head)).toBe(expected);
  });

  test('the wide list knows more shells', () => {
    expect(isAnyShellScript('Dockerfile', '#!/bin/ksh')).toBe(true);
    expect(isAnyShellScript('Dockerfile.dash', 'FROM x')).toBe(true);
    expect(isAnyShellScript('Dockerfile', 'FROM x')).toBe(false);
  });

  test('shell settings', () => {
    expect(['bash', 'sh', '/bin/MKSH', 'bash -e {0}', 'pwsh', 'zsh'].map(isParsedShell)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
