/** Generated pages of `docs/`, one function per page. */

import { checks } from '../../checks/index.ts';
import { probes } from '../../probes/index.ts';
import { exampleSides } from '../cli/example-text.ts';
import { optionNames, optionSpecs } from '../config/options.ts';
import {
  allProbesOf,
  type Check,
  ERRORS,
  type ErrorCode,
  type Example,
  generalStep,
  type Improvement,
  type Probe,
  WEIGHT,
} from '../core/index.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { improvementCases } from './improvement-cases.ts';
import type { Generated } from './lists.ts';
import { list, NOTE, table } from './markdown.ts';
import { schemaFiles } from './schemas.ts';

/** Every page, by path. */
export async function pages(): Promise<Generated[]> {
  return [
    { path: 'docs/errors.md', text: errorsPage() },
    { path: 'docs/options.md', text: optionsPage() },
    { path: 'docs/checks.md', text: checksPage(checks) },
    ...checks.map((check) => ({
      path: `docs/checks/${check.name.toLowerCase()}.md`,
      text: checkPage(check),
    })),
    { path: 'docs/probes.md', text: probesPage(probes) },
    ...probes.map((probe) => ({ path: `docs/probes/${probe.id}.md`, text: probePage(probe) })),
    ...schemaFiles(),
    { path: 'docs/compatibility.md', text: compatibilityPage(await improvementCases()) },
  ];
}

function errorsPage(): string {
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map((code) => {
    const { exit, retryable, help } = ERRORS[code];
    return [`\`${code}\``, String(exit), retryable ? 'yes' : 'no', help];
  });
  return `${NOTE}# Errors and exit codes

| Exit | When |
| --- | --- |
| 0 | A result was made, also when single checks could not be judged |
| 1 | A defect in Assay; no result |
| 2 | Wrong usage or configuration |
| 3 | The target was not found or cannot be read |
| 4 | A threshold (\`--fail-below\`) or policy (\`--policy\`) is not met; the result was written all the same |

Nothing ends with 0 and no result. Interrupted by a signal, the program ends by that signal (a shell shows 130 for
Ctrl-C). Errors are one line on standard error, \`assay: what (way out)\`; with exit code 3 the code of the table below stands in
brackets at its end, e.g. \`[target-empty]\`. The library throws \`ScanError\` with these codes:

${table(['Code', 'Exit', 'Worth retrying', 'What it means'], rows)}
`;
}

function optionsPage(): string {
  const groups = [...Map.groupBy(optionNames, (name) => optionSpecs[name].group)];
  const sections = groups.map(([group, names]) => {
    const rows = names.map((name) => {
      const { alias, value, help, choices, default: usual, env, type } = optionSpecs[name];
      const more = [
        choices && `One of ${choices.map((one) => `\`${one}\``).join(', ')}.`,
        usual !== undefined && `\`${usual}\` when absent.`,
        type === 'list' && 'Comma-separated, may be repeated.',
        env && `Environment: ${env.map((one) => `\`${one}\``).join(', ')}.`,
      ].filter((text) => typeof text === 'string');
      const spelling = `\`${alias ? `-${alias}, ` : ''}--${name}${value ? `=${value}` : ''}\``;
      return [spelling, [help, ...more].join(' ')];
    });
    return `## ${group}\n\n${table(['Option', 'Meaning'], rows)}\n`;
  });
  return `${NOTE}# Options

\`--name=value\` and \`--name value\` are the same. Check names and probe ids may be written in any letter case.

${sections.join('\n')}`;
}

function checksPage(units: readonly Check[]): string {
  const index = units.map((check) => [
    `[${check.name}](checks/${check.name.toLowerCase()}.md)`,
    check.risk,
    String(WEIGHT[check.risk]),
    check.onFolder ? 'yes' : 'no',
    check.summary,
  ]);
  return `${NOTE}# Checks

The total is the mean of the scored checks, weighted by risk. Checks that cannot be judged do not count.

${table(['Check', 'Risk', 'Weight', 'On a folder', 'Question'], index)}
`;
}

