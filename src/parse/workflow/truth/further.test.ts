import { describe, expect, test } from 'vitest';
import {
  findAnalyses,
  findArtifactUses,
  findCheckouts,
  findInheritedSecrets,
  findInjections,
  findOwnRunners,
  findPersistedCredentials,
  findPoisonedCaches,
  findPublishers,
  parseAction,
  parseWorkflow,
  type Surroundings,
} from '../index.ts';

// Expected values: the definitions of what is true (verdicts), applied by hand.

function files(text: string, actions: Record<string, string> = {}): Surroundings {
  return {
    workflows: [parseWorkflow(text, '.github/workflows/a.yml')],
    actions: Object.entries(actions).map(([path, action]) => parseAction(action, `${path}/action.yml`)),
  };
}

function workflow(on: string, steps: string, job = ''): Surroundings {
  return files(`on: ${on}\njobs:\n  j:\n${job}    steps:\n${steps.replace(/^/gm, '      ')}\n`);
}

describe('artifacts of untrusted runs', () => {
  const get = (path: string): string =>
    `- uses: actions/download-artifact@v4\n  with:\n    run-id: \${{ github.event.workflow_run.id }}${path && `\n    path: ${path}`}\n`;
  const cases: [name: string, steps: string, job: string, expected: string | undefined][] = [
    ['into the workspace, then a build', `${get('')}- run: npm ci`, '', 'true'],
    ['into the workspace, only read', `${get('')}- run: cat nr`, '', 'false not-used'],
    ['into a folder that is run', `${get('out')}- run: bash out/run.sh`, '', 'true'],
    ['into a folder, run from inside', `${get('out')}- run: make\n  working-directory: out`, '', 'true'],
    [
      'into a folder that is data',
      `${get('out')}- run: node report.js --file out/x.json`,
      '',
      'false not-used',
    ],
    ['into a temporary folder', `${get('${{ runner.temp }}/x')}- run: npm ci`, '', 'false not-used'],
    ['published results', `${get('')}- uses: dorny/test-reporter@v1`, '', 'false not-used'],
    ['by the forge client', '- run: gh run download 1\n- run: ./x', '', 'true'],
    ['of the same run', '- uses: actions/download-artifact@v4\n- run: ./x', '', undefined],
    [
      'pushes only',
      `${get('')}- run: npm ci`,
      "    if: github.event.workflow_run.event == 'push'\n",
      'false no-event',
    ],
    [
      'same repository',
      `${get('')}- run: npm ci`,
      '    if: github.event.workflow_run.head_repository.full_name == github.repository\n',
      'gated same-repository',
    ],
  ];
  test.each(cases)('%s', (_name, steps, job, expected) => {
    const [found] = findArtifactUses(workflow('workflow_run', steps, job));
    expect(
      found && [found.verdict, found.gate ?? found.reason].filter((word) => word !== undefined).join(' '),
    ).toBe(expected);
  });

  test('text of such files is text of outsiders', () => {
    const use = '- run: echo ${{ steps.s.outputs.n }}';
    const verdicts = (script: string): string[] =>
      findInjections(
        workflow('workflow_run', `${get('')}- id: s\n  run: |\n${script.replace(/^/gm, '    ')}\n${use}`),
      ).map(({ sink, verdict }) => `${verdict} ${sink}`);
    expect(verdicts('echo "n=$(cat nr)" >> $GITHUB_OUTPUT')).toEqual(['true script']);
    expect(verdicts('n=$(<nr)\necho "n=$n" >> $GITHUB_OUTPUT')).toEqual(['true script']);
    expect(verdicts('cat vars >> $GITHUB_ENV')).toEqual(['true environment-file']);
    expect(verdicts('n=$(cat nr)\n[[ "$n" =~ ^[0-9]+$ ]] || exit 1\necho "n=$n" >> $GITHUB_OUTPUT')).toEqual(
      [],
    );
    expect(verdicts('echo "n=1" >> $GITHUB_OUTPUT')).toEqual([]);
  });
});

describe('weaknesses without a rule in the reference', () => {
  test('secrets for a workflow of another repository', () => {
    const call = (uses: string): Surroundings =>
      files(`on: push\njobs:\n  j:\n    uses: ${uses}\n    secrets: inherit\n`);
    expect(findInheritedSecrets(call('x/y/.github/workflows/z.yml@main'))).toMatchObject([
      { line: 5, verdict: 'true' },
    ]);
    expect(findInheritedSecrets(call('./.github/workflows/z.yml'))).toEqual([]);
  });

  const runners: [name: string, on: string, job: string, expected: string | undefined][] = [
    ['own machine', 'pull_request', 'runs-on: [self-hosted, linux]', 'true'],
    ['own machine by text', 'pull_request', 'runs-on: self-hosted', 'true'],
    [
      'own machine by matrix',
      'issues',
      'strategy: {matrix: {os: [[self-hosted, x]]}}\n    runs-on: ${{ matrix.os }}',
      'true',
    ],
    ['for pushes', 'push', 'runs-on: self-hosted', undefined],
    ['not own', 'pull_request', 'runs-on: ubuntu-latest', undefined],
    [
      'same repository',
      'pull_request',
      'if: github.event.pull_request.head.repo.fork == false\n    runs-on: self-hosted',
      'gated',
    ],
  ];
  test.each(runners)('%s', (_name, on, job, expected) => {
    const found = findOwnRunners(workflow(on, '- run: ls', `    ${job}\n`));
    expect(found[0]?.verdict).toBe(expected);
  });

  test('tokens and caches beside the code of outsiders', () => {
    const check = (persist: string): Surroundings =>
      workflow(
        'pull_request_target',
        `- uses: actions/checkout@v1\n  with:\n    ref: \${{ github.head_ref }}${persist}\n- uses: actions/cache@v4\n- uses: actions/setup-node@v4\n  with: {cache: npm}\n- uses: actions/setup-node@v4\n- run: npm ci`,
      );
    const open = check('');
    const checkouts = findCheckouts(open, '2026-11-21');
    expect(findPersistedCredentials(open, checkouts)).toMatchObject([{ line: 5, verdict: 'true' }]);
    expect(findPoisonedCaches(open, checkouts).map(({ line }) => line)).toEqual([8, 9]);
    const closed = check('\n    persist-credentials: false');
    expect(findPersistedCredentials(closed, findCheckouts(closed, '2026-11-21'))).toEqual([]);
    const push = workflow('push', '- uses: actions/checkout@v1\n- uses: actions/cache@v4\n- run: npm ci');
    expect(findPoisonedCaches(push, findCheckouts(push, '2026-11-21'))).toEqual([]);
  });
});

