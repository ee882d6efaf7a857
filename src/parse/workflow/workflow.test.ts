import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasCommands } from '../has-commands.ts';
import { lineInText, parseAction, parseWorkflow, type Workflow } from './index.ts';

function read(text: string): Workflow {
  return parseWorkflow(text, '.github/workflows/a.yml');
}

const WHOLE = `name: CI
on:
  pull_request_target:
    types: [opened, edited]
    branches: main
  workflow_call:
    inputs:
      Title: {type: string, required: true, default: x}
    outputs:
      out: {value: "\${{ jobs.a.outputs.o }}"}
permissions:
  Contents: read
env: {A: 1}
defaults: {run: {shell: bash}}
jobs:
  a:
    name: Job A
    if: github.actor == 'x'
    needs: [b]
    runs-on: [self-hosted, "\${{ matrix.os }}"]
    permissions: read-all
    environment: {name: prod, url: x}
    container: {image: "node:20", env: {B: 2}}
    services: {db: postgres}
    defaults: {run: {shell: sh}}
    outputs: {o: "\${{ steps.s.outputs.o }}"}
    strategy:
      matrix:
        OS: [x, {name: y, list: [1, 2]}]
        include: [{os: z, Extra: 1}]
    steps:
      - uses: actions/checkout@v4
        with: {Ref: main}
      - id: s
        name: script
        if: always()
        run: |
          echo
        shell: bash
        working-directory: d
        env:
          C: 3
  b:
    uses: ./.github/workflows/b.yml
    with: {x: y}
    secrets: inherit
`;

