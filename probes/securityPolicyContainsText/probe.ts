import { defineProbe, no, yes } from '../../src/core/index.ts';
import {
  BEST_POLICY,
  bestPolicy,
  linkedContent,
  policyFor,
  policyLocation,
  referencePolicy,
} from '../../src/evidence/securityPolicies.ts';
import { GOOD_POLICY, policyRemedy } from '../policy.ts';

export const securityPolicyContainsText = defineProbe({
  id: 'securityPolicyContainsText',
  lifecycle: 'stable',
  summary: 'Does the security policy say more than a link?',
  motivation:
    'Reporters need to know what happens after they have written: who answers, how fast, and when the flaw becomes public.',
  implementation: 'Compares the size of the policy with the length of the links and addresses in it.',
  outcomes: {
    True: 'There is text beyond links and addresses.',
    False: 'There is none, or there is no policy.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Describe in SECURITY.md how to report',
    steps: ['Describe in `SECURITY.md` how to report a vulnerability and what happens then.'],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referencePolicy, bestPolicy },
  improvements: BEST_POLICY,
  example: {
    path: 'SECURITY.md',
    before: 'security@brightforge.dev\n',
    after: GOOD_POLICY,
  },
  run: ({ referencePolicy, bestPolicy }, { adopts }) => {
    const policy = policyFor(referencePolicy, bestPolicy, adopts);
    if (policy === null)
      return [no('there is no security policy to look at', { remedy: policyRemedy(policy, 'text') })];
    const { count, length } = linkedContent(policy.hits);
    return policy.size > 1 && policy.size > length + 2 * count
      ? [yes('the policy holds text of its own', { location: policyLocation(policy) })]
      : [no('the policy holds no text beyond links and addresses', { remedy: policyRemedy(policy, 'text') })];
  },
});
