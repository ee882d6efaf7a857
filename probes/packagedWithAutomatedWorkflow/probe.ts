import { at, CannotJudge, defineProbe, type FindingDraft, failed, no, yes } from '../../src/core/index.ts';
import { type Publisher, publishers } from '../../src/evidence/automation.ts';
import { oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { type PackagingWorkflow, packagingRuns } from '../../src/evidence/packagingRuns.ts';

export const packagedWithAutomatedWorkflow = defineProbe({
  id: 'packagedWithAutomatedWorkflow',
  lifecycle: 'stable',
  summary: 'Does automation of this repository publish its packages?',
  motivation:
    'A package that the repository itself builds and publishes can be traced to its source, and users get updates by their package manager.',
  implementation:
    'Looks in workflows for jobs that publish to a registry, and asks the forge whether such a workflow ever ran with success.',
  outcomes: {
    True: 'A workflow publishes packages and has run; in the Assay view one finding for each file and kind of package.',
    False: 'None is found.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Publish from a workflow',
    steps: [
      'Publish from a workflow that runs on releases, e.g. with the publishing action of your package registry.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { packagingRuns, publishers },
  improvements: {
    'one-file': oneFile,
    'true-publishers': {
      what: 'Every pipeline that publishes a package, an image or a release asset counts, by action, command, local action, called workflow or task runner, GitLab CI and Azure pipelines too; dry runs, printed text and builds without push do not.',
      why: 'The reference knows about twenty patterns over all steps of a job: other registries and release assets are missed, comments and builds that are not pushed are taken for publishing, and reusable workflows never seem to have run (scorecard issue 2189).',
    },
  },
  example: {
    path: '.github/workflows/release.yml',
    before: '',
    after:
      'on:\n  release:\n    types: [published]\npermissions:\n  contents: read\njobs:\n  pypi:\n    runs-on: ubuntu-latest\n    permissions:\n      id-token: write\n    steps:\n      - uses: actions/checkout@v5\n      - run: python -m build\n      - uses: pypa/gh-action-pypi-publish@release/v1\n',
  },
  run: ({ packagingRuns: { asked, pipeline, error, misread }, publishers }, view) => {
    const used = asked.find(({ runs }) => runs === 'unsupported' || runs.length > 0);
    if (error && !view.adopts('one-file')) {
      throw new CannotJudge(`${error.path} cannot be judged: ${error.message}`, error);
    }
    if (misread !== undefined && !view.adopts('true-publishers'))
      throw new CannotJudge(`the runs of ${misread} cannot be asked for by its name`, { path: misread });
    const broken = error
      ? [failed(`cannot be judged: ${error.message}`, { location: at(error.path, error.line) })]
      : [];
    if (view.adopts('true-publishers')) return [...broken, ...published(publishers, asked)];
    const all = [...(used ? [used] : []), ...(pipeline ? [pipeline] : [])];
    if (all.length > 0)
      return [
        ...broken,
        ...all.map(({ path, line }) => yes('a workflow publishes packages', { location: at(path, line) })),
      ];
    const never = asked[0];
    return [
      ...broken,
      no(
        never
          ? `${never.path} would publish packages, but has no successful run`
          : 'no workflow publishes packages',
      ),
    ];
  },
});

/** One finding for each file and kind; files that are known never to have run publish nothing. */
function published(
  publishers: readonly Publisher[],
  asked: readonly PackagingWorkflow[],
): readonly FindingDraft[] {
  const idle = new Set(asked.filter(({ runs }) => runs.length === 0).map(({ path }) => path));
  const found = new Map<string, Publisher>();
  let never: string | undefined;
  for (const one of publishers) {
    if (idle.has(one.path) && !one.isCalled) never ??= one.path;
    else if (!found.has(`${one.path} ${one.what}`)) found.set(`${one.path} ${one.what}`, one);
  }
  if (found.size === 0)
    return [
      no(
        never
          ? `${never} would publish packages, but has no successful run`
          : 'no pipeline publishes packages',
      ),
    ];
  return [...found.values()].map(({ path, line, what, by }) =>
    yes(`publishes ${what} by ${by}`, { location: at(path, line), values: { what, by } }),
  );
}