describe('publishers', () => {
  const cases: [steps: string, what: string | undefined][] = [
    ['- run: npm publish', 'npm'],
    ['- run: pnpm -r publish --access public', 'npm'],
    ['- run: npm publish --dry-run', undefined],
    ['- run: echo npm publish', undefined],
    ['- run: "# npm publish"', undefined],
    ['- run: npm run publish-docs', undefined],
    ['- run: python -m twine upload dist/*', 'pypi'],
    ['- run: uv publish', 'pypi'],
    ['- run: poetry publish --build', 'pypi'],
    ['- run: cargo publish -p x', 'cargo'],
    ['- run: ./gradlew publishToMavenCentral', 'maven'],
    ['- run: mvn -B deploy', 'maven'],
    ['- run: mvn test', undefined],
    ['- run: docker push x', 'image'],
    ['- run: docker build -t x --push .', 'image'],
    ['- run: docker build -t x .', undefined],
    ['- run: helm push x oci://y', 'chart'],
    ['- run: gh release create v1', 'release'],
    ['- run: gh release view v1', undefined],
    ['- run: goreleaser release --clean', 'release'],
    ['- run: goreleaser release --snapshot', undefined],
    ['- run: git push', undefined],
    ['- run: vsce publish', 'editor extension'],
    ['- run: mix hex.publish --yes', 'hex'],
    ['- run: yarn semantic-release', 'release'],
    ['- uses: docker/build-push-action@v6\n  with: {push: true}', 'image'],
    ['- uses: docker/build-push-action@v6\n  with: {push: false}', undefined],
    ['- uses: docker/build-push-action@v6', undefined],
    ['- uses: pypa/gh-action-pypi-publish@release/v1', 'pypi'],
    ['- uses: rubygems/release-gem@v1', 'gem'],
    ['- uses: JS-DevTools/npm-publish@v3', 'npm'],
    ['- uses: ko-build/setup-ko@v0.6', 'image'],
    ['- uses: actions/checkout@v4', undefined],
  ];
  test.each(cases)('%s', (steps, what) => {
    expect(findPublishers(workflow('push', steps)).map((found) => found.what)).toEqual(
      what === undefined ? [] : [what],
    );
  });

  test('in composite actions and called workflows', () => {
    const action = 'runs:\n  using: composite\n  steps:\n    - run: npm publish\n      shell: bash\n';
    const local = files('on: push\njobs:\n  j:\n    steps:\n      - uses: ./rel\n', { rel: action });
    expect(findPublishers(local)).toMatchObject([{ line: 5, what: 'npm' }]);
    const call = files(
      'on: push\njobs:\n  j:\n    uses: slsa-framework/slsa-github-generator/.github/workflows/builder_go_slsa3.yml@v2.0.0\n',
    );
    expect(findPublishers(call)).toMatchObject([{ line: 3, what: 'release' }]);
  });
});

describe('static analysis', () => {
  const cases: [steps: string, expected: string | undefined][] = [
    ['- uses: github/codeql-action/analyze@v3', 'CodeQL code'],
    ['- uses: github/codeql-action/init@v3', undefined],
    ['- uses: jetbrains/QODANA-action@v1', 'Qodana code'],
    ['- uses: SonarSource/sonarqube-scan-action@v4', 'Sonar code'],
    ['- uses: zizmorcore/zizmor-action@v0', 'zizmor workflow'],
    ['- uses: hadolint/hadolint-action@v3', 'Hadolint general'],
    ['- run: semgrep ci', 'Semgrep code'],
    ['- run: uvx zizmor .', 'zizmor workflow'],
    ['- run: python -m bandit -r src', 'Bandit code'],
    ['- run: cargo clippy -- -D warnings', 'Clippy general'],
    ['- run: cargo test', undefined],
    ['- run: npx eslint .', 'ESLint general'],
    ['- run: echo semgrep', undefined],
    ['- run: golangci-lint --version', undefined],
  ];
  test.each(cases)('%s', (steps, expected) => {
    const [found] = findAnalyses(workflow('push', steps));
    expect(found && `${found.tool} ${found.kind}`).toBe(expected);
  });
});
