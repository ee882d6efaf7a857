import { describe, expect, test } from 'vitest';
import {
  findGitlabPackaging,
  findReferenceCheckouts,
  findReferenceInjections,
  findReferencePackaging,
  findReferenceSast,
  findReferenceScripts,
  findReferenceUses,
  isReferencePinned,
  parseWorkflow,
  readReferencePermissions,
  validatesGradleWrapper,
  type Workflow,
} from '../index.ts';
import { NPM_REGISTRY } from '../public-registries.ts';

// Expected values: observations of the reference noted in the behaviour specification, file-checks 3, 7, 8, 9, 12.

function read(text: string): Workflow {
  return parseWorkflow(text, '.github/workflows/a.yml');
}

/** A job with these lines under `steps`; the first stands on line 5. */
function steps(...lines: string[]): Workflow {
  return read(
    ['on: push', 'jobs:', '  a:', '    steps:', ...lines.map((line) => `      ${line}`)].join('\n'),
  );
}

const SHA = '0123456789abcdef0123456789abcdef01234567';
const SHA64 = SHA + SHA.slice(0, 24);

describe('script injection (3.3)', () => {
  const hits = [
    'github.event.issue.title',
    'github.event.issue.body',
    'github.event.pull_request.title',
    'github.event.pull_request.body',
    'github.event.discussion.title',
    'github.event.discussion.body',
    'github.event.comment.body',
    'github.event.review.body',
    'github.event.review_comment.body',
    'github.event.pages[0].page_name',
    'github.event.commits[0].message',
    'github.event.commits.*.author.email',
    'github.event.commits[0].author.name',
    'github.event.head_commit.message',
    'github.event.head_commit.author.email',
    'github.event.head_commit.author.name',
    'github.event.blocked_user.name',
    'github.event.blocked_user.email',
    'github.event.pull_request.head.ref',
    'github.event.pull_request.head.label',
    'github.event.pull_request.head.repo.default_branch',
    'github.head_ref',
    'toJSON(github)',
    'tojson( github.event )',
    "contains(github.event.comment.body, '/x')",
    "github.event.issue.title == 'x'",
  ];
  test.each(hits)('hit: %s', (expression) => {
    const { hits: found, error } = findReferenceInjections(steps(`- run: echo \${{ ${expression} }}`));
    expect(error).toBeUndefined();
    expect(found).toEqual([{ job: 'a', line: 5, snippet: ` ${expression} ` }]);
  });

  const misses = [
    'github.ref_name',
    'github.event.pull_request.head.sha',
    'github.event.pull_request.number',
    'github.event.pull_request.user.login',
    'inputs.title',
    'github.event.inputs.title',
    'github.event.client_payload.body',
    'github.event.release.name',
    'github.event.label.name',
    'github.event.workflow_run.head_branch',
    'github.event.workflow_run.display_title',
    'github.event.head_commit.committer.name',
    'github.event.changes.title.from',
    "github.event['issue']['title']",
    'GITHUB.EVENT.ISSUE.TITLE',
    'toJSON(github.event.issue)',
    'env.TITLE',
    'steps.x.outputs.title',
    'secrets.TITLE',
  ];
  test.each(misses)('no hit: %s', (expression) => {
    expect(findReferenceInjections(steps(`- run: echo \${{ ${expression} }}`)).hits).toEqual([]);
  });

  test('two expressions of one script have the line of the script', () => {
    const workflow = steps('- run: |', '    a ${{ github.head_ref }}', '    b ${{github.event.issue.title}}');
    expect(findReferenceInjections(workflow).hits).toEqual([
      { job: 'a', line: 5, snippet: ' github.head_ref ' },
      { job: 'a', line: 5, snippet: 'github.event.issue.title' },
    ]);
  });

  test('an expression without end is an error', () => {
    const workflow = steps(
      '- run: echo ${{ github.head_ref }}',
      '- run: echo ${{ github.ref',
      '- run: echo }}',
    );
    expect(findReferenceInjections(workflow)).toMatchObject({ hits: [{ line: 5 }], error: { line: 6 } });
  });

  test('env and scripts of actions are not looked at', () => {
    const expression = '${{ github.event.issue.title }}';
    const workflow = steps(
      '- run: echo "$T"',
      '  env:',
      `    T: ${expression}`,
      '- uses: actions/github-script@v7',
      '  with:',
      `    script: x("${expression}")`,
    );
    expect(findReferenceInjections(workflow).hits).toEqual([]);
  });
});

