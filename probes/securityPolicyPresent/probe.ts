import { defineProbe, no, yes } from '../../src/core/index.ts';
import {
  BEST_POLICY,
  bestPolicy,
  policyFor,
  policyLocation,
  referencePolicy,
} from '../../src/evidence/securityPolicies.ts';
import { GOOD_POLICY, NEW_POLICY } from '../policy.ts';

export const securityPolicyPresent = defineProbe({
  id: 'securityPolicyPresent',
  lifecycle: 'stable',
  summary: 'Is there a security policy?',
  motivation:
    'Whoever finds a flaw needs to know whom to tell without telling everyone. A security policy says so.',
  implementation:
    'Looks for `SECURITY.md` (also `.markdown`, `.adoc`, `.rst`) at the root, in `.github/` and in `docs/`, then in the `.github` repository of the organisation.',
  outcomes: {
    True: 'A policy was found, in the repository or in that of its organisation.',
    False: 'No policy was found.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Write a SECURITY.md',
    steps: [
      'Add a `SECURITY.md` that says how to report a vulnerability in private and what the reporter may expect.',
      'On GitHub, switch on private vulnerability reporting in the settings and name it in `SECURITY.md`; elsewhere give a mail address or a form.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referencePolicy, bestPolicy },
  improvements: BEST_POLICY,
  example: {
    path: 'SECURITY.md',
    before: '',
    after: GOOD_POLICY,
  },
  run: ({ referencePolicy, bestPolicy }, { adopts }) => {
    const policy = policyFor(referencePolicy, bestPolicy, adopts);
    if (policy === null) return [no('no security policy was found', { remedy: NEW_POLICY })];
    return [yes('a security policy was found', { location: policyLocation(policy) })];
  },
});
