import { at, defineProbe, type FindingDraft, no, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { injections } from '../../src/evidence/workflowFindings.ts';
import { type TrueInjection as Injection, trueInjections } from '../../src/evidence/workflowTruth.ts';

export const hasDangerousWorkflowScriptInjection = defineProbe({
  id: 'hasDangerousWorkflowScriptInjection',
  lifecycle: 'stable',
  summary: 'Does a workflow splice text that outsiders choose into a script?',
  motivation:
    'Expressions are expanded before the shell sees the script. A title, branch name or comment that holds shell syntax then runs with the rights and secrets of the workflow.',
  implementation:
    'Looks at every expression inside the `run` scripts of all workflows for values that come from issues, pull requests, comments, commits and the like. The Assay view follows them through variables, outputs and inputs as well, and names what holds outsiders back in the value `gate`.',
  outcomes: {
    True: 'A script expands a value outsiders choose; one finding per expression.',
    False: 'No script does.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'True',
    effort: 'Low',
    act: "Hand outsiders' values over by the environment",
    steps: [
      'At {path}:{line} hand the value over by an environment variable: add `env:` with the expression to the step, and write the quoted variable in the script.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { injections, trueInjections },
  improvements: {
    'one-file': oneFile,
    'outsiders-text': {
      what: 'Text of outsiders is followed from the event to where it becomes code, in every notation, through variables, outputs, inputs, local actions and called workflows; places held back from outsiders are told with their gate.',
      why: 'The reference looks for words in `run` only: brackets, other letter case, github-script, outputs and composite actions are missed, and values that are safe or never set are reported (scorecard issues 5152, 3681, 2189).',
    },
  },
  example: {
    path: '.github/workflows/triage.yml',
    before:
      'on: issues\njobs:\n  triage:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
    after:
      'on: issues\njobs:\n  triage:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "$TITLE"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n',
  },
  run: ({ injections, trueInjections }, view) => {
    if (injections.length === 0) return [notApplicable('there are no workflows')];
    const broken = brokenFindings(injections, view);
    const all = injections.flatMap(({ path, hits }) => hits.map((hit) => ({ path, ...hit })));
    const hits = view.adopts('outsiders-text')
      ? withPatches(trueInjections, all)
      : all.map(({ path, line, snippet, patch }) => spliced(path, line, snippet, patch));
    const found = [...broken, ...hits];
    return found.length > 0 ? found : [no('no script expands values that outsiders set')];
  },
});

type Place = Pick<Injection, 'path' | 'line' | 'snippet'>;
type PatchedPlace = Place & { readonly patch?: string };

/** Both analyses name the same place in the same way. */
const placeOf = ({ path, line, snippet }: Place): string => `${line} ${snippet.trim()} ${path}`;

function withPatches(found: readonly Injection[], all: readonly PatchedPlace[]): FindingDraft[] {
  const patches = new Map<string, string | undefined>();
  for (const one of all) if (!patches.has(placeOf(one))) patches.set(placeOf(one), one.patch);
  return found.map((one) => judged(one, patches.get(placeOf(one))));
}

function spliced(path: string, line: number, snippet: string, patch?: string): FindingDraft {
  return yes(`the script expands ${snippet.trim()}, which outsiders can set`, {
    location: at(path, line, { snippet }),
    remedy: {
      text: `${path}:${line}: hand \`${snippet.trim()}\` over by an environment variable (\`env:\` of the step) and write the quoted variable in the script`,
      ...(patch === undefined ? {} : { patch }),
    },
  });
}

const SINKS: Readonly<Record<Injection['sink'], string>> = {
  script: 'is spliced into a script',
  input: 'is spliced into an input that is run as code',
  eval: 'is parsed as code again',
  'environment-file': 'is written raw to the environment of later steps',
};

/** Sinks a variable of the environment alone does not mend. */
const MENDS: Readonly<Record<Exclude<Injection['sink'], 'script'>, string>> = {
  input: 'hand the value over by `env:` of the step and read it in the code as `process.env.NAME`',
  eval: 'do not parse the value again: write it as a quoted argument instead of `eval`, `bash -c` and the like',
  'environment-file':
    'compare the value with a strict pattern before it is written, e.g. `[[ "$VALUE" =~ ^[0-9a-f]+$ ]] || exit 1`',
};

function judged(one: Injection, patch: string | undefined): FindingDraft {
  const { path, line, snippet, source, sink, gate, power, events } = one;
  const held = gate === undefined ? '' : `; held back by: ${gate}`;
  const values = { source, sink, power, events: events.join(' '), ...(gate ? { gate } : {}) };
  const { remedy } = spliced(path, line, snippet, patch);
  return yes(`${source}, which outsiders can set, ${SINKS[sink]}${held}`, {
    location: at(path, line, { snippet }),
    values,
    remedy: sink === 'script' ? remedy : { text: `${path}:${line}: ${MENDS[sink]}` },
  });
}
