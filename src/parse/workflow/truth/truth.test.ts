import { describe, expect, test } from 'vitest';
import {
  findCheckouts,
  findGrants,
  findInjections,
  parseAction,
  parseWorkflow,
  type Surroundings,
} from '../index.ts';
import { NPM_REGISTRY } from '../public-registries.ts';

// Expected values: the definitions of what is true (verdicts), applied by hand.

const TODAY = '2026-11-21';

function files(workflows: Record<string, string>, actions: Record<string, string> = {}): Surroundings {
  return {
    workflows: Object.entries(workflows).map(([name, text]) =>
      parseWorkflow(text, `.github/workflows/${name}.yml`),
    ),
    actions: Object.entries(actions).map(([path, text]) => parseAction(text, `${path}/action.yml`)),
  };
}

/** A workflow with one job `j`; the lines stand below `steps`, indented by six. */
function workflow(on: string, steps: string, job = ''): string {
  return `on: ${on}\njobs:\n  j:\n${job}    steps:\n${steps.replace(/^/gm, '      ')}\n`;
}

function injections(on: string, steps: string, job = ''): string[] {
  return findInjections(files({ a: workflow(on, steps, job) })).map(
    ({ verdict, gate, reason, sink }) =>
      `${verdict}${gate ? ` ${gate}` : ''}${reason ? ` ${reason}` : ''} ${sink}`,
  );
}

describe('which texts are unsafe', () => {
  const cases: [on: string, expression: string, verdict: 'true' | 'none'][] = [
    ['issues', 'github.event.issue.title', 'true'],
    ['issues', "github['event']['issue']['TITLE']", 'true'],
    ['issues', 'GITHUB.EVENT.ISSUE.BODY', 'true'],
    ['issues', 'toJSON(github.event.issue)', 'true'],
    ['issues', 'toJSON(github.event)', 'true'],
    ['issues', "format('{0}', github.event.issue.title)", 'true'],
    ['issues', "join(github.event.issue.title, ',')", 'true'],
    ['issues', "github.event.issue.title || 'x'", 'true'],
    ['pull_request', 'github.head_ref', 'true'],
    ['pull_request_target', 'github.event.pull_request.head.label', 'true'],
    ['push', 'github.event.head_commit.message', 'true'],
    ['push', 'github.event.commits[0].author.name', 'true'],
    ['push', 'github.event.head_commit.committer.email', 'true'],
    ['workflow_run', 'github.event.workflow_run.head_branch', 'true'],
    ['workflow_run', 'github.event.workflow_run.display_title', 'true'],
    ['gollum', 'github.event.pages[0].title', 'true'],
    ['pull_request', 'github.event.changes.title.from', 'true'],
    ['discussion_comment', 'github.event.comment.body', 'true'],
    ['issues', 'github.event.issue.number', 'none'],
    ['issues', 'github.event.issue.user.login', 'none'],
    ['issues', 'github.event.issue.html_url', 'none'],
    ['issues', 'github.event.issue.labels[0].name', 'none'],
    ['issues', 'github.event.issue.milestone.title', 'none'],
    ['issues', "contains(github.event.label.name, 'x')", 'none'],
    ['pull_request', 'github.base_ref', 'none'],
    ['pull_request', 'github.event.pull_request.head.sha', 'none'],
    ['pull_request', 'github.event.pull_request.head.repo.full_name', 'none'],
    ['pull_request', 'github.ref_name', 'none'],
    ['release', 'github.event.release.tag_name', 'none'],
    ['workflow_dispatch', 'inputs.title', 'none'],
    ['repository_dispatch', 'github.event.client_payload.title', 'none'],
    ['issues', 'github.event.issue', 'none'],
    ['issues', 'github.actor', 'none'],
    ['issues', 'secrets.X', 'none'],
  ];
  test.each(cases)('%s: %s', (on, expression, verdict) => {
    const found = injections(on, `- run: echo "\${{ ${expression} }}"`);
    expect(found).toEqual(verdict === 'true' ? ['true script'] : []);
  });

  const fine: [on: string, expression: string, reason: string][] = [
    ['issues', "github.event.issue.title == 'x'", 'no-text'],
    ['issues', "contains(github.event.issue.title, 'x')", 'no-text'],
    ['issues', "github.event.issue.title && 'x' || 'y'", 'no-text'],
    ['push', 'github.event.issue.title', 'no-event'],
    ['schedule', 'github.head_ref', 'no-event'],
    ['issues', 'github.head_ref', 'no-event'],
    ['push', "!contains(github.event.head_commit.message, 'skip')", 'no-text'],
  ];
  test.each(fine)('looks bad, is fine: %s: %s', (on, expression, reason) => {
    expect(injections(on, `- run: echo "\${{ ${expression} }}"`)).toEqual([`false ${reason} script`]);
  });
});

