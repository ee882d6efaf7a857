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
  parseTaskFile,
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
    ['- uses: ko-build/setup-ko@v0.6', undefined],
    ['- run: ko build --bare ./cmd/x', 'image'],
    ['- run: ko build -L ./cmd/x', undefined],
    ['- run: ko apply -f x\n  env: {KO_DOCKER_REPO: kind.local}', undefined],
    ['- run: KO_DOCKER_REPO=ko.local ko build x', undefined],
    ['- run: sudo docker push x', 'image'],
    ['- run: docker push localhost:5000/x', undefined],
    ['- run: docker buildx imagetools create -t o/x:1 o/x@sha256:0', 'image'],
    ['- run: ./gradlew publishToMavenLocal', undefined],
    ['- run: ./gradlew -PdeploymentRepository=$(pwd)/out publishAll', undefined],
    ['- run: npm publish --registry http://localhost:4873', undefined],
    ['- run: Publish-Module -Path x\n  shell: pwsh', 'psgallery'],
    ['- uses: nick-fields/retry@v3\n  with: {command: twine upload dist/*}', 'pypi'],
    [
      '- uses: actions/github-script@v7\n  with: {script: await github.rest.repos.createRelease()}',
      'release',
    ],
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

describe('text asked from the forge, and handed on', () => {
  const url =
    'env: {URL: "${{ github.event.issue.pull_request.url }}", C: "${{ github.event.comment.body }}"}';
  const use = '- run: git switch ${{ steps.a.outputs.x }}\n';
  const script = (...lines: string[]) => `- id: a\n  ${url}\n  run: |\n    ${lines.join('\n    ')}\n${use}`;
  test.each([
    ['I=$(curl -s "$URL"); X=$(echo "$I" | jq -r .head.ref)', 1],
    ['I=$(curl -s "$URL"); X=$(echo "$I" | jq -r .head.sha)', 0],
    ['I=$(curl -s -X GET "$URL"); X=$(echo "$I" | jq -r .head.ref)', 1],
    ['I=$(curl -s -X POST "$URL"); X=$(echo "$I" | jq -r .head.ref)', 0],
    ['I=$(curl -s https://example.org/x); X=$(echo "$I" | jq -r .head.ref)', 0],
    ['X=$(gh api "$URL" --jq .head.ref)', 1],
    ['I=$(gh api "$URL"); X=$(jq -r .head.ref <<< "$I")', 1],
    ['[[ "$C" =~ ^/run\\ (.*)$ ]]; X="${BASH_REMATCH[1]}"', 1],
    ['[[ "$C" =~ ^/run\\ ([0-9]+)$ ]]; X="${BASH_REMATCH[1]}"', 0],
  ])('%s', (line, count) => {
    const found = findInjections(workflow('issue_comment', script(line, 'echo "x=$X" >> "$GITHUB_OUTPUT"')));
    expect(found.filter(({ verdict }) => verdict === 'true')).toHaveLength(count);
  });
  test.each([
    ['./.ci/append-to-github-output.sh x "$C"', 1],
    ['set_output x "$C"', 1],
    ['./.ci/notify.sh x "$C"', 0],
  ])('by a helper: %s', (line, count) => {
    const found = findInjections(workflow('issue_comment', script(line)));
    expect(found.filter(({ verdict }) => verdict === 'true')).toHaveLength(count);
  });
});

describe('trees handed to later jobs', () => {
  const carried = (pack: string, path: string, work: string) =>
    files(
      `on: issue_comment\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: {ref: 'refs/pull/\${{ github.event.issue.number }}/head'}\n${pack}      - uses: actions/upload-artifact@v4\n        with: {path: ${path}}\n  b:\n    needs: a\n    steps:\n      - uses: actions/download-artifact@v4\n      - run: ${work}\n`,
    );
  test.each([
    ['', '.', 'npm ci', 'true'],
    ['      - run: tar cf /tmp/w.tar .\n', '/tmp/w.tar', 'make', 'true'],
    ['', 'report.txt', 'make', 'false'],
    ['', '.', 'ls', 'false'],
  ])('%j %s %s', (pack, path, work, verdict) => {
    expect(findCheckouts(carried(pack, path, work), '2026-12-01').map((one) => one.verdict)).toEqual([
      verdict,
    ]);
  });
});

describe('called workflows of others, by name', () => {
  test.each([
    ['publish-npm', 1],
    ['go-release', 1],
    ['release-drafter', 0],
    ['publish-docs', 0],
    ['ci', 0],
  ])('%s', (name, count) => {
    const call = files(`on: push\njobs:\n  j:\n    uses: o/r/.github/workflows/${name}.yml@v1\n`);
    expect(findPublishers(call)).toHaveLength(count);
  });
});