describe('the model', () => {
  test('of a whole workflow', () => {
    const workflow = read(WHOLE);
    expect(workflow).toMatchObject({
      name: { value: 'CI', line: 1 },
      hasCommands: true,
      triggers: [
        { name: 'pull_request_target', line: 3, types: ['opened', 'edited'], branches: ['main'] },
        {
          name: 'workflow_call',
          inputs: [{ name: 'title', type: 'string', required: true, default: { value: 'x', line: 8 } }],
          outputs: [{ name: 'out', value: '${{ jobs.a.outputs.o }}', line: 10 }],
        },
      ],
      permissions: { line: 11, scopes: [{ name: 'contents', value: 'read', line: 12 }] },
      env: { variables: [{ name: 'a', value: '1', line: 13 }] },
      defaults: { shell: { value: 'bash' } },
      problemCount: 0,
    });
    const [a, b] = workflow.jobs;
    expect(a).toMatchObject({
      id: 'a',
      line: 16,
      name: { value: 'Job A' },
      condition: { value: "github.actor == 'x'", line: 18 },
      needs: ['b'],
      runsOn: { labels: [{ value: 'self-hosted' }, { value: '${{ matrix.os }}', line: 20 }] },
      permissions: { all: { value: 'read-all', line: 21 } },
      environment: { value: 'prod' },
      container: { image: { value: 'node:20' }, env: { variables: [{ name: 'b' }] } },
      services: [{ name: 'db', image: { value: 'postgres' } }],
      defaults: { shell: { value: 'sh' } },
      outputs: [{ name: 'o' }],
      matrix: {
        rows: [{ name: 'os', values: ['x', { name: 'y', list: ['1', '2'] }] }],
        include: [
          [
            { name: 'os', value: 'z' },
            { name: 'Extra', value: '1' },
          ],
        ],
      },
      steps: [
        {
          line: 32,
          uses: { value: 'actions/checkout@v4', line: 32 },
          inputs: [{ name: 'ref', value: 'main', line: 33 }],
        },
        {
          line: 34,
          id: { value: 's' },
          condition: { value: 'always()' },
          run: { value: 'echo\n', line: 37, style: 'literal' },
          shell: { value: 'bash' },
          workingDirectory: { value: 'd' },
          env: { variables: [{ name: 'c', value: '3', line: 42 }] },
        },
      ],
    });
    expect(b).toMatchObject({ call: { uses: { line: 44 }, inputs: [{ name: 'x' }], inheritsSecrets: 46 } });
  });

  test('is plain data', () => {
    const workflow = read(WHOLE);
    expect(JSON.parse(JSON.stringify(workflow))).toEqual(
      JSON.parse(JSON.stringify(structuredClone(workflow))),
    );
  });

  const odd: [name: string, text: string, expected: object][] = [
    ['list at top level', '- a', { jobs: [], triggers: [] }],
    ['scalar at top level', 'foo', { jobs: [], triggers: [] }],
    ['nothing', '', { jobs: [], hasCommands: false }],
    ['only comments', '# a', { jobs: [], hasCommands: false }],
    ['not YAML', 'a: b: c', { error: { line: 1 }, jobs: [] }],
    ['first of equal keys', 'name: a\nname: b', { name: { value: 'a' } }],
    ['keys of other case', 'Name: a\nJOBS: {}', { jobs: [], problemCount: 4 }],
    [
      'first of jobs that differ by case',
      'jobs: {A: {name: x}, a: {name: y}}',
      { jobs: [{ name: { value: 'x' } }] },
    ],
    ['trigger as text', 'on: push', { triggers: [{ name: 'push' }] }],
    ['triggers as list', 'on: [push, "", schedule, x]', { triggers: [{ name: 'push' }, { name: 'x' }] }],
    ['broken schedule', 'on: {schedule: x, push: }', { triggers: [{ name: 'push' }] }],
    [
      'wrong kinds',
      'on: 1\nenv: []\njobs: {a: 1, b: {steps: x, permissions: [x]}}',
      { jobs: [{ id: 'a' }, { id: 'b' }] },
    ],
  ];
  test.each(odd)('%s', (_name, text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  test('of `uses` and `run` the last one counts', () => {
    const job = read('jobs: {a: {steps: [{uses: x, run: y}, {run: y, uses: x, with: {A: b}}, {name: z}]}}')
      .jobs[0];
    expect(job?.steps.map((step) => [step.uses?.value, step.run?.value])).toEqual([
      [undefined, 'y'],
      ['x', undefined],
      [undefined, undefined],
    ]);
    expect(job?.steps[1]?.inputs[0]?.name).toBe('a');
  });

  test('a job with keys for steps is no call', () => {
    const jobs = read('jobs: {a: {uses: x}, b: {uses: x, runs-on: y}, c: {uses: x, services: {}}}').jobs;
    expect(jobs.map((job) => job.call !== undefined)).toEqual([true, false, true]);
  });

  test('aliases are skipped, and followed in the second reading', () => {
    const workflow = read(
      'jobs:\n  a: &job\n    steps: &s\n      - &one\n        run: x\n  b: *job\n  c:\n    steps: [*one, {run: y}]\n',
    );
    expect(workflow.jobs.map((job) => job.steps.length)).toEqual([1, 0, 2]);
    expect(workflow.jobs[2]?.steps[0]).toMatchObject({ run: undefined });
    expect(workflow.jobs[0]?.steps[0]?.line).toBe(4);
    const expanded = workflow.expanded?.jobs;
    expect(expanded?.map((job) => job.steps.map((step) => step.run?.value))).toEqual([
      ['x'],
      ['x'],
      ['x', 'y'],
    ]);
    expect(read('jobs: {}').expanded).toBeUndefined();
  });

  test('bytes that are not UTF-8', () => {
    expect(parseWorkflow(new Uint8Array([0x61, 0x3a, 0xff]), 'x').error).toBeDefined();
  });
});

describe('lines inside texts', () => {
  const cases: [name: string, script: string, find: string, line: number][] = [
    ['plain', 'run: a b', 'b', 1],
    ['literal', 'run: |\n  a\n\n  b', 'b', 4],
    ['literal with empty lines first', 'run: |\n\n\n  a\n  b', 'b', 5],
    ['literal with comment', 'run: | # x\n  a', 'a', 2],
    ['folded', 'run: >-\n  a\n  b\n\n  c', 'c', 5],
    ['plain over lines', 'run: a\n  b\n  c', 'c', 3],
    ['quoted over lines', 'run: "a\n  b\\n\\\n  c"', 'c', 3],
    ['value below its key', 'run:\n  a', 'a', 2],
  ];
  test.each(cases)('%s', (_name, script, find, line) => {
    const action = parseAction(`runs: {using: composite}\nx: 1`, 'action.yml');
    expect(action.using?.value).toBe('composite');
    const indented = script.replaceAll('\n', '\n        ');
    const run = read(`jobs:\n  a:\n    steps:\n      - ${indented}\n`).jobs[0]?.steps[0]?.run;
    expect(run && lineInText(run, run.value.indexOf(find)) - 3).toBe(line);
  });
});

describe('action files', () => {
  test('composite and Docker', () => {
    const text =
      'name: x\ninputs:\n  Foo: {default: "1", required: true}\noutputs:\n  o: {value: v}\nruns:\n  using: composite\n  steps:\n    - run: ls\n      shell: bash\n';
    expect(parseAction(text, 'action.yml')).toMatchObject({
      inputs: [{ name: 'foo', default: { value: '1' }, required: true }],
      outputs: [{ name: 'o', value: 'v' }],
      using: { value: 'composite' },
      steps: [{ run: { value: 'ls', line: 9 }, shell: { value: 'bash' } }],
    });
    expect(parseAction('runs: {using: docker, image: Dockerfile}', 'x').image?.value).toBe('Dockerfile');
    expect(parseAction('a: b: c', 'x').error?.line).toBe(1);
  });
});

describe('has commands', () => {
  const cases: [text: string, expected: boolean][] = [
    ['', false],
    ['\n  \n\t# a\r\n', false],
    ['# a\nb', true],
    ['\ufeff# a', true],
    [`${'#'.repeat(65_535)}\nb`, true],
    [`${'#'.repeat(65_536)}\nb`, false],
  ];
  test.each(cases)('%#', (text, expected) => {
    expect(hasCommands(text)).toBe(expected);
  });
});

test('any text gives a model', () => {
  const words =
    'on: jobs: steps: - run: - uses: with: env: permissions: strategy: matrix: include: runs-on: { } [ ] *a &a | x ${{ y }}';
  const part = fc.constantFrom(...words.split(' '), ' ', '\n', '\n  ', '\n    ', '\n      ');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const workflow = read(parts.join(' ').replaceAll('\n ', '\n'));
      expect(workflow.problemCount).toBeGreaterThanOrEqual(workflow.problems.length);
    }),
    { numRuns: 2000 },
  );
});