describe('untrusted checkout (3.2)', () => {
  function checkout(trigger: string, inputs: string[], uses = 'actions/checkout@v4'): readonly unknown[] {
    const lines = [
      `on: ${trigger}`,
      'jobs:',
      '  a:',
      '    steps:',
      '      - name: x',
      `        uses: ${uses}`,
    ];
    if (inputs.length > 0) lines.push('        with:', ...inputs.map((input) => `          ${input}`));
    return findReferenceCheckouts(read(lines.join('\n')));
  }
  const sha = '${{ github.event.pull_request.head.sha }}';
  const cases: [trigger: string, input: string, reported: boolean][] = [
    ['pull_request_target', `ref: ${sha}`, true],
    ['[push, pull_request_target]', `ref: ${sha}`, true],
    ['{ pull_request_target: { types: [opened] } }', `ref: ${sha}`, true],
    ['workflow_run', `ref: ${sha}`, true],
    ['pull_request_target', 'ref: refs/pull/${{ github.event.pull_request.number }}/merge', true],
    ['pull_request_target', 'ref: ${{ github.event.pull_request.base.sha }}', true],
    ['pull_request_target', 'ref: ${{ github.event.workflow_run.head_sha }}', true],
    ['pull_request_target', `REF: ${sha}`, true],
    ['pull_request_target', 'ref: ${{ github.head_ref }}', false],
    ['pull_request_target', 'ref: refs/pull/${{ github.event.number }}/merge', false],
    ['pull_request_target', 'ref: main', false],
    ['pull_request_target', 'repository: ${{ github.event.pull_request.head.repo.full_name }}', false],
    ['pull_request', `ref: ${sha}`, false],
    ['issue_comment', `ref: ${sha}`, false],
    ['push', `ref: ${sha}`, false],
  ];
  test.each(cases)('%s, %s: %s', (trigger, input, reported) => {
    const snippet = input.slice(5);
    expect(checkout(trigger, [input])).toEqual(reported ? [{ job: 'a', line: 5, snippet }] : []);
  });

  test('without inputs, and other actions', () => {
    expect(checkout('pull_request_target', [])).toEqual([]);
    expect(checkout('pull_request_target', [`ref: ${sha}`], 'x/actions/checkout-fork@v1')).toHaveLength(1);
    expect(checkout('pull_request_target', [`ref: ${sha}`], 'x/checkout@v1')).toEqual([]);
  });
});

