import { defineProbe, isKnown, no, yes } from '../../src/core/index.ts';
import { privateReporting } from '../../src/evidence/privateReporting.ts';
import {
  BEST_POLICY,
  bestPolicy,
  linkedContent,
  policyFor,
  policyLocation,
  referencePolicy,
} from '../../src/evidence/securityPolicies.ts';
import { GOOD_POLICY, policyRemedy } from '../policy.ts';

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
    act: 'Name a private contact in SECURITY.md',
    steps: [
      'On GitHub, switch on private vulnerability reporting in the settings and name it in `SECURITY.md`; elsewhere give a mail address or a form.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referencePolicy, bestPolicy, privateReporting },
  improvements: {
    ...BEST_POLICY,
    'private-contact': {
      what: 'Only a private way to report counts: an address, an advisory or reporting form, or words that name one.',
      why: 'A link to a homepage, or to a public issue tracker, brings no report in private (ossf/scorecard#2465).',
    },
    'private-reporting': {
      what: 'Private vulnerability reporting that is switched on is a private way to report, with or without a policy file.',
      why: 'The forge shows reporters a form for it; the file need not repeat its address (ossf/scorecard#5135, #2465).',
    },
  },
  example: {
    path: 'SECURITY.md',
    before: '# Security policy\n\nTell us about vulnerabilities.\n',
    after: GOOD_POLICY,
  },
  run: ({ referencePolicy, bestPolicy, privateReporting }, { adopts }) => {
    const form = isKnown(privateReporting) && privateReporting.known && adopts('private-reporting');
    if (form) {
      const policy = (adopts('best-policy') ? bestPolicy : referencePolicy).policy;
      const location = policy === null ? {} : { location: policyLocation(policy) };
      return [
        yes('private vulnerability reporting is switched on', {
          ...location,
          values: { contact: 'private-reporting' },
        }),
      ];
    }
    const policy = policyFor(referencePolicy, bestPolicy, adopts);
    const remedy = policyRemedy(policy, 'contact');
    if (policy === null) return [no('there is no security policy to look at', { remedy })];
    const location = policyLocation(policy);
    if (adopts('private-contact')) {
      const { contact } = policy.meaning;
      return contact === undefined
        ? [no('the policy names no private way to report', { location, remedy })]
        : [yes(`reports go to ${contact}`, { location, values: { contact } })];
    }
    return linkedContent(policy.hits).count > 0
      ? [yes('the policy names a link or an address', { location })]
      : [no('the policy names no link and no address', { remedy })];
  },
});