function checkPage(check: Check): string {
  const linked = (probe: Probe) => `[${probe.id}](../probes/${probe.id}.md)`;
  const listed = (some: readonly Probe[]) => list(some.map((probe) => `${linked(probe)}: ${probe.summary}`));
  const further = Object.entries(check.further ?? {}).map(
    ([name, some]) => `\nIn the adjusted score also (\`${name}\`):\n\n${listed(some)}\n`,
  );
  const all = allProbesOf(check);
  const examples = all
    .filter(({ example }) => example !== undefined && !('nothing' in example))
    .map(
      ({ id, remediation }) =>
        `${remediation.act ?? id}: [before and after](../probes/${id}.md#${EXAMPLE_ANCHOR})`,
    );
  const better = all.flatMap(({ id, improvements }) =>
    Object.keys(improvements ?? {}).map((name) => `[\`${name}\`](../probes/${id}.md#${name})`),
  );
  return `${NOTE}# ${check.name}

${check.summary}

${check.motivation}

**Risk** ${check.risk} · **Tags** ${check.tags.join(', ')} · **Offered on** ${check.forges.join(', ')}

## What ${check.name} looks at

${listed(check.probes)}
${further.join('')}
## How the ${check.name} score is counted

${check.scoring}

## How to raise the ${check.name} score

${list(check.remediation)}

Examples:

${list(examples)}
${improvementSection(check.improvements)}${
  better.length === 0 ? '' : `\n## Improvements of its probes\n\n${[...new Set(better)].join(', ')}\n`
}`;
}

function probesPage(units: readonly Probe[]): string {
  const index = units.map((probe) => [
    `[${probe.id}](probes/${probe.id}.md)`,
    probe.lifecycle,
    probe.summary,
  ]);
  return `${NOTE}# Probes

${table(['Probe', 'Lifecycle', 'Question'], index)}
`;
}

function probePage(probe: Probe): string {
  const outcomes = Object.entries(probe.outcomes).map(([outcome, when]) => [outcome, when!]);
  const { on, effort, steps, act } = probe.remediation;
  const part = checks.filter((check) => allProbesOf(check).includes(probe));
  const facts = [
    ...part.map(({ name }) => `**Part of** [${name}](../checks/${name.toLowerCase()}.md)`),
    `**Offered on** ${probe.forges.join(', ')}`,
    `**Lifecycle** ${probe.lifecycle}`,
  ];
  return `${NOTE}# ${probe.id}

${probe.summary}

${probe.motivation}

${facts.join(' · ')}

## What ${probe.id} looks at

${probe.implementation}

## Outcomes

${table(['Outcome', 'When'], outcomes)}

## How to mend it${act === undefined ? '' : `: ${act.slice(0, 1).toLowerCase()}${act.slice(1)}`}

When ${on}; effort ${effort.toLowerCase()}.

${list(steps.map(generalStep))}
${exampleSection(probe.example)}${improvementSection(probe.improvements)}`;
}

const EXAMPLE_ANCHOR = 'example-before-and-after';

function exampleSection(example: Example | undefined): string {
  if (example === undefined) return '';
  if ('nothing' in example) return `\n## Example\n\nThere is none. ${example.nothing}\n`;
  const sides = exampleSides(example).map(({ title, note, text, language }) => {
    const about = note === undefined ? '' : ` (${note.replace(/\.$/, '')})`;
    if (text === undefined) return `**${title}**${about}\n`;
    return `**${title}**${about}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
  });
  return `\n## Example, before and after\n\n${sides.join('\n')}`;
}

function improvementSection(improvements: Readonly<Record<string, Improvement>> | undefined): string {
  const entries = Object.entries(improvements ?? {});
  if (entries.length === 0) return '';
  const sections = entries.map(([name, { what, why }]) => `\n### \`${name}\`\n\n${what} ${why}\n`);
  return `\n## Improvements in the adjusted score\n${sections.join('')}`;
}
