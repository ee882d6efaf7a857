import { at, defineProbe, type FindingDraft, no, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { sonarPoms } from '../../src/evidence/sonarPoms.ts';
import { sastUses } from '../../src/evidence/workflowFindings.ts';

/** The order of the reference (file-checks 9.1): Sonar stands between the workflow tools. */
const ORDER = ['CodeQL', 'Sonar', 'Snyk', 'Pysa', 'Qodana', 'Hadolint'];

export const sastToolConfigured = defineProbe({
  id: 'sastToolConfigured',
  lifecycle: 'stable',
  summary: 'Is a tool of static analysis set up?',
  motivation: 'Static analysis finds classes of flaws on every change, before they are released.',
  implementation:
    'Looks for the actions of known tools in workflows, and for a Sonar server in Maven projects.',
  outcomes: {
    True: 'A tool is set up; one finding per place.',
    False: 'None was detected.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    steps: [
      'Add a workflow that runs CodeQL (or another analyser for your languages) on pull requests and on the default branch.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { sastUses, sonarPoms },
  improvements: { 'one-file': oneFile },
  run: ({ sastUses, sonarPoms }, view) => {
    const broken = brokenFindings(sastUses, view);
    const uses = sastUses.flatMap(({ path, hits }) => hits.map(({ tool }) => configured(tool, path)));
    const poms = sonarPoms.map(({ path, lineStart, lineEnd, address }) =>
      configured('Sonar', path, lineStart, { lineEnd, snippet: address }),
    );
    const found = [...uses, ...poms].sort(
      (a, b) => ORDER.indexOf(a.values!.tool!) - ORDER.indexOf(b.values!.tool!),
    );
    return [...broken, ...(found.length > 0 ? found : [no('no tool of static analysis was detected')])];
  },
});

function configured(
  tool: string,
  path: string,
  line = 1,
  more: { lineEnd?: number; snippet?: string } = {},
): FindingDraft {
  return yes(`${tool} is set up`, { location: at(path, line, more), values: { tool } });
}
