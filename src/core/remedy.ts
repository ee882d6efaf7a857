/** Remediation steps: their placeholders filled from a finding, or put in general words. */
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';

const PLACEHOLDER = /\{(path|line|value:([\w.-]+))\}/g;

/** `{path}`, `{line}` and `{value:KEY}` from the finding; `encode` keeps what a repository says from being markup. */
export function fillStep(step: string, finding: Finding, encode = (value: string) => value): string {
  return step.replace(PLACEHOLDER, (_, name: string, key: string | undefined) => {
    if (key !== undefined) return encode(finding.values?.[key] ?? '');
    if (name === 'path') return finding.location ? encode(finding.location.path) : 'the file';
    return String(finding.location?.lineStart || 1);
  });
}

/** For pages that speak of all findings at once. */
export function generalStep(step: string): string {
  const placed = step.replaceAll('{path}:{line}', 'the place');
  return placed.replace(PLACEHOLDER, (_, name: string, key: string | undefined, at: number) => {
    if (key === undefined) return `the ${name === 'path' ? 'file' : name}`;
    const inCode = placed.slice(0, at).split('`').length % 2 === 0;
    return inCode ? `<${key}>` : `\`${key}\``;
  });
}

/**
 * The probe's steps for this finding; none when the outcome asks for nothing, or the reference loses them there
 * (file-checks 1.3).
 */
export function stepsFor(
  finding: Finding,
  probe: Probe | undefined,
  encode?: (value: string) => string,
): readonly string[] {
  if (!probe || finding.remediated === false || finding.outcome !== probe.remediation.on) return [];
  return probe.remediation.steps.map((step) => fillStep(step, finding, encode));
}