describe('packaging (7.2)', () => {
  const node = (url: string): string[] => [
    '- uses: actions/setup-node@v4',
    '  with:',
    `    registry-url: ${url}`,
  ];
  const npm = NPM_REGISTRY;
  const cases: [name: string, lines: string[], rule: string | undefined][] = [
    ['npm', [...node(npm), '- run: npm publish'], 'npm'],
    ['pnpm', [...node(npm), '- run: pnpm publish'], 'npm'],
    ['yarn npm', [...node(npm), '- run: yarn npm publish'], 'npm'],
    ['order of steps', ['- run: npm publish', ...node(npm)], 'npm'],
    ['registry with a slash', [...node(`${npm}/`), '- run: npm publish'], undefined],
    ['another registry', [...node('https://npm.pkg.github.com'), '- run: npm publish'], undefined],
    ['npm without registry', ['- uses: actions/setup-node@v4', '- run: npm publish'], undefined],
    ['maven wrapper', ['- uses: actions/setup-java@v4', '- run: ./mvnw -B deploy'], 'maven'],
    ['maven', ['- uses: actions/setup-java@v4', '- run: mvn -B deploy'], 'maven'],
    ['gradle', ['- uses: actions/setup-java@v4', '- run: ./gradlew publish'], 'gradle'],
    ['gradle without java', ['- run: ./gradlew publish'], undefined],
    ['scala', ['- run: sbt ci-release'], 'scala'],
    ['ruby', ['- run: gem push x.gem'], 'ruby'],
    ['nuget', ['- run: dotnet nuget push x'], 'nuget'],
    ['docker', ['- run: docker compose push'], 'docker'],
    ['docker in a comment', ['- run: |', '    # docker push', '    ls'], 'docker'],
    ['docker over two lines', ['- run: |', '    docker build .', '    git push'], undefined],
    ['docker continued', ['- run: |', '    docker \\', '      push x'], 'docker'],
    ['docker action', ['- uses: docker/build-push-action@v5'], 'docker-action'],
    ['action without version', ['- uses: docker/build-push-action'], undefined],
    ['pypi', ['- uses: pypa/gh-action-pypi-publish@release/v1'], 'pypi'],
    [
      'semantic release, old name',
      ['- uses: relekang/python-semantic-release@v7'],
      'python-semantic-release',
    ],
    ['semantic release, new name', ['- uses: python-semantic-release/python-semantic-release@v9'], undefined],
    ['goreleaser action', ['- uses: goreleaser/goreleaser-action@v5'], 'goreleaser'],
    ['goreleaser command', ['- run: goreleaser release'], undefined],
    ['cargo', ['- run: cargo publish'], 'cargo'],
    ['one ko action', ['- uses: ko-build/setup-ko@v0.6'], undefined],
    ['both ko actions', ['- uses: ko-build/setup-ko@v0.6', '- uses: imjasonh/setup-ko@v0.6'], 'ko'],
    ['npx semantic-release', ['- run: npx semantic-release'], 'semantic-release'],
    ['yarn semantic-release', ['- run: yarn semantic-release'], undefined],
    ['elixir', ['- uses: erlef/setup-elixir@v1', '- run: mix hex.publish --yes'], 'elixir'],
    ['elixir on beam', ['- uses: erlef/setup-beam@v1', '- run: mix hex.publish --yes'], undefined],
    [
      'others',
      ['- run: |', '    twine upload', '    poetry publish', '    uv publish', '    helm push'],
      undefined,
    ],
    ['release', ['- run: gh release create', '- uses: rubygems/release-gem@v1'], undefined],
  ];
  test.each(cases)('%s', (_name, lines, rule) => {
    const expected = rule === undefined ? undefined : { rule, job: 'a', line: 3 };
    expect(findReferencePackaging(steps(...lines))).toEqual(expected);
  });

  test('a called workflow named like an action, and the first fitting job', () => {
    const workflow = read(
      'jobs:\n  a:\n    steps: []\n  b:\n    uses: docker/build-push-action@v1\n  c:\n    steps: [{run: cargo publish}]',
    );
    expect(findReferencePackaging(workflow)).toEqual({ rule: 'docker-action', job: 'b', line: 4 });
  });

  test('GitLab: a hit on line 1 is not seen', () => {
    expect(findGitlabPackaging('a:\n  script: docker push x\n')).toBe(2);
    expect(findGitlabPackaging('a: docker push x')).toBeUndefined();
    expect(findGitlabPackaging('a: ls')).toBeUndefined();
  });
});

describe('pinned actions (8.2)', () => {
  const pinned = [
    `a/b@${SHA}`,
    `a/b@${SHA.toUpperCase()}`,
    `a/b@${SHA64}`,
    `docker://alpine@sha256:${SHA64}`,
    '../x',
    '.github/actions/x',
  ];
  const unpinned = [
    'a/b@v1',
    'a/b@main',
    `a/b@${SHA.slice(1)}`,
    'a/b',
    'a/b@${{ env.X }}',
    'docker://alpine',
    'docker://alpine:3',
    `docker://alpine@sha256:${SHA64.slice(1)}`,
    `docker://alpine:sha256-${SHA64}.sig`,
  ];
  test.each(pinned)('pinned: %s', (uses) => expect(isReferencePinned(uses)).toBe(true));
  test.each(unpinned)('not pinned: %s', (uses) => expect(isReferencePinned(uses)).toBe(false));

  test('records in file order; `./` has none', () => {
    const workflow = read(
      [
        'jobs:',
        '  a:',
        '    container: alpine',
        '    steps:',
        '      - uses: actions/checkout@v4',
        '      - uses: ./x',
        '      - uses:',
        `          a/b/c@${SHA}@x`,
        '      - uses: docker://alpine',
        '  b:',
        '    uses: github/x/.github/workflows/y.yml@main',
        '  c:',
        '    uses: ./.github/workflows/z.yml',
      ].join('\n'),
    );
    expect(findReferenceUses(workflow)).toEqual([
      {
        job: 'a',
        snippet: 'actions/checkout@v4',
        line: 5,
        name: 'actions/checkout',
        pinnedAt: 'v4',
        pinned: false,
        githubOwned: true,
      },
      {
        job: 'a',
        snippet: `a/b/c@${SHA}@x`,
        line: 8,
        name: 'a/b/c',
        pinnedAt: `${SHA}@x`,
        pinned: true,
        githubOwned: false,
      },
      {
        job: 'a',
        snippet: 'docker://alpine',
        line: 9,
        name: 'docker://alpine',
        pinnedAt: undefined,
        pinned: false,
        githubOwned: false,
      },
      {
        job: 'b',
        snippet: 'github/x/.github/workflows/y.yml@main',
        line: 11,
        name: 'github/x/.github/workflows/y.yml',
        pinnedAt: 'main',
        pinned: false,
        githubOwned: true,
      },
    ]);
  });
});

