import { at, defineProbe, no, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { injections } from '../../src/evidence/workflowFindings.ts';

export const hasDangerousWorkflowScriptInjection = defineProbe({
  id: 'hasDangerousWorkflowScriptInjection',
  lifecycle: 'stable',
  summary: 'Does a workflow splice text that outsiders choose into a script?',
  motivation:
    'Expressions are expanded before the shell sees the script. A title, branch name or comment that holds shell syntax then runs with the rights and secrets of the workflow.',
  implementation:
    'Looks at every expression inside the `run` scripts of all workflows for values that come from issues, pull requests, comments, commits and the like.',
  outcomes: {
    True: 'A script expands a value outsiders choose; one finding per expression.',
    False: 'No script does.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'True',
    effort: 'Low',
    steps: [
      'In {path} hand the value over by an environment variable: add `env:` with the expression to the step, and write the quoted variable in the script.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { injections },
  improvements: { 'one-file': oneFile },
  example: {
    path: '.github/workflows/triage.yml',
    before:
      'on: issues\njobs:\n  triage:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
    after:
      'on: issues\njobs:\n  triage:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "$TITLE"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n',
  },
  run: ({ injections }, view) => {
    if (injections.length === 0) return [notApplicable('there are no workflows')];
    const broken = brokenFindings(injections, view);
    const hits = injections.flatMap(({ path, hits }) =>
      hits.map(({ line, snippet, patch }) =>
        yes(`the script expands ${snippet.trim()}, which outsiders can set`, {
          location: at(path, line, { snippet }),
          remedy: {
            text: `${path}:${line}: hand \`${snippet.trim()}\` over by an environment variable (\`env:\` of the step) and write the quoted variable in the script`,
            ...(patch === undefined ? {} : { patch }),
          },
        }),
      ),
    );
    const found = [...broken, ...hits];
    return found.length > 0 ? found : [no('no script expands values that outsiders set')];
  },
});