describe('tasks that workflows call', () => {
  const texts: Readonly<Record<string, string>> = {
    Makefile:
      'DOCKER ?= docker\nIMG := o/x\n.PHONY: push\nbuild:\n\tgo build\npush: build ## push it\n\t@$(DOCKER) push $(IMG)\nrelease: push\nlint:\n\tgolangci-lint run ./...\nloop: loop\n\tmake loop\nvia:\n\t./hack/publish.sh\n',
    'package.json': JSON.stringify({
      scripts: {
        release: 'npm run build && npm publish',
        build: 'tsc',
        ship: 'yarn release',
        lint: 'eslint .',
      },
    }),
    justfile: 'publish version: build\n  @cargo publish\nbuild:\n  cargo build\nsec:\n    gosec ./...\n',
    'Taskfile.yml':
      "version: '3'\ntasks:\n  image:\n    cmds:\n      - docker push o/x\n  all:\n    deps: [image]\n  two:\n    cmds:\n      - task: image\n",
    'hack/publish.sh': '#!/bin/sh\ntwine upload dist/*\n',
    'hack/other.sh': 'twine upload dist/*\n',
    'Push.ps1': '$x = 1\nGet-ChildItem | ForEach-Object {\n  # nuget\n  dotnet nuget push $_ --source x\n}\n',
  };
  const tasks = Object.entries(texts).flatMap(([path, text]) => parseTaskFile(text, path) ?? []);
  const calling = (run: string) => ({ ...workflow('push', `- run: ${run}`), tasks });
  test.each([
    ['make push', 'image'],
    ['make release', 'image'],
    ['make -j4 release V=1', 'image'],
    ['make -C sub release', undefined],
    ['make build', undefined],
    ['make loop', undefined],
    ['make via', 'pypi'],
    ['npm run release', 'npm'],
    ['yarn ship', 'npm'],
    ['pnpm run build', undefined],
    ['just publish 1.0', 'cargo'],
    ['just build', undefined],
    ['task all', 'image'],
    ['task two', 'image'],
    ['bash hack/publish.sh', 'pypi'],
    ['./hack/publish.sh --now', 'pypi'],
    ['./hack/other.sh', undefined],
    ['./Push.ps1', 'nuget'],
    ['echo make push', undefined],
  ])('%s publishes %s', (run, what) => {
    expect(findPublishers(calling(run)).map((found) => found.what)).toEqual(what === undefined ? [] : [what]);
  });
  test.each([
    ['make lint', 'golangci-lint general'],
    ['npm run lint', 'ESLint general'],
    ['just sec', 'gosec code'],
    ['make push', undefined],
  ])('%s analyses by %s', (run, tool) => {
    const found = findAnalyses(calling(run)).map((one) => `${one.tool} ${one.kind}`);
    expect(found).toEqual(tool === undefined ? [] : [tool]);
  });
  test('are not looked for elsewhere', () => {
    const folder = { ...workflow('push', '- run: make push\n  working-directory: sub'), tasks };
    expect(findPublishers(folder)).toEqual([]);
  });
});

describe('tokens in uploaded trees', () => {
  const steps = (checkout: string, upload: string) =>
    `- uses: actions/checkout@${checkout}\n- uses: actions/upload-artifact@${upload}\n`;
  const hash = '11bd71901bbe5b1630ceea73d27597364c9af683';
  test.each([
    ['v4', 'v3\n  with: {path: .}', true],
    ['v4', 'v4\n  with: {path: .}', false],
    ['v4', 'v4.3.1\n  with: {path: ./}', true],
    ['v4', 'v4\n  with: {path: ., include-hidden-files: true}', true],
    [`${hash} # v4.2.2`, 'v3\n  with: {path: .}', true],
    [`${hash} # v6.0.0`, 'v3\n  with: {path: .}', false],
    ['v6', 'v3\n  with: {path: .}', false],
    ['v4', 'v3\n  with: {path: dist}', false],
    ['v4', 'v3\n  with: {path: .git}', true],
    ['v4', 'v3\n  with:\n    path: |\n      .\n      !.git/**', false],
    ['v4\n  with: {path: a/b}', "v3\n  with: {path: 'a/**'}", true],
    ['v4\n  with: {persist-credentials: false}', 'v3\n  with: {path: .}', false],
  ])('checkout %s, upload %s', (checkout, upload, kept) => {
    expect(findPersistedCredentials(workflow('push', steps(checkout, upload)), [])).toHaveLength(
      kept ? 1 : 0,
    );
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
