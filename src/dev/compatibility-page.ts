/** docs/compatibility.md: the improvements with their cases, and where even the reference view departs. */
import { checks } from '../../checks/index.ts';
import { DEPARTURES } from './departures.ts';
import type { ImprovementCases, NamedCase } from './improvement-cases.ts';
import { list, NOTE, table } from './markdown.ts';

/** Cases named per improvement; the file holds the others. */
const MOST_CASES = 4;

/** The page. */
export function compatibilityPage(all: readonly ImprovementCases[]): string {
  const groups = Map.groupBy(all, ({ improvement, said }) => JSON.stringify([improvement, said]));
  const rows = [...groups.values()].map((same) => {
    const { improvement, said } = same[0]!;
    const units = same.map(({ unit }) => unitLink(unit)).join(', ');
    return [`\`${improvement}\``, units, said.what, said.why, casesText(same.flatMap(({ cases }) => cases))];
  });
  const departures = Object.entries(DEPARTURES).map(([kind, some]) => {
    const body = some.map(({ here, there, tests }) => [
      here,
      there,
      casesText(tests.map(([file, name]) => ({ file, name }))),
    ]);
    return `### ${kind}\n\n${table(['Assay', 'Scorecard', 'Tests'], body)}\n`;
  });
  return `${NOTE}# Where the two scores differ

Every scan is judged twice from the same evidence. The *score* is what OpenSSF Scorecard says; formats, badges and
policies that know Scorecard show it. The *adjusted* score adopts the improvements below; each is a named rule that can
be left out alone.

${list([
  '[Improvements of the adjusted score](#improvements-of-the-adjusted-score), each with the cases that hold it',
  '[Where even the score departs from Scorecard](#where-even-the-score-departs-from-scorecard), each with its test',
])}

## Improvements of the adjusted score

A case is data: evidence or findings in, findings or a score out. With the improvement the cases named here come out as
they say, without it otherwise; all other cases of the table are held too.

${table(['Improvement', 'Check or probe', 'What changes', 'Why', 'Cases'], rows)}

## Where even the score departs from Scorecard

Scores, outcomes, places and values are Scorecard's; sentences are our own everywhere. In these places Scorecard crashes,
answers at random or breaks a specification, and the score departs from it on purpose. Where Scorecard takes an error for
an answer, the score does too: a workflow that is no YAML leaves the checks that read it without a score, and so do
webhooks and branch rules that the token may not read.

${departures.join('\n')}`;
}

function unitLink(unit: string): string {
  if (unit === 'every check') return unit;
  const isCheck = checks.some(({ name }) => name === unit);
  return isCheck ? `[${unit}](checks/${unit.toLowerCase()}.md)` : `[${unit}](probes/${unit}.md)`;
}

function casesText(cases: readonly NamedCase[]): string {
  const files = [...Map.groupBy(cases, ({ file }) => file)];
  return files
    .map(([file, own]) => {
      const names = [...new Set(own.map(({ name }) => name))];
      const more = names.length > MOST_CASES ? ` and ${names.length - MOST_CASES} more` : '';
      const shown = names.slice(0, MOST_CASES).map((name) => `“${name}”`);
      return `[${file}](../${file}): ${shown.join(', ')}${more}`;
    })
    .join('; ');
}