describe('which places are code', () => {
  const title = '${{ github.event.issue.title }}';
  const cases: [name: string, steps: string, expected: string[]][] = [
    ['env read by a quoted variable', `- run: echo "$T"\n  env:\n    T: ${title}`, []],
    ['env spliced', `- run: echo "\${{ env.T }}"\n  env:\n    T: ${title}`, ['true script']],
    ['eval', `- run: eval "echo $T"\n  env: {T: "${title}"}`, ['true eval']],
    ['inner shell', `- run: bash -c "echo $T"\n  env: {T: "${title}"}`, ['true eval']],
    ['inner shell reads it itself', `- run: bash -c 'echo "$T"'\n  env: {T: "${title}"}`, []],
    ['wrapped inner shell', `- run: sudo -E sh -ec "echo \${T}"\n  env: {T: "${title}"}`, ['true eval']],
    ['piped into a shell', `- run: echo "$T" | bash\n  env: {T: "${title}"}`, ['true eval']],
    ['remote shell', `- run: ssh -p 22 h "echo $T"\n  env: {T: "${title}"}`, ['true eval']],
    ['remote shell reads it itself', `- run: ssh h 'echo "$T"'\n  env: {T: "${title}"}`, []],
    [
      'put in by xargs',
      `- run: echo "$T" | xargs -I{} sh -c 'echo {}'\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    ['handed on by xargs', `- run: echo "$T" | xargs -I{} echo {}\n  env: {T: "${title}"}`, []],
    ['program of awk', `- run: awk "/$T/" f\n  env: {T: "${title}"}`, ['true eval']],
    ['value for awk', `- run: awk -v t="$T" '{print t}' f\n  env: {T: "${title}"}`, []],
    ['substituted code', `- run: source <(echo "$T")\n  env: {T: "${title}"}`, ['true eval']],
    [
      'a script that is written, then run',
      `- run: |\n    echo "say $T" > s.sh\n    bash ./s.sh\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    ['a text that is written', `- run: |\n    echo "$T" > s.txt\n    cat s.txt\n  env: {T: "${title}"}`, []],
    [
      'code by here-document',
      `- run: |\n    python3 - <<EOF\n    print("$T")\n    EOF\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    ['PowerShell', `- run: iex "echo $env:T"\n  shell: pwsh\n  env: {T: "${title}"}`, ['true eval']],
    [
      'PowerShell, piped',
      `- run: $env:T | Invoke-Expression\n  shell: pwsh\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    [
      'PowerShell, by a variable',
      `- run: |\n    $x = $env:T\n    iex $x\n  shell: pwsh\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    [
      'PowerShell, cleaned',
      `- run: |\n    $x = $env:T -replace '[^a-z]', ''\n    iex $x\n  shell: pwsh\n  env: {T: "${title}"}`,
      [],
    ],
    ['PowerShell, single quotes', `- run: iex 'echo $env:T'\n  shell: pwsh\n  env: {T: "${title}"}`, []],
    [
      'PowerShell, inner',
      `- run: powershell -Command "echo $env:T"\n  shell: pwsh\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    ['PowerShell, a value', `- run: Write-Host $env:T\n  shell: pwsh\n  env: {T: "${title}"}`, []],
    [
      'PowerShell, environment file',
      `- run: '"T=$env:T" | Out-File -Append $env:GITHUB_ENV'\n  shell: pwsh\n  env: {T: "${title}"}`,
      ['true environment-file'],
    ],
    ['command prompt', `- run: echo %T%\n  shell: cmd\n  env: {T: "${title}"}`, ['true eval']],
    ['command prompt, other variable', `- run: echo %PATH%\n  shell: cmd\n  env: {T: "${title}"}`, []],
    [
      'Python',
      `- run: os.system("echo " + os.environ["T"])\n  shell: python\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    ['Python, no shell', `- run: print(os.environ["T"])\n  shell: python\n  env: {T: "${title}"}`, []],
    [
      'Python, by a variable',
      `- run: |\n    t = os.getenv("T")\n    subprocess.run(f"echo {t}", shell=True)\n  shell: python\n  env: {T: "${title}"}`,
      ['true eval'],
    ],
    [
      'JavaScript that starts a shell',
      `- uses: actions/github-script@v7\n  with:\n    script: require('child_process').execSync('echo ' + context.payload.issue.title)`,
      ['true eval'],
    ],
    [
      'JavaScript without a shell',
      `- uses: actions/github-script@v7\n  with:\n    script: await exec.exec('echo', [context.payload.issue.title])`,
      [],
    ],
    ['interpreter code', `- run: python3 -c "print('$T')"\n  env: {T: "${title}"}`, ['true eval']],
    [
      'environment file',
      `- run: echo "T=$T" >> $GITHUB_ENV\n  env: {T: "${title}"}`,
      ['true environment-file'],
    ],
    [
      'environment file, in a group',
      `- run: |\n    {\n      echo "T<<EOF"\n      echo "$T"\n      echo EOF\n    } >> "$GITHUB_ENV"\n  env: {T: "${title}"}`,
      ['true environment-file'],
    ],
    [
      'environment file, random delimiter',
      `- run: |\n    D=$(openssl rand -hex 8)\n    echo "T<<$D" >> "$GITHUB_ENV"\n    echo "$T" >> "$GITHUB_ENV"\n    echo "$D" >> "$GITHUB_ENV"\n  env: {T: "${title}"}`,
      [],
    ],
    [
      'number in the environment file',
      '- run: echo "N=$N" >> $GITHUB_ENV\n  env: {N: "${{ github.event.issue.number }}"}',
      [],
    ],
    [
      'github-script',
      `- uses: actions/github-script@v7\n  with:\n    script: console.log("${title}")`,
      ['true input'],
    ],
    [
      'github-script, as JSON',
      '- uses: actions/github-script@v7\n  with:\n    script: console.log(${{ toJSON(github.event.issue.title) }})',
      ['false encoded input'],
    ],
    [
      'github-script, JSON in quotes',
      '- uses: actions/github-script@v7\n  with:\n    script: console.log(`${{ toJSON(github.event.issue.title) }}`)',
      ['true input'],
    ],
    ['input that is no code', `- uses: actions/labeler@v5\n  with:\n    title: ${title}`, []],
    ['name of the step', `- name: ${title}\n  run: ls`, []],
    [
      'shell image',
      `- uses: docker://alpine\n  with:\n    entrypoint: /bin/sh\n    args: -c "echo ${title}"`,
      ['true input'],
    ],
    ['another shell', `- run: Write-Host "${title}"\n  shell: pwsh`, ['true script']],
  ];
  test.each(cases)('%s', (_name, steps, expected) => {
    expect(injections('issues', steps)).toEqual(expected);
  });

  test('the line is that of the expression', () => {
    const [found] = findInjections(files({ a: workflow('issues', `- run: |\n    ls\n    echo ${title}`) }));
    expect(found).toMatchObject({
      path: '.github/workflows/a.yml',
      job: 'j',
      line: 7,
      source: 'github.event.issue.title',
    });
  });
});

describe('ways', () => {
  const title = '${{ github.event.issue.title }}';
  const use = '- run: echo "${{ steps.s.outputs.t }}"';
  const cases: [name: string, first: string, expected: string[]][] = [
    ['output of a script', '- id: s\n  run: echo "t=$T" >> $GITHUB_OUTPUT\n  env: {T: "%"}', ['true script']],
    [
      'output, old command',
      '- id: s\n  run: echo "::set-output name=t::$T"\n  env: {T: "%"}',
      ['true script'],
    ],
    [
      'output over several lines',
      '- id: s\n  run: |\n    echo "t<<EOF" >> $GITHUB_OUTPUT\n    echo "$T" >> $GITHUB_OUTPUT\n    echo "EOF" >> $GITHUB_OUTPUT\n  env: {T: "%"}',
      ['true script'],
    ],
    [
      'output by printf',
      '- id: s\n  run: printf \'t=%s\\n\' "$T" >> "$GITHUB_OUTPUT"\n  env: {T: "%"}',
      ['true script'],
    ],
    [
      'output by another variable',
      '- id: s\n  run: |\n    X=$(echo "$T" | cut -d: -f1)\n    echo "t=$X" >> $GITHUB_OUTPUT\n  env: {T: "%"}',
      ['true script'],
    ],
    [
      'cleaned output',
      '- id: s\n  run: |\n    X=$(echo "$T" | tr -cd "a-z0-9")\n    echo "t=$X" >> $GITHUB_OUTPUT\n  env: {T: "%"}',
      [],
    ],
    ['digest', '- id: s\n  run: echo "t=$(echo "$T" | sha256sum)" >> $GITHUB_OUTPUT\n  env: {T: "%"}', []],
    [
      'strict pattern',
      '- id: s\n  run: |\n    [[ "$T" =~ ^[0-9]+$ ]] || exit 1\n    echo "t=$T" >> $GITHUB_OUTPUT\n  env: {T: "%"}',
      [],
    ],
    ['another output', '- id: s\n  run: echo "u=$T" >> $GITHUB_OUTPUT\n  env: {T: "%"}', []],
    [
      'from the forge',
      '- id: s\n  run: echo "t=$(gh issue view 1 --json title -q .title)" >> $GITHUB_OUTPUT',
      ['true script'],
    ],
    [
      'a number from the forge',
      '- id: s\n  run: echo "t=$(gh issue view 1 --json number -q .number)" >> $GITHUB_OUTPUT',
      [],
    ],
    [
      'the event file',
      '- id: s\n  run: echo "t=$(jq -r .issue.title "$GITHUB_EVENT_PATH")" >> $GITHUB_OUTPUT',
      ['true script'],
    ],
    ['output of an action', '- id: s\n  uses: stefanbuck/github-issue-parser@v3', ['true script']],
    ['output of a harmless action', '- id: s\n  uses: actions/cache@v4', []],
    [
      'passed through an action',
      '- id: s\n  uses: frabert/replace-string-action@v2\n  with: {string: "%"}',
      ['true script'],
    ],
    [
      'script that hands on',
      '- id: s\n  uses: actions/github-script@v7\n  with:\n    script: core.setOutput("t", context.payload.issue.title)',
      ['true script'],
    ],
  ];
  test.each(cases)('%s', (_name, first, expected) => {
    expect(injections('issues', `${first.replaceAll('"%"', JSON.stringify(title))}\n${use}`)).toEqual(
      expected,
    );
  });

  test('file names of a pull request', () => {
    const steps =
      '- id: s\n  uses: tj-actions/changed-files@v44\n- run: for f in ${{ steps.s.outputs.all_changed_files }}; do ls; done';
    expect(injections('pull_request', steps)).toEqual(['true script']);
  });

  test('outputs of jobs, matrices, job and workflow env, written variables', () => {
    const text = `on: issues
env:
  W: ${title}
jobs:
  a:
    outputs:
      t: \${{ steps.s.outputs.t }}
    steps:
      - id: s
        run: echo "t=$T" >> $GITHUB_OUTPUT
        env: {T: "${title}"}
  b:
    needs: a
    env: {J: "${title}"}
    strategy:
      matrix:
        x: \${{ fromJSON(needs.a.outputs.t) }}
    steps:
      - run: echo \${{ needs.a.outputs.t }}
      - run: echo \${{ matrix.x }}
      - run: echo \${{ env.J }}
      - run: echo \${{ env.W }}
      - run: echo \${{ env.N }}
`;
    const found = findInjections(files({ a: text }));
    expect(found.map(({ line, verdict, via }) => [line, verdict, via.join()])).toEqual([
      [19, 'true', 'env,output'],
      [20, 'true', 'env,output,matrix'],
      [21, 'true', 'env'],
      [22, 'true', 'env'],
    ]);
  });

  test('composite actions', () => {
    const action =
      'inputs: {t: {}}\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.t }}\n      shell: bash\n    - run: echo ${{ github.event.issue.body }}\n      shell: bash\n';
    const steps = `- uses: ./act\n  with: {t: "${title}"}`;
    const found = findInjections(files({ a: workflow('issues', steps) }, { act: action }));
    expect(found.map(({ path, line, verdict }) => [path, line, verdict])).toEqual([
      ['act/action.yml', 5, 'true'],
      ['act/action.yml', 7, 'true'],
    ]);
    const safe = findInjections(
      files({ a: workflow('push', '- uses: ./act\n  with: {t: x}') }, { act: action }),
    );
    expect(safe.map(({ verdict }) => verdict)).toEqual(['false']);
  });

  test('reusable workflows', () => {
    const inner =
      'on:\n  workflow_call:\n    inputs:\n      t: {type: string}\n      n: {type: number}\njobs:\n  i:\n    steps:\n      - run: echo ${{ inputs.t }} ${{ inputs.n }}\n      - run: echo ${{ github.event.issue.body }}\n';
    const call = (on: string): string =>
      `on: ${on}\njobs:\n  c:\n    uses: ./.github/workflows/inner.yml\n    with:\n      t: ${title}\n      n: 1\n`;
    const verdicts = (workflows: Record<string, string>): unknown =>
      findInjections(files(workflows)).map(({ line, verdict }) => [line, verdict]);
    expect(verdicts({ a: call('issues'), inner })).toEqual([
      [9, 'true'],
      [10, 'true'],
    ]);
    expect(verdicts({ a: call('push'), inner })).toEqual([
      [9, 'false'],
      [10, 'false'],
    ]);
    expect(verdicts({ inner })).toEqual([[10, 'true']]);
  });

  test('aliases are followed', () => {
    const text = `on: issues\njobs:\n  a:\n    env: &e\n      T: ${title}\n    steps: []\n  b:\n    env: *e\n    steps:\n      - run: echo \${{ env.T }}\n`;
    expect(findInjections(files({ a: text })).map(({ line }) => line)).toEqual([10]);
  });
});

describe('gates', () => {
  const splice = '- run: echo "${{ github.event.comment.body }}"';
  const pull = '- run: echo "${{ github.event.pull_request.title }}"';
  const cases: [name: string, on: string, steps: string, job: string, expected: string][] = [
    [
      'association',
      'issue_comment',
      splice,
      "if: github.event.comment.author_association == 'OWNER'",
      'gated association',
    ],
    [
      'list of associations',
      'issue_comment',
      splice,
      `if: contains(fromJSON('["OWNER","MEMBER"]'), github.event.comment.author_association)`,
      'gated association',
    ],
    [
      'a list with contributors',
      'issue_comment',
      splice,
      `if: contains(fromJSON('["OWNER","CONTRIBUTOR"]'), github.event.comment.author_association)`,
      'true',
    ],
    [
      'not first-timers',
      'issue_comment',
      splice,
      "if: github.event.comment.author_association != 'NONE'",
      'true',
    ],
    [
      'text of the comment',
      'issue_comment',
      splice,
      "if: startsWith(github.event.comment.body, '/run')",
      'true',
    ],
    [
      'author',
      'pull_request_target',
      pull,
      "if: github.event.pull_request.user.login == 'renovate[bot]'",
      'gated author',
    ],
    [
      'not an author',
      'pull_request_target',
      pull,
      "if: github.event.pull_request.user.login != 'renovate[bot]'",
      'true',
    ],
    ['actor', 'pull_request_target', pull, "if: github.actor == 'renovate[bot]'", 'true'],
    [
      'label',
      'pull_request_target',
      pull,
      "if: contains(github.event.pull_request.labels.*.name, 'safe')",
      'gated label',
    ],
    ['label just set', 'pull_request_target', pull, "if: github.event.label.name == 'safe'", 'gated label'],
    ['labels only', '{pull_request_target: {types: [labeled]}}', pull, '', 'gated label'],
    ['labels and more', '{pull_request_target: {types: [labeled, opened]}}', pull, '', 'true'],
    ['environment', 'pull_request_target', pull, 'environment: prod', 'gated environment'],
    [
      'same repository',
      'pull_request_target',
      pull,
      'if: github.event.pull_request.head.repo.full_name == github.repository',
      'gated same-repository',
    ],
    [
      'no fork',
      'pull_request_target',
      pull,
      'if: ${{ !github.event.pull_request.head.repo.fork }}',
      'gated same-repository',
    ],
    [
      'forks only',
      'pull_request_target',
      pull,
      'if: github.event.pull_request.head.repo.full_name != github.repository',
      'true',
    ],
    ['merged', 'pull_request_target', pull, 'if: github.event.pull_request.merged == true', 'gated merge'],
    ['draft', 'pull_request_target', pull, 'if: github.event.pull_request.draft == false', 'true'],
    ['title', 'pull_request_target', pull, "if: startsWith(github.event.pull_request.title, 'x')", 'true'],
    [
      'another event',
      '[pull_request_target, push]',
      pull,
      "if: github.event_name == 'push'",
      'false no-event',
    ],
    [
      'event or gate',
      '[pull_request_target, push]',
      pull,
      "if: github.event_name == 'push' || github.event.pull_request.merged",
      'gated merge',
    ],
    ['always', 'pull_request_target', pull, 'if: always()', 'true'],
    ['repository', 'pull_request_target', pull, "if: github.repository == 'a/b'", 'true'],
  ];
  test.each(cases)('%s', (_name, on, steps, job, expected) => {
    const line = job === '' ? '' : `    ${job}\n`;
    expect(injections(on, steps, line)).toEqual([`${expected} script`]);
  });

  test('of a step, of a needed job, of a checking step', () => {
    expect(
      injections('issue_comment', `${splice}\n  if: github.event.comment.author_association == 'OWNER'`),
    ).toEqual(['gated association script']);
    const needed = `on: pull_request_target\njobs:\n  a:\n    environment: ok\n    steps: [{run: ls}]\n  b:\n    needs: a\n    steps:\n      ${pull}\n`;
    expect(findInjections(files({ a: needed }))[0]).toMatchObject({ verdict: 'gated', gate: 'environment' });
    const always = needed.replace('needs: a', 'needs: a\n    if: always()');
    expect(findInjections(files({ a: always }))[0]).toMatchObject({ verdict: 'true' });
    const check = '- uses: actions-cool/check-user-permission@v2\n  with: {require: write}\n';
    expect(injections('issue_comment', check + splice)).toEqual(['gated association script']);
  });

  test('power', () => {
    const power = (on: string): unknown => findInjections(files({ a: workflow(on, pull) }))[0]?.power;
    expect(power('pull_request')).toBe('low');
    expect(power('pull_request_target')).toBe('high');
    expect(power('[pull_request, pull_request_target]')).toBe('high');
  });
});

describe('checkouts', () => {
  const build = '\n- run: make';
  const sha = '${{ github.event.pull_request.head.sha }}';
  const old = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';
  const ref = (value: string, uses = old): string => `- uses: ${uses}\n  with:\n    ref: ${value}`;
  const cases: [name: string, on: string, steps: string, expected: string | undefined][] = [
    ['head commit', 'pull_request_target', ref(sha) + build, 'true'],
    ['head branch', 'pull_request_target', ref('${{ github.head_ref }}') + build, 'true'],
    ['merge ref', 'pull_request_target', ref('refs/pull/${{ github.event.number }}/merge') + build, 'true'],
    [
      'fork',
      'pull_request_target',
      `- uses: ${old}\n  with:\n    repository: \${{ github.event.pull_request.head.repo.full_name }}${build}`,
      'true',
    ],
    [
      'base commit',
      'pull_request_target',
      ref('${{ github.event.pull_request.base.sha }}') + build,
      'false trusted-ref',
    ],
    ['no ref', 'pull_request_target', `- uses: ${old}${build}`, undefined],
    ['unprivileged', 'pull_request', ref(sha) + build, undefined],
    [
      'comment',
      'issue_comment',
      ref('refs/pull/${{ github.event.issue.number }}/head', 'actions/checkout@v4') + build,
      'true',
    ],
    ['finished run', 'workflow_run', ref('${{ github.event.workflow_run.head_sha }}') + build, 'true'],
    ['by env', 'pull_request_target', `${ref('${{ env.R }}')}\n  env: {R: "${sha}"}${build}`, 'true'],
    [
      'by output',
      'issue_comment',
      `- id: s\n  run: echo "r=$(gh pr view 1 --json headRefOid -q .headRefOid)" >> $GITHUB_OUTPUT\n${ref('${{ steps.s.outputs.r }}')}${build}`,
      'true',
    ],
    [
      'gh pr checkout',
      'issue_comment',
      `- run: gh pr checkout \${{ github.event.issue.number }}${build}`,
      'true',
    ],
    [
      'fetch and checkout',
      'pull_request_target',
      '- run: |\n    git fetch origin pull/$N/head:pr\n    git checkout pr\n    npm ci',
      'true',
    ],
    [
      'fetch and compare',
      'pull_request_target',
      '- run: |\n    git fetch origin pull/$N/head:pr\n    git diff pr',
      undefined,
    ],
    [
      'checkout by git',
      'pull_request_target',
      `- run: git checkout "$S"\n  env: {S: "${sha}"}${build}`,
      'true',
    ],
    [
      'clone',
      'pull_request_target',
      `- run: git clone \${{ github.event.pull_request.head.repo.clone_url }} x${build}`,
      'true',
    ],
    ['not used', 'pull_request_target', `${ref(sha)}\n- run: git log -1`, 'false not-used'],
    ['used by a local action', 'pull_request_target', `${ref(sha)}\n- uses: ./x`, 'true'],
    [
      'folder not used',
      'pull_request_target',
      `${ref(sha)}\n    path: pr\n- run: make`.replace('- run: make', '- run: npm test'),
      'false not-used',
    ],
    [
      'folder used',
      'pull_request_target',
      `${ref(sha)}\n    path: pr\n- run: npm test\n  working-directory: pr`,
      'true',
    ],
    [
      'floating version',
      'pull_request_target',
      ref(sha, 'actions/checkout@v4') + build,
      'gated checkout-guard',
    ],
    [
      'guarded version',
      'pull_request_target',
      ref(sha, 'actions/checkout@v6.1.0') + build,
      'gated checkout-guard',
    ],
    ['older version', 'pull_request_target', ref(sha, 'actions/checkout@v4.2.2') + build, 'true'],
    ['version 1', 'pull_request_target', ref(sha, 'actions/checkout@v1') + build, 'true'],
    [
      'hash of a guarded version',
      'pull_request_target',
      ref(sha, `${old} # v7.0.1`) + build,
      'gated checkout-guard',
    ],
    [
      'guard switched off',
      'pull_request_target',
      `${ref(sha, 'actions/checkout@v7')}\n    allow-unsafe-pr-checkout: true${build}`,
      'true',
    ],
    [
      'dispatch only',
      'workflow_dispatch',
      `- run: gh pr checkout \${{ inputs.n }}${build}`,
      'gated dispatch-only',
    ],
  ];
  test.each(cases)('%s', (_name, on, steps, expected) => {
    const found = findCheckouts(files({ a: workflow(on, steps) }), TODAY);
    const [first] = found;
    expect(
      first && [first.verdict, first.gate ?? first.reason].filter((word) => word !== undefined).join(' '),
    ).toBe(expected);
  });

  test('before the guard, and by label', () => {
    const text = workflow('pull_request_target', ref(sha, 'actions/checkout@v4') + build);
    expect(findCheckouts(files({ a: text }), '2026-07-15')[0]).toMatchObject({ verdict: 'true', line: 5 });
    const labeled = workflow('{pull_request_target: {types: [labeled]}}', ref(sha) + build);
    expect(findCheckouts(files({ a: labeled }), TODAY)[0]).toMatchObject({ verdict: 'gated', gate: 'label' });
  });

  test('a run started by a push brings no code of outsiders', () => {
    const run = workflow(
      '{workflow_run: {workflows: [CI]}}',
      ref('${{ github.event.workflow_run.head_sha }}') + build,
    );
    const verdict = (on: string): unknown =>
      findCheckouts(files({ a: run, ci: `name: CI\n${workflow(on, '- run: ls')}` }), TODAY)[0]?.verdict;
    expect(verdict('push')).toBeUndefined();
    expect(verdict('pull_request')).toBe('true');
    const held = workflow(
      'workflow_run',
      ref('${{ github.event.workflow_run.head_sha }}') + build,
      "    if: github.event.workflow_run.event == 'push'\n",
    );
    expect(findCheckouts(files({ a: held }), TODAY)[0]).toMatchObject({
      verdict: 'false',
      reason: 'no-event',
    });
  });
});

const npmPublish = (url: string) =>
  `- uses: actions/setup-node@v4\n  with: {registry-url: '${url}'}\n- run: npm publish`;

describe('grants', () => {
  const cases: [name: string, scope: string, steps: string, verdict: string][] = [
    ['push', 'contents', '- run: git push', 'false'],
    ['nothing', 'contents', '- uses: actions/checkout@v4\n- run: npm test', 'true'],
    ['release', 'contents', '- run: gh release create v1', 'false'],
    ['known action', 'contents', '- uses: softprops/action-gh-release@v2', 'false'],
    ['known action, another scope', 'packages', '- uses: softprops/action-gh-release@v2', 'true'],
    [
      'action with another token',
      'contents',
      '- uses: peter-evans/create-pull-request@v6\n  with: {token: "${{ secrets.BOT_TOKEN }}"}',
      'true',
    ],
    [
      'comment',
      'pull-requests',
      '- run: gh pr comment 1 -b x\n  env: {GH_TOKEN: "${{ github.token }}"}',
      'false',
    ],
    [
      'comment with another token',
      'pull-requests',
      '- run: gh pr comment 1 -b x\n  env: {GH_TOKEN: "${{ secrets.BOT }}"}',
      'true',
    ],
    [
      'reading the API',
      'issues',
      '- run: gh api repos/a/b/issues/1\n  env: {GH_TOKEN: "${{ github.token }}"}',
      'true',
    ],
    [
      'writing by the API',
      'issues',
      '- run: gh api repos/a/b/issues/1/labels -f x=y\n  env: {GH_TOKEN: "${{ github.token }}"}',
      'false',
    ],
    [
      'client',
      'issues',
      '- uses: actions/github-script@v7\n  with: {script: "await github.rest.issues.createComment({})"}',
      'false',
    ],
    [
      'client, another method',
      'issues',
      '- uses: actions/github-script@v7\n  with: {script: "await github.rest.repos.createCommitStatus({})"}',
      'true',
    ],
    [
      'forge registry',
      'packages',
      '- uses: docker/login-action@v3\n  with: {registry: ghcr.io}\n- uses: docker/build-push-action@v6',
      'false',
    ],
    ['other registry', 'packages', '- uses: docker/login-action@v3\n- run: docker push a/b', 'true'],
    ["npm's own registry", 'packages', npmPublish(NPM_REGISTRY), 'true'],
    ['a registry that is not known', 'packages', npmPublish(`${NPM_REGISTRY}.example.org`), 'false'],
    ['scan upload', 'security-events', '- uses: github/codeql-action/upload-sarif@v3', 'false'],
    [
      'identity',
      'id-token',
      '- uses: aws-actions/configure-aws-credentials@v4\n  with: {role-to-assume: x}',
      'false',
    ],
    [
      'no identity',
      'id-token',
      '- uses: aws-actions/configure-aws-credentials@v4\n  with: {aws-access-key-id: x}',
      'true',
    ],
    [
      'script with the token',
      'contents',
      '- run: ./release.sh\n  env: {GITHUB_TOKEN: "${{ secrets.GITHUB_TOKEN }}"}',
      'false',
    ],
    [
      'unknown action with the token',
      'deployments',
      '- uses: x/y@v1\n  with: {github-token: "${{ github.token }}"}',
      'false',
    ],
    ['unknown action', 'security-events', '- uses: x/y@v1', 'true'],
    ['all scopes', 'write-all', '- run: git push', 'true'],
  ];
  test.each(cases)('%s (%s)', (_name, scope, steps, verdict) => {
    const permissions =
      scope === 'write-all' ? '    permissions: write-all\n' : `    permissions:\n      ${scope}: write\n`;
    const [grant] = findGrants(files({ a: workflow('push', steps, permissions) }));
    expect(grant).toMatchObject({ job: 'j', scope, verdict, line: scope === 'write-all' ? 4 : 5 });
  });

  test('of the whole workflow', () => {
    const text = (second: string): string =>
      `on: push\npermissions:\n  contents: write\njobs:\n  a:\n    steps: [{run: git push}]\n  b:\n${second}    steps: [{run: ls}]\n`;
    expect(findGrants(files({ a: text('') }))).toMatchObject([{ verdict: 'true', line: 3, idleJobs: ['b'] }]);
    expect(findGrants(files({ a: text('    permissions: {}\n') }))).toMatchObject([
      { verdict: 'false', reason: 'needed' },
    ]);
    const none = text('    permissions: {}\n').replace('  a:\n', '  a:\n    permissions: {}\n');
    expect(findGrants(files({ a: none }))).toMatchObject([{ verdict: 'false', reason: 'overridden' }]);
  });

  test('through local actions and workflows', () => {
    const action = 'runs:\n  using: composite\n  steps:\n    - run: git push\n      shell: bash\n';
    const local = workflow('push', '- uses: ./act', '    permissions:\n      contents: write\n');
    expect(findGrants(files({ a: local }, { act: action }))).toMatchObject([{ verdict: 'false' }]);
    expect(findGrants(files({ a: local }, { act: action.replace('git push', 'ls') }))).toMatchObject([
      { verdict: 'true' },
    ]);
    const call =
      'on: push\njobs:\n  c:\n    permissions: {contents: write}\n    uses: ./.github/workflows/b.yml\n';
    expect(findGrants(files({ a: call, b: workflow('workflow_call', '- run: ls') }))).toMatchObject([
      { verdict: 'true' },
    ]);
    expect(findGrants(files({ a: call.replace('./.github', 'x/y/.github') }))).toMatchObject([
      { verdict: 'false' },
    ]);
  });
});
