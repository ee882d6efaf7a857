import { at, defineProbe, no, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { checkouts } from '../../src/evidence/workflowFindings.ts';

export const hasDangerousWorkflowUntrustedCheckout = defineProbe({
  id: 'hasDangerousWorkflowUntrustedCheckout',
  lifecycle: 'stable',
  summary: 'Does a privileged workflow check out the code of a pull request?',
  motivation:
    'Workflows on `pull_request_target` and `workflow_run` hold secrets and a writable token. Code of a pull request that is built or tested there can take both.',
  implementation:
    'Looks in workflows with these triggers for checkout steps whose `ref` is made from the pull request or from the run that triggered the workflow.',
  outcomes: {
    True: 'Such a checkout exists; one finding per step.',
    False: 'None exists.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'True',
    effort: 'Low',
    steps: [
      'Let {path} run on `pull_request` where the code of the pull request is needed, and keep the privileged part in a second workflow that reads only its results.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { checkouts },
  improvements: { 'one-file': oneFile },
  run: ({ checkouts }, view) => {
    if (checkouts.length === 0) return [notApplicable('there are no workflows')];
    const broken = brokenFindings(checkouts, view);
    const hits = checkouts.flatMap(({ path, hits }) =>
      hits.map(({ line, snippet }) =>
        yes(`untrusted code is checked out: ${snippet}`, { location: at(path, line, { snippet }) }),
      ),
    );
    const found = [...broken, ...hits];
    return found.length > 0 ? found : [no('no privileged workflow checks out untrusted code')];
  },
});
