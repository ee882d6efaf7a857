import { securityPolicyContainsLinks } from '../../probes/securityPolicyContainsLinks/probe.ts';
import { securityPolicyContainsText } from '../../probes/securityPolicyContainsText/probe.ts';
import { securityPolicyContainsVulnerabilityDisclosure } from '../../probes/securityPolicyContainsVulnerabilityDisclosure/probe.ts';
import { securityPolicyPresent } from '../../probes/securityPolicyPresent/probe.ts';
import { defineCheck, detailsByOutcome, scored } from '../../src/core/index.ts';

export const securityPolicy = defineCheck({
  name: 'Security-Policy',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'policy'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Does the project say how to report a vulnerability?',
  motivation:
    'A published policy brings reports to the maintainers first, in private, instead of to everyone at once.',
  scoring:
    '6 for a link or mail address in the policy, 3 for text beyond it, 1 for speaking of vulnerabilities, disclosure or times; 0 without a policy. In the Assay view private vulnerability reporting that is switched on counts like a link, also without a policy.',
  remediation: [
    'Add a `SECURITY.md` with a private way to report, what happens then, and within how many days.',
    'On GitHub, switch on private vulnerability reporting.',
  ],
  probes: [
    securityPolicyPresent,
    securityPolicyContainsLinks,
    securityPolicyContainsVulnerabilityDisclosure,
    securityPolicyContainsText,
  ],
  score: (findings, view) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    const has = ({ id }: { id: string }) =>
      findings.some(({ probe, outcome }) => probe === id && outcome === 'True');
    const score =
      (has(securityPolicyContainsLinks) ? 6 : 0) +
      (has(securityPolicyContainsText) ? 3 : 0) +
      (has(securityPolicyContainsVulnerabilityDisclosure) ? 1 : 0);
    if (has(securityPolicyPresent)) return scored(score, 'security policy detected', details);
    if (has(securityPolicyContainsLinks) && view.adopts('private-reporting'))
      return scored(score, 'no security policy detected, but a private way to report', details);
    if (score > 0) return { score: 'error', reason: 'content of a policy without a policy', details };
    return scored(0, 'no security policy detected', details);
  },
});
