import { defineBranchProbe, pullRequestRule } from '../branchProbe.ts';

export const requiresLastPushApproval = defineBranchProbe({
  id: 'requiresLastPushApproval',
  setting: 'lastPushApproval',
  what: 'whether the last push needs an approval of somebody else',
  effort: 'High',
  act: 'Require approval of the last push',
  takesTwo: true,
  summary: 'Must somebody other than the last pusher approve the last push?',
  motivation:
    'Without it a reviewer with write access can add commits to a pull request and approve his own work.',
  implementation:
    'True when the classic rule or the pull request rule of a ruleset asks for approval of the most recent push.',
  yes: 'The last push needs the approval of somebody else.',
  no: 'The last push needs no approval of its own.',
  hidden: 'The token cannot see the setting, or no rule that could make it governs the branch.',
  steps: [
    'In the pull request rule of the branch ruleset tick "Require approval of the most recent reviewable push"; classic protection has the same box.',
  ],
  example: { before: pullRequestRule({}), after: pullRequestRule({ lastPushApproval: true }) },
  judge: (settings, branch) => {
    if (settings.lastPushApproval === null) return undefined;
    return settings.lastPushApproval === true
      ? {
          outcome: 'True',
          message: `the last push to branch ${branch.name} needs the approval of somebody else`,
        }
      : { outcome: 'False', message: `the last push to branch ${branch.name} needs no approval of its own` };
  },
});
