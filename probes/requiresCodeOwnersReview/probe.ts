import { defineBranchProbe, pullRequestRule } from '../branchProbe.ts';

export const requiresCodeOwnersReview = defineBranchProbe({
  id: 'requiresCodeOwnersReview',
  setting: 'codeOwnerReviews',
  what: 'whether code owners must approve',
  effort: 'High',
  act: 'Require reviews of code owners',
  takesTwo: true,
  usesCodeOwners: true,
  summary: 'Must the owners of the code approve changes to it?',
  motivation:
    'Owners know what their part of the code must never do. Asking them, and not just anybody, keeps sensitive folders such as workflows and releases under the eyes of the right people.',
  implementation:
    'True when the classic rule or the pull request rule of a ruleset asks for the review of code owners and the tree holds a CODEOWNERS file.',
  yes: 'Code owners must approve, and a CODEOWNERS file exists.',
  no: 'Code owners need not approve, or no CODEOWNERS file names any.',
  hidden: 'The token cannot see the setting, or no rule that could make it governs the branch.',
  steps: [
    'Write `.github/CODEOWNERS`, naming at least the owners of `.github/` and of the release process.',
    'In the pull request rule of the branch ruleset tick "Require review from Code Owners".',
  ],
  improvements: {
    'code-owners-in-force': {
      what: 'Only the CODEOWNERS file the forge reads counts, and only if at least one of its lines names an owner; bad lines are set aside.',
      why: 'A CODEOWNERS file of a vendored project, or one without a valid line, makes the demand empty; one bad line among good ones does not.',
    },
  },
  example: { before: pullRequestRule({}), after: pullRequestRule({ codeOwnerReview: true }) },
  judge: ({ codeOwnerReviews }, branch, { codeOwners, badOwnerLines }) => {
    const unread =
      badOwnerLines.length === 0 ? '' : ` (unreadable: line ${badOwnerLines.slice(0, 5).join(', ')})`;
    if (codeOwnerReviews === null) return undefined;
    if (!codeOwnerReviews)
      return { outcome: 'False', message: `branch ${branch.name} does not ask code owners` };
    return codeOwners.length === 0
      ? {
          outcome: 'False',
          message: `branch ${branch.name} asks code owners, but no CODEOWNERS file names any${unread}`,
        }
      : {
          outcome: 'True',
          message: `branch ${branch.name} asks the code owners of ${codeOwners[0]}${unread}`,
        };
  },
});
