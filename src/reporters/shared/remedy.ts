/** How to mend a finding, in words. */
import type { Finding, Probe } from '../../core/index.ts';

/** The number the reference writes for an effort. */
export const EFFORT_NUMBER = { None: 0, Low: 1, Medium: 2, High: 3 } as const;

/**
 * The probe's general steps for this finding, placeholders filled; none when the outcome asks for nothing or the
 * reference loses them there (file-checks 1.3).
 */
export function stepsFor(finding: Finding, probe: Probe | undefined): readonly string[] {
  if (!probe || finding.remediated === false || finding.outcome !== probe.remediation.on) return [];
  return probe.remediation.steps.map((step) => fill(step, finding));
}

/** `{path}`, `{line}` and `{value:KEY}` from the finding. */
export function fill(step: string, finding: Finding): string {
  return step.replace(/\{(path|line|value:([\w.-]+))\}/g, (_, name: string, key: string | undefined) => {
    if (key !== undefined) return finding.values?.[key] ?? '';
    if (name === 'path') return finding.location?.path ?? 'the file';
    return String(finding.location?.lineStart || 1);
  });
}
