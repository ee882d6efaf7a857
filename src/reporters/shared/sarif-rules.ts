/** SARIF rules: one per check, or per probe when probes were asked for. */
import { type Catalogue, generalStep, type Risk } from '../../core/index.ts';
import { documentationUrl } from './details.ts';

const SEVERITY: Readonly<
  Record<Risk, { readonly security: string; readonly problem: string; readonly level: string }>
> = {
  Critical: { security: '9.0', problem: 'error', level: 'error' },
  High: { security: '7.0', problem: 'error', level: 'error' },
  Medium: { security: '4.0', problem: 'warning', level: 'warning' },
  Low: { security: '1.0', problem: 'recommendation', level: 'note' },
};

/** The reference's id: the name without dashes, and `ID`. */
export const ruleId = (check: string): string => `${check.replaceAll('-', '')}ID`;

export function checkRule(name: string, catalogue: Catalogue) {
  const check = catalogue.checks.get(name);
  const { security, problem, level } = SEVERITY[check?.risk ?? 'Medium'];
  const summary = check?.summary ?? name;
  return {
    id: ruleId(name),
    name,
    shortDescription: { text: name },
    fullDescription: { text: summary },
    helpUri: documentationUrl(name),
    help: help(summary, check?.motivation ?? '', check?.remediation ?? []),
    defaultConfiguration: { level },
    properties: {
      precision: 'high',
      'problem.severity': problem,
      'security-severity': security,
      tags: [...(check?.tags ?? [])],
    },
  };
}

export function probeRule(id: string, catalogue: Catalogue) {
  const probe = catalogue.probes.get(id);
  const summary = probe?.summary ?? id;
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: help(summary, probe?.motivation ?? '', (probe?.remediation.steps ?? []).map(generalStep)),
    defaultConfiguration: { level: 'warning' },
    properties: { precision: 'high', 'problem.severity': 'warning', tags: ['supply-chain'] },
  };
}

function help(summary: string, motivation: string, steps: readonly string[]) {
  const parts = [summary, motivation, steps.map((step) => `- ${step}`).join('\n')].filter(
    (part) => part !== '',
  );
  return { text: parts.join('\n\n'), markdown: parts.join('\n\n') };
}
