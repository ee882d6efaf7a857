import { at, CannotJudge, defineProbe, failed, no, yes } from '../../src/core/index.ts';
import { oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { packagingRuns } from '../../src/evidence/packagingRuns.ts';

export const packagedWithAutomatedWorkflow = defineProbe({
  id: 'packagedWithAutomatedWorkflow',
  lifecycle: 'stable',
  summary: 'Does automation of this repository publish its packages?',
  motivation:
    'A package that the repository itself builds and publishes can be traced to its source, and users get updates by their package manager.',
  implementation:
    'Looks in workflows for jobs that publish to a registry, and asks the forge whether such a workflow ever ran with success.',
  outcomes: {
    True: 'A workflow publishes packages and has run.',
    False: 'None is found.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    steps: [
      'Publish from a workflow that runs on releases, e.g. with the publishing action of your package registry.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { packagingRuns },
  improvements: { 'one-file': oneFile },
  run: ({ packagingRuns: { asked, error } }, view) => {
    const used = asked.find(({ runs }) => runs === 'unsupported' || runs.length > 0);
    if (error && !view.adopts('one-file')) {
      throw new CannotJudge(`${error.path} cannot be judged: ${error.message}`, error);
    }
    const broken = error
      ? [failed(`cannot be judged: ${error.message}`, { location: at(error.path, error.line) })]
      : [];
    if (used)
      return [...broken, yes('a workflow publishes packages', { location: at(used.path, used.line) })];
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
