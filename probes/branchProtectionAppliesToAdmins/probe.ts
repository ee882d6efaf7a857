import { defineBranchProbe } from '../branchProbe.ts';

export const branchProtectionAppliesToAdmins = defineBranchProbe({
  id: 'branchProtectionAppliesToAdmins',
  setting: 'enforceAdmins',
  what: 'whether the rules bind administrators',
  effort: 'Medium',
  act: 'Bind administrators to the branch rules',
  summary: 'Do the rules of a branch bind administrators too?',
  motivation:
    'A rule that the most powerful accounts may skip protects least where an attacker gains most: a stolen administrator account passes by all of it.',
  implementation:
    'True when the classic rule forbids bypassing and no matching ruleset names an actor who may pass by it.',
  yes: 'Nobody may pass by the rules.',
  no: 'Administrators, or actors on a bypass list, may pass by rules.',
  hidden: 'The token cannot see who may pass by the rules.',
  steps: [
    'Empty the bypass list of every branch ruleset, or reduce it to "pull requests only".',
    'With classic protection: tick "Do not allow bypassing the above settings".',
  ],
  improvements: {
    'bypass-by-setting': {
      what: 'A bypass list matters only where it lets somebody pass by a setting that no other rule enforces; a hidden list is not taken for an empty one.',
      why: 'One app that may bypass one ruleset made the reference call all rules optional (ossf/scorecard#3480, #3502, #3354), and lists a reader cannot see count as empty there.',
    },
  },
  example: {
    before: { rules: [{ type: 'deletion' }], bypass: [{ who: 'role maintain', mode: 'always' }] },
    after: { rules: [{ type: 'deletion' }] },
  },
  judge: ({ enforceAdmins }, branch, { view }) => {
    if (enforceAdmins === null) return undefined;
    if (enforceAdmins)
      return { outcome: 'True', message: `the rules of branch ${branch.name} bind everybody` };
    const who = view.adopts('bypass-by-setting') && branch.bypass.length > 0 ? branch.bypass.join('; ') : '';
    const message =
      who === ''
        ? `the rules of branch ${branch.name} do not bind administrators`
        : `rules of branch ${branch.name} may be passed by: ${who}`;
    return { outcome: 'False', message };
  },
});
