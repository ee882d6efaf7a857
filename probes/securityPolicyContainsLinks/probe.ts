import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { linkedContent, policyLocation, referencePolicy } from '../../src/evidence/securityPolicies.ts';

export const securityPolicyContainsLinks = defineProbe({
  id: 'securityPolicyContainsLinks',
  lifecycle: 'stable',
  summary: 'Does the security policy name a link or a mail address?',
  motivation: 'A policy is of use when it says where a report goes.',
  implementation: 'Counts web links and mail addresses in the policy.',
  outcomes: {
    True: 'The policy holds a web link or a mail address.',
    False: 'It holds neither, or there is no policy.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    steps: [
      'On GitHub, switch on private vulnerability reporting in the settings and name it in `SECURITY.md`; elsewhere give a mail address or a form.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referencePolicy },
  run: ({ referencePolicy: { policy, failed } }) => {
    if (failed !== undefined) throw new CannotJudge(failed);
    if (policy === null) return [no('there is no security policy to look at')];
    return linkedContent(policy.hits).count > 0
      ? [yes('the policy names a link or an address', { location: policyLocation(policy) })]
      : [no('the policy names no link and no address')];
  },
});