describe('shells of steps (8.5)', () => {
  const cases: [name: string, job: string[], step: string[], read: boolean][] = [
    ['Linux', ['runs-on: ubuntu-latest'], [], true],
    ['Windows', ['runs-on: Windows-2022'], [], false],
    ['Windows and a shell', ['runs-on: windows-latest'], ['shell: bash'], true],
    ['Windows and the job shell', ['runs-on: windows-latest', 'defaults: {run: {shell: sh}}'], [], true],
    ['self-hosted Windows', ['runs-on: [self-hosted, windows]'], [], true],
    ['no runner', [], [], false],
    ['no labels', ['runs-on: []'], [], false],
    ['group', ['runs-on: {group: x}'], [], false],
    ['labels in a map', ['runs-on: {labels: ubuntu}'], [], true],
    ['shell path', ['runs-on: x'], ['shell: /usr/bin/BASH'], true],
    ['shell with arguments', ['runs-on: x'], ["shell: 'bash -e {0}'"], false],
    ['python', ['runs-on: x'], ['shell: python'], false],
    ['condition on the runner', ['runs-on: x'], ["if: runner.OS  == 'windows'"], false],
    ['condition with startsWith', ['runs-on: x'], ["if: ${{ startsWith(runner.os, 'Windows') }}"], false],
    ['startsWith without braces', ['runs-on: x'], ["if: startsWith(runner.os, 'Windows')"], true],
    ['condition on the matrix', ['runs-on: x'], ["if: matrix.os == 'windows-latest'"], false],
    [
      'matrix of Windows',
      ['runs-on: ${{ matrix.os }}', 'strategy: {matrix: {os: [windows-2019, windows-2022]}}'],
      [],
      false,
    ],
    [
      'mixed matrix',
      ['runs-on: ${{ matrix.os }}', 'strategy: {matrix: {OS: [windows-2019, ubuntu]}}'],
      [],
      true,
    ],
    [
      'included',
      ['runs-on: ${{ matrix.os }}', 'strategy: {matrix: {include: [{os: windows-1}]}}'],
      [],
      false,
    ],
    [
      'another row',
      ['runs-on: ${{ matrix.platform }}', 'strategy: {matrix: {platform: [windows-1]}}'],
      [],
      true,
    ],
  ];
  test.each(cases)('%s', (_name, job, step, isRead) => {
    const lines = ['defaults: {run: {shell: pwsh}}', 'jobs:', '  a:', ...job.map((line) => `    ${line}`)];
    lines.push('    steps:', '      - run: ls', ...step.map((line) => `        ${line}`));
    const { scripts, errors } = findReferenceScripts(read(lines.join('\n')));
    expect(errors).toEqual([]);
    expect(scripts).toHaveLength(isRead ? 1 : 0);
  });

  test('an unknown matrix skips the steps without a shell', () => {
    const workflow = read(
      'jobs:\n  a:\n    name: N\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: ls\n      - run: ls\n        shell: sh',
    );
    expect(findReferenceScripts(workflow)).toEqual({
      scripts: [{ job: 'a', step: 1, line: 7, script: 'ls' }],
      errors: [{ job: 'a', line: 6, snippet: 'N' }],
    });
  });

  test('expressions become a word', () => {
    const workflow = read(
      'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: a ${{ b }} {{c}} {d} ${{ {e} }}',
    );
    expect(findReferenceScripts(workflow).scripts[0]?.script).toBe(
      'a $GITHUB_REDACTED_VAR GITHUB_REDACTED_VAR {d} ${{ {e} }}',
    );
  });
});

describe('static analysis (9.1)', () => {
  test('tools by action', () => {
    const workflow = steps(
      '- uses: github/codeql-action/init@v3',
      '- uses: github/codeql-action/analyze@v3',
      '- uses: github/codeql-action/analyze',
      '- uses: github/codeql-action/upload-sarif@v3',
      '- uses: snyk/actions/node@master',
      '- uses: facebook/pysa-action@v1',
      '- uses: JetBrains/qodana-action@v1',
      '- uses: jetbrains/qodana-action@v1',
      '- uses: actions://hadolint/hadolint-action@v1',
    );
    expect(findReferenceSast(workflow).map(({ tool, line }) => [tool, line])).toEqual([
      ['CodeQL', 6],
      ['CodeQL', 7],
      ['Snyk', 9],
      ['Pysa', 10],
      ['Qodana', 11],
      ['Hadolint', 13],
    ]);
    const call = read('jobs:\n  a:\n    uses: github/codeql-action/analyze@v3');
    expect(findReferenceSast(call)).toEqual([]);
  });
});

