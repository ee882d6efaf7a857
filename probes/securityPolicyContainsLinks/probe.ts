import { CannotJudge, defineProbe, isKnown, no, yes } from '../../src/core/index.ts';
import { privateReporting } from '../../src/evidence/facts.ts';
import { linkedContent, policyLocation, referencePolicy } from '../../src/evidence/securityPolicies.ts';

export const securityPolicyContainsLinks = defineProbe({
  id: 'securityPolicyContainsLinks',
  lifecycle: 'stable',
  summary: 'Does the security policy name a link or a mail address?',
  motivation: 'A policy is of use when it says where a report goes.',
  implementation: 'Counts web links and mail addresses in the policy.',
  outcomes: {
    True: 'The policy holds a web link or a mail address; in the Assay view also: private vulnerability reporting is switched on.',
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
  needs: { referencePolicy, privateReporting },
  improvements: {
    'private-reporting': {
      what: 'Private vulnerability reporting that is switched on is a private way to report, with or without a policy file.',
      why: 'The forge shows reporters a form for it; the file need not repeat its address (ossf/scorecard#5135, #2465).',
    },
  },
  run: ({ referencePolicy: { policy, failed }, privateReporting }, { adopts }) => {
    const form = isKnown(privateReporting) && privateReporting.known && adopts('private-reporting');
    if (form) {
      const location = policy === null ? {} : { location: policyLocation(policy) };
      return [
        yes('private vulnerability reporting is switched on', {
          ...location,
          values: { contact: 'private-reporting' },
        }),
      ];
    }
    if (failed !== undefined) throw new CannotJudge(failed);
    if (policy === null) return [no('there is no security policy to look at')];
    return linkedContent(policy.hits).count > 0
      ? [yes('the policy names a link or an address', { location: policyLocation(policy) })]
      : [no('the policy names no link and no address')];
  },
});
