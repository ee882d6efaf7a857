import { defineProbe, no, required, yes } from '../../src/core/index.ts';
import { archivedFlag } from '../../src/evidence/facts.ts';

export const archived = defineProbe({
  id: 'archived',
  lifecycle: 'stable',
  summary: 'Is the repository archived?',
  motivation:
    'An archived repository takes no more changes: flaws found from now on stay, and reports about them go unread.',
  implementation: 'Reads the archived flag of the repository.',
  outcomes: { True: 'The repository is archived.', False: 'The repository is not archived.' },
  remediation: {
    on: 'True',
    effort: 'High',
    act: 'Unarchive the repository',
    steps: [
      'Users: move to a maintained project or fork.',
      'Owners: unarchive the repository if it is to be maintained again, or name the successor in the README.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { archivedFlag },
  example: {
    before: { archived: true },
    after: { archived: false },
  },
  run: ({ archivedFlag }) => [
    required(archivedFlag, 'whether the repository is archived')
      ? yes('the repository is archived')
      : no('the repository is not archived'),
  ],
});