describe('permissions (12.1)', () => {
  const top = (text: string): unknown => readReferencePermissions(read(`permissions:${text}\njobs: {}`))[0];
  const cases: [text: string, entry: object][] = [
    ['', { level: 'none', value: 'none', line: 1 }],
    [' {}', { level: 'none', value: 'none', line: 1 }],
    [' ""', { level: 'none', value: 'none', line: 1 }],
    [' []', { level: 'none', value: 'none', line: 1 }],
    [' read-all', { level: 'read', value: 'read-all', line: 1, snippet: 'read-all' }],
    [' READ-ALL', { level: 'unknown', value: 'READ-ALL', line: 1, snippet: 'READ-ALL' }],
    [' write-all', { level: 'write', value: 'write-all', line: 1, snippet: 'write-all' }],
    [' foo', { level: 'write', value: 'foo', line: 1, snippet: 'foo' }],
    ['\n  contents: write', { level: 'write', name: 'contents', value: 'write', line: 2, snippet: 'write' }],
    ['\n  Contents: Write', { level: 'write', name: 'contents', value: 'Write', line: 2, snippet: 'Write' }],
    [
      '\n  id-token: write',
      { level: 'unknown', name: 'id-token', value: 'write', line: 2, snippet: 'write' },
    ],
    ['\n  contents: read', { level: 'read', name: 'contents', value: 'read', line: 2 }],
    ['\n  contents: READ', { level: 'unknown', name: 'contents', value: 'READ', line: 2 }],
    ['\n  contents: none', { level: 'none', name: 'contents', value: 'none', line: 2 }],
    ['\n  contents: ${{ x }}', { level: 'unknown', name: 'contents', value: '${{ x }}', line: 2 }],
  ];
  test.each(cases)('top level:%s', (text, entry) => {
    expect(top(text)).toEqual({ place: 'top', ...entry });
  });

  test('absent, and the order of entries', () => {
    const workflow = read('jobs:\n  a:\n    steps: []\n  b:\n    permissions: write-all\n');
    expect(readReferencePermissions(workflow)).toEqual([
      { place: 'top', level: 'undeclared', line: 1 },
      { level: 'unknown', line: 1, excuse: 'packaging', excused: false },
      { level: 'unknown', line: 1, excuse: 'releasing', excused: false },
      { level: 'unknown', line: 1, excuse: 'pages', excused: false },
      { level: 'unknown', line: 1, excuse: 'sarif', excused: false },
      { place: 'job', level: 'undeclared', line: 2 },
      { place: 'job', level: 'write', value: 'write-all', line: 5, snippet: 'write-all' },
    ]);
  });

  const excuses: [scope: string, step: string][] = [
    ['packages', '- run: docker push x'],
    ['contents', '- uses: relekang/python-semantic-release@v7'],
    ['contents', '- run: pnpm exec semantic-release'],
    ['contents', '- run: mvn -B release:prepare'],
    ['contents', '- uses: peaceiris/actions-gh-pages@v3'],
    ['security-events', '- uses: github/codeql-action/upload-sarif@v3'],
    ['security-events', '- uses: zizmorcore/zizmor-action'],
  ];
  test.each(excuses)('%s is excused at job level by %s', (scope, step) => {
    const text = `permissions: {${scope}: write}\njobs:\n  a:\n    permissions: {${scope}: write}\n  b:\n    steps:\n      ${step}`;
    const levels = readReferencePermissions(read(text)).filter((entry) => entry.name === scope);
    expect(levels.map((entry) => entry.level)).toEqual(['write', 'unknown']);
    const other = readReferencePermissions(read(text.replace(step, '- run: ls')));
    expect(other.filter((entry) => entry.name === scope).map((entry) => entry.level)).toEqual([
      'write',
      'write',
    ]);
  });
});

describe('Gradle wrapper (2.3)', () => {
  const text =
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: gradle/actions/wrapper-validation@v3\n';
  test('only in a workflow without problems', () => {
    expect(validatesGradleWrapper(read(text))).toBe(true);
    expect(validatesGradleWrapper(read(`${text}foo: bar`))).toBe(false);
    expect(validatesGradleWrapper(read(text.replace('@v3', '')))).toBe(false);
    expect(validatesGradleWrapper(read(': }'))).toBe(false);
  });
});
