import { NPM_REGISTRY } from '../public-registries.ts';
import type { JobRule } from './job-rules.ts';

function command(id: string, first: string, second: string, ...uses: string[]): JobRule {
  return { id, steps: [...uses.map((name) => ({ uses: name })), { command: [[first, second]] }] };
}

function action(id: string, ...uses: string[]): JobRule {
  return { id, steps: uses.map((name) => ({ uses: name })) };
}

/** Jobs that publish packages. Reference: file-checks 7.2. */
export const PACKAGING_RULES: readonly JobRule[] = [
  {
    id: 'npm',
    steps: [
      { uses: 'actions/setup-node', inputs: { 'registry-url': NPM_REGISTRY } },
      { command: [['npm', 'publish']] },
    ],
  },
  command('maven', 'mvn', 'deploy', 'actions/setup-java'),
  command('gradle', 'gradle', 'publish', 'actions/setup-java'),
  command('scala', 'sbt', 'ci-release'),
  command('ruby', 'gem', 'push'),
  command('nuget', 'nuget', 'push'),
  command('docker', 'docker', 'push'),
  action('docker-action', 'docker/build-push-action'),
  action('pypi', 'pypa/gh-action-pypi-publish'),
  action('python-semantic-release', 'relekang/python-semantic-release'),
  action('goreleaser', 'goreleaser/goreleaser-action'),
  command('cargo', 'cargo', 'publish'),
  // Both actions are wanted: a quirk of the reference.
  action('ko', 'imjasonh/setup-ko', 'ko-build/setup-ko'),
  command('semantic-release', 'npx', 'semantic-release'),
  { id: 'elixir', steps: [{ uses: 'erlef/setup-elixir' }, { command: [['hex', 'publish']] }] },
];

/** Jobs that write releases and so may write contents. Reference: file-checks 12.1. */
export const RELEASING_RULES: readonly JobRule[] = [
  action('python-semantic-release', 'relekang/python-semantic-release'),
  {
    id: 'semantic-release',
    steps: [
      {
        command: [
          ['npx', 'semantic-release'],
          ['pnpm', 'semantic-release'],
          ['yarn', 'semantic-release'],
        ],
      },
    ],
  },
  action('goreleaser', 'actions/setup-go', 'goreleaser/goreleaser-action'),
  action('slsa-go', 'slsa-framework/slsa-github-generator/.github/workflows/builder_go_slsa3.yml'),
  action(
    'slsa-generic',
    'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml',
  ),
  command('maven-release', 'mvn', 'release:prepare'),
];

/** Jobs that write pages. Reference: file-checks 12.1. */
export const PAGES_RULES: readonly JobRule[] = [action('gh-pages', 'peaceiris/actions-gh-pages')];

/** Actions that upload code-scanning results. Reference: file-checks 12.1. */
export const SARIF_ACTIONS: ReadonlySet<string> = new Set([
  'github/codeql-action/analyze',
  'github/codeql-action/upload-sarif',
  'ossf/scorecard-action',
  'haskell-actions/hlint-scan',
  'zizmorcore/zizmor-action',
]);
