/** What the probes of Security-Policy share: the text of their examples, and what to write where something is missing. */
import type { Remedy } from '../src/core/index.ts';

/** A policy that says all that is asked for. */
export const GOOD_POLICY = `# Security policy

Report vulnerabilities to security@brightforge.dev, not in public issues. Name the version, the steps that show the
problem, and what an attacker gains by it.

We answer within 7 days, mend the newest version, and publish an advisory on the day of the release, 90 days after
your report at the latest.
`;

const WANTED = {
  contact: ['say where reports go in private', 'Report vulnerabilities to <address>, not in public issues.'],
  text: [
    'describe how to report',
    'Name the version, the steps that show the problem, and what an attacker gains.',
  ],
  process: [
    'say what happens with a report',
    'We answer within 7 days and publish an advisory with the fix.',
  ],
} as const;

/** What to add to the policy, or to the one that is to be written. */
export function policyRemedy(policy: { readonly path: string } | null, what: keyof typeof WANTED): Remedy {
  const [act, sentence] = WANTED[what];
  return { text: `${policy?.path ?? 'SECURITY.md'}: ${act}, e.g. "${sentence}"` };
}

/** A whole policy to write. */
export const NEW_POLICY: Remedy = {
  text: `SECURITY.md: write\n# Security policy\n${Object.values(WANTED)
    .map(([, sentence]) => sentence)
    .join('\n')}`,
};
