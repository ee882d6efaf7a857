import { describe, expect, it } from 'vitest';
import { ciFormatOf, parseCiFile } from './index.ts';

describe('formats by path', () => {
  it.each([
    ['.gitlab-ci.yml', 'gitlab'],
    ['.gitlab/ci/test.yml', 'gitlab'],
    ['ci/build.gitlab-ci.yml', 'gitlab'],
    ['azure-pipelines.yml', 'azure'],
    ['.azure-pipelines/jobs/a.yml', 'azure'],
    ['docker-compose.yml', 'compose'],
    ['deploy/compose.prod.yaml', 'compose'],
    ['.devcontainer/devcontainer.json', 'devcontainer'],
    ['.circleci/config.yml', 'circleci'],
    ['sub/.travis.yml', 'travis'],
    ['.cirrus.yml', 'cirrus'],
    ['appveyor.yml', 'appveyor'],
    ['bitbucket-pipelines.yml', 'bitbucket'],
    ['.buildkite/pipeline.yml', 'buildkite'],
    ['.drone.yml', 'drone'],
    ['.woodpecker/test.yaml', 'drone'],
    ['docs/circleci/config.yml', undefined],
    ['.github/workflows/a.yml', undefined],
    ['decompose.yml', undefined],
    ['package.json', undefined],
  ])('%s is %s', (path, format) => {
    expect(ciFormatOf(path)).toBe(format);
  });
});

const images = (path: string, text: string) =>
  parseCiFile(text, path)!.images.map(({ value, line }) => [value, line]);
const scripts = (path: string, text: string) =>
  parseCiFile(text, path)!.scripts.map(({ language, text, line }) => [language, text, line]);

describe('GitLab CI', () => {
  it('has images of the file, of jobs and of services', () => {
    const text =
      'image: a:1\nservices:\n  - b:2\njob:\n  image:\n    name: c:3\n  services: [{name: d:4}]\n.hidden:\n  image: $CI_IMAGE\n';
    expect(images('.gitlab-ci.yml', text)).toEqual([
      ['a:1', 1],
      ['b:2', 3],
      ['c:3', 6],
      ['d:4', 7],
    ]);
  });
  it('has scripts as texts, lists and lists of lists', () => {
    const text =
      'before_script: [x]\njob:\n  script:\n    - one\n    - |\n      two\n      three\n    - [four]\n  variables: {script: no}\n';
    expect(scripts('.gitlab-ci.yml', text)).toEqual([
      ['shell', 'x', 1],
      ['shell', 'one', 4],
      ['shell', 'two\nthree\n', 6],
      ['shell', 'four', 8],
    ]);
  });
});

describe('Azure pipelines', () => {
  it('have steps at any depth', () => {
    const text =
      'stages:\n- stage: a\n  jobs:\n  - job: b\n    steps:\n    - script: one\n    - pwsh: two\n    - ${{ if eq(1, 1) }}:\n      - bash: three\n';
    expect(scripts('azure-pipelines.yml', text)).toEqual([
      ['shell', 'one', 6],
      ['powershell', 'two', 7],
      ['shell', 'three', 9],
    ]);
  });
  it('have images as resources, by name and in jobs', () => {
    const text =
      'resources:\n  containers:\n  - container: build\n    image: a:1\njobs:\n- job: x\n  container: build\n- job: y\n  container: b:2\n- job: z\n  container:\n    image: c:3\n';
    expect(images('azure-pipelines.yml', text)).toEqual([
      ['a:1', 4],
      ['b:2', 9],
      ['c:3', 12],
    ]);
  });
});

describe('compose files', () => {
  it('fetch images of services that are not built', () => {
    const text =
      'services:\n  a:\n    build: .\n    image: own:dev\n  b:\n    image: ${REG:-docker.io}/db:${V:-16}\n';
    expect(images('compose.yaml', text)).toEqual([['docker.io/db:16', 6]]);
  });
});

describe('devcontainer files', () => {
  it('have comments, an image and commands of several forms', () => {
    const text =
      '{\n\t// see "docs"\n\t"image": "a:1", /* two\n lines */\n\t"postCreateCommand": "one // two",\n\t"onCreateCommand": ["npm", "i", "it\'s"],\n\t"postStartCommand": {"x": "three"},\n}';
    expect(images('.devcontainer/devcontainer.json', text)).toEqual([['a:1', 3]]);
    expect(scripts('.devcontainer/devcontainer.json', text)).toEqual([
      ['shell', "'npm' 'i' 'it'\\''s'", 6],
      ['shell', 'one // two', 5],
      ['shell', 'three', 7],
    ]);
  });
});

describe('anything else', () => {
  it.each(['', '[', 'a: [b', '- 1', 'x', 'job: 3', 'a: &a [*a]\nscript: *a'])('%j gives nothing', (text) => {
    for (const path of ['.gitlab-ci.yml', 'azure-pipelines.yml', 'compose.yml', 'devcontainer.json']) {
      expect(parseCiFile(text, path)).toMatchObject({ images: [], scripts: [] });
    }
  });
});

describe('further systems: scripts by key at any depth', () => {
  it.each([
    [
      '.circleci/config.yml',
      'jobs:\n  a:\n    docker:\n      - image: b:1\n      - image: << parameters.i >>\n    machine: {image: default}\n    steps:\n      - checkout\n      - run: one\n      - run:\n          name: x\n          command: two\n      - when:\n          steps: [{run: three}]\n',
      [
        ['shell', 'one', 9],
        ['shell', 'two', 12],
        ['shell', 'three', 14],
      ],
      [['b:1', 4]],
    ],
    [
      '.travis.yml',
      'install: one\njobs:\n  include:\n    - script: [two]\n      env: X=1\n',
      [
        ['shell', 'one', 1],
        ['shell', 'two', 4],
      ],
      [],
    ],
    [
      '.cirrus.yml',
      'a_task:\n  container: {image: "b:1"}\n  build_script: one\n  script:\n    - two\n',
      [
        ['shell', 'one', 3],
        ['shell', 'two', 5],
      ],
      [['b:1', 2]],
    ],
    [
      'appveyor.yml',
      'image: Visual Studio 2022\ninstall:\n  - ps: one\n  - cmd: two\ntest_script: three\n',
      [
        ['powershell', 'one', 3],
        ['shell', 'two', 4],
        ['shell', 'three', 5],
      ],
      [],
    ],
    [
      'bitbucket-pipelines.yml',
      'image: {name: "b:1"}\npipelines:\n  default:\n    - step:\n        script: [one]\n        after-script: [two]\n',
      [
        ['shell', 'one', 5],
        ['shell', 'two', 6],
      ],
      [['b:1', 1]],
    ],
    ['.buildkite/p.yml', 'steps:\n  - command: one\n', [['shell', 'one', 2]], []],
    ['.drone.yml', 'steps:\n  - image: b:1\n    commands: [one]\n', [['shell', 'one', 3]], [['b:1', 2]]],
  ])('%s', (path, text, told, pictures) => {
    expect(scripts(path, text)).toEqual(told);
    expect(images(path, text)).toEqual(pictures);
  });
  it('has the providers that Travis deploys to', () => {
    const tasks = parseCiFile('deploy:\n  - provider: npm\n  - provider: pages\n', '.travis.yml')!.tasks;
    expect(tasks.map(({ name, command }) => [name, command])).toEqual([
      ['travis-deploy', 'provider=npm'],
      ['travis-deploy', 'provider=pages'],
    ]);
  });
});
