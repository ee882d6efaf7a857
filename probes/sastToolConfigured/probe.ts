import { at, defineProbe, type FindingDraft, no, type Remedy, yes } from '../../src/core/index.ts';
import { type Analysis, analyses } from '../../src/evidence/automation.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { type SonarPom, sonarPoms } from '../../src/evidence/sonarPoms.ts';
import { sastUses } from '../../src/evidence/workflowFindings.ts';

/** The order of the reference (file-checks 9.1): Sonar stands between the workflow tools. */
const ORDER = ['CodeQL', 'Sonar', 'Snyk', 'Pysa', 'Qodana', 'Hadolint'];

export const sastToolConfigured = defineProbe({
  id: 'sastToolConfigured',
  lifecycle: 'stable',
  summary: 'Is a tool of static analysis set up?',
  motivation: 'Static analysis finds classes of flaws on every change, before they are released.',
  implementation:
    'Looks for the actions of known tools in workflows, and for a Sonar server in Maven projects. The Assay view looks at commands, other pipelines, task runners and settings too.',
  outcomes: {
    True: 'A tool is set up; one finding per place.',
    False: 'None was detected.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Run static analysis',
    steps: [
      'Add a workflow that runs CodeQL (or another analyser for your languages) on pull requests and on the default branch.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { sastUses, sonarPoms, analyses },
  improvements: {
    'one-file': oneFile,
    'true-analyses': {
      what: 'Many more tools count, by action, command, local action, task runner and hook, in GitLab CI and Azure pipelines too; the value `kind` tells analysis of code for weaknesses, of workflows, and of faults in general apart, `runs` whether a pipeline runs the tool (`ci`) or it is only set up (`configured`).',
      why: 'The reference knows six tools by their action: Semgrep, Bandit, gosec, Brakeman and commands are missed, and a linter for Dockerfiles counts like an analysis of the code (scorecard issues 1031, 5103, 3709).',
    },
  },
  example: {
    path: '.github/workflows/codeql.yml',
    before: '',
    after:
      'on: [push, pull_request]\npermissions:\n  contents: read\njobs:\n  analyze:\n    runs-on: ubuntu-latest\n    permissions:\n      security-events: write\n    steps:\n      - uses: actions/checkout@v5\n      - uses: github/codeql-action/init@v3\n      - uses: github/codeql-action/analyze@v3\n',
  },
  run: ({ sastUses, sonarPoms, analyses }, view) => {
    const broken = brokenFindings(sastUses, view);
    if (view.adopts('true-analyses')) return [...broken, ...analysed(analyses, sonarPoms)];
    const uses = sastUses.flatMap(({ path, hits }) => hits.map(({ tool }) => configured(tool, path)));
    const poms = sonarPoms.map(({ path, lineStart, lineEnd, address }) =>
      configured('Sonar', path, lineStart, { lineEnd, snippet: address }),
    );
    const found = [...uses, ...poms].sort(
      (a, b) => ORDER.indexOf(a.values!.tool!) - ORDER.indexOf(b.values!.tool!),
    );
    return [
      ...broken,
      ...(found.length > 0
        ? found
        : [no('no tool of static analysis was detected', { remedy: NEW_WORKFLOW })]),
    ];
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

const KINDS: Readonly<Record<Analysis['kind'], string>> = {
  code: 'analysis of code',
  workflow: 'analysis of workflows',
  general: 'general analysis',
};

/** Tools that run first, then by kind. */
function analysed(analyses: readonly Analysis[], poms: readonly SonarPom[]): readonly FindingDraft[] {
  const runsSonar = analyses.some(({ tool, runs }) => tool === 'Sonar' && runs);
  const sonar = runsSonar
    ? []
    : poms.map(({ path, lineStart }) => ({
        path,
        line: lineStart,
        tool: 'Sonar',
        kind: 'code' as const,
        runs: false,
      }));
  const order = Object.keys(KINDS);
  const all = [...analyses, ...sonar].sort(
    (a, b) => Number(b.runs) - Number(a.runs) || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  if (all.length === 0) return [no('no tool of static analysis was detected', { remedy: NEW_WORKFLOW })];
  return all.map(({ path, line, tool, kind, runs }) =>
    yes(`${tool} (${KINDS[kind]}) ${runs ? 'runs in CI' : 'is set up'}`, {
      location: at(path, line),
      values: { tool, kind, runs: runs ? 'ci' : 'configured' },
    }),
  );
}

const NEW_WORKFLOW: Remedy = {
  text: `.github/workflows/codeql.yml: write this, or run another analyser for your languages
on: [push, pull_request]
permissions:
  contents: read
jobs:
  analyze:
    runs-on: ubuntu-latest
    permissions:
      security-events: write
    steps:
      - uses: actions/checkout@<full commit hash>
      - uses: github/codeql-action/init@<full commit hash>
      - uses: github/codeql-action/analyze@<full commit hash>`,
};
