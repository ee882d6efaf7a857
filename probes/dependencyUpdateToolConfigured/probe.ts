import { at, defineProbe, no, yes } from '../../src/core/index.ts';
import { updateToolFiles } from '../../src/evidence/updateTools.ts';

export const dependencyUpdateToolConfigured = defineProbe({
  id: 'dependencyUpdateToolConfigured',
  lifecycle: 'stable',
  summary: 'Is a tool set up that proposes dependency updates?',
  motivation:
    'Outdated dependencies carry known flaws. A tool that opens a pull request for each update makes staying current a matter of review instead of memory.',
  implementation:
    'Looks for the configuration files of Dependabot, Renovate and Scala Steward by name, in the places these tools read them from.',
  outcomes: {
    True: 'A configuration file of an update tool exists; one finding per file.',
    False: 'No such file exists.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
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
  needs: { updateToolFiles },
  run: ({ updateToolFiles }) =>
    updateToolFiles.length === 0
      ? [no('no configuration of a dependency update tool was found')]
      : updateToolFiles.map(({ tool, path }) =>
          yes(`${tool} is configured`, { location: at(path), values: { tool } }),
        ),
});
