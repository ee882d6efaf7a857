import { at, CannotJudge, defineProbe, no, type Remedy, yes } from '../../src/core/index.ts';
import { updateCommits, updateToolFiles } from '../../src/evidence/updateTools.ts';

export const dependencyUpdateToolConfigured = defineProbe({
  id: 'dependencyUpdateToolConfigured',
  lifecycle: 'stable',
  summary: 'Is a tool set up that proposes dependency updates?',
  motivation:
    'Outdated dependencies carry known flaws. A tool that opens a pull request for each update makes staying current a matter of review instead of memory.',
  implementation:
    'Looks for the configuration files of Dependabot, Renovate and Scala Steward by name, in the places these tools read them from. Without one, asks the forge for commits of Dependabot.',
  outcomes: {
    True: 'A configuration file of an update tool exists; one finding per file. Or Dependabot has made commits.',
    False: 'No such file exists, and no such commit.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Set up Dependabot or Renovate',
    steps: [
      'Add `.github/dependabot.yml` with one `updates` entry per package ecosystem of the repository, or install Renovate and add `renovate.json`.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: [
    'c#',
    'dockerfile',
    'go',
    'java',
    'javascript',
    'php',
    'python',
    'ruby',
    'rust',
    'scala',
    'swift',
    'typescript',
  ],
  needs: { updateToolFiles, updateCommits },
  improvements: {
    'working-config': {
      what: 'A configuration counts when the tool does something with it: it names an ecosystem and is not switched off.',
      why: 'An empty `dependabot.yml`, `updates: []` or `"enabled": false` proposes nothing.',
    },
    'more-update-tools': {
      what: 'Further places of Renovate, other update tools, and pipelines that run such a tool count.',
      why: 'Renovate reads `renovate.jsonc` and `package.json` too, and is often run by a workflow (ossf/scorecard#542, #3823).',
    },
  },
  example: {
    path: '.github/dependabot.yml',
    before: '',
    after:
      'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n  - package-ecosystem: github-actions\n    directory: /\n    schedule:\n      interval: weekly\n',
  },
  run: ({ updateToolFiles, updateCommits }, { adopts }) => {
    if (updateCommits.failed !== undefined) throw new CannotJudge(updateCommits.failed);
    const files = updateToolFiles.filter(({ beyond }) => !beyond || adopts('more-update-tools'));
    const working = files.filter(({ idle }) => idle === undefined || !adopts('working-config'));
    if (working.length > 0) {
      return working.map(({ tool, path }) =>
        yes(`${tool} is configured`, { location: at(path), values: { tool } }),
      );
    }
    if (updateCommits.dependabot) {
      // The reference points to an empty place here (file-checks 4.1).
      const location = { path: '', type: 'none', lineStart: 0 } as const;
      return [yes('Dependabot has made commits', { location, values: { tool: 'Dependabot' } })];
    }
    const [idle] = files;
    if (idle === undefined)
      return [no('no configuration of a dependency update tool was found', { remedy: NEW_CONFIGURATION })];
    const text = `${idle.path}: ${idle.idle}: name what ${idle.tool} is to update, and let it be switched on`;
    return [
      no(`${idle.path} configures ${idle.tool}, but ${idle.idle}`, {
        location: at(idle.path),
        remedy: { text },
      }),
    ];
  },
});

const NEW_CONFIGURATION: Remedy = {
  text: `.github/dependabot.yml: write this, with one entry for each package ecosystem, or install Renovate
version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly`,
};
