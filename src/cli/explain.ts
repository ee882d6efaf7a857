/** `assay explain`: the page of a check or probe, for a terminal. */
import {
  allProbesOf,
  type Check,
  type Example,
  generalStep,
  type Improvement,
  type Probe,
} from '../core/index.ts';
import { exampleSides } from './example-text.ts';
import { wrap } from './help.ts';

type Improvements = Readonly<Record<string, Improvement>> | undefined;

/** The page of a check, in lines of at most `width` columns. */
export function explainCheck(check: Check, width: number): string {
  const probes = allProbesOf(check).map((probe) => `${probe.id}: ${probe.summary}`);
  const improvements = [check.improvements, ...allProbesOf(check).map((probe) => probe.improvements)];
  return page(width, [
    [`${check.name} (${check.risk} risk)`, check.summary, check.motivation],
    ['Score', check.scoring],
    ['What to do', ...check.remediation.map(bullet)],
    ['Probes', ...probes.map(bullet)],
    adjusted(Object.assign({}, ...improvements) as Improvements),
    ['More', 'assay explain PROBE, with one of the probes above'],
  ]);
}

/** The page of a probe. */
export function explainProbe(probe: Probe, width: number): string {
  const { on, effort, steps } = probe.remediation;
  return page(width, [
    [probe.id, probe.summary, probe.motivation],
    ['How it looks', probe.implementation],
    ['Outcomes', ...Object.entries(probe.outcomes).map(([outcome, when]) => bullet(`${outcome}: ${when}`))],
    [`To mend it, when ${on} (effort ${effort.toLowerCase()})`, ...steps.map(generalStep).map(bullet)],
    adjusted(probe.improvements),
    ...(probe.example ? exampleParts(probe.example) : []),
  ]);
}

const bullet = (text: string): string => `- ${text}`;

function adjusted(improvements: Improvements): readonly string[] {
  const rows = Object.entries(improvements ?? {}).map(([name, { what, why }]) =>
    bullet(`${name}: ${what} ${why}`),
  );
  return rows.length === 0 ? [] : ['In the adjusted score', ...rows];
}

/** Lines that begin with a bar are shown as they are. */
const VERBATIM = '| ';

function exampleParts(example: Example): readonly (readonly string[])[] {
  if ('nothing' in example) return [['Example', example.nothing]];
  return exampleSides(example).map(({ title, note, text }) => [
    title,
    ...(note === undefined ? [] : [note]),
    ...(text === undefined
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => VERBATIM + line)),
  ]);
}

/** Titled parts; the first line of each is its title. */
function page(width: number, parts: readonly (readonly string[])[]): string {
  const sections = parts
    .filter(([title]) => title !== undefined)
    .map(([title, ...paragraphs], index) => {
      const indent = index === 0 ? '' : '  ';
      const body = paragraphs.flatMap((text) => paragraph(text, width, indent));
      return [title, ...(index === 0 ? [''] : []), ...body].join('\n');
    });
  return `${sections.join('\n\n')}\n`;
}

function paragraph(text: string, width: number, indent: string): string[] {
  if (text.startsWith(VERBATIM)) return [`${indent}  ${text.slice(VERBATIM.length)}`.trimEnd()];
  const hang = text.startsWith('- ') ? `${indent}  ` : indent;
  return wrap(text, width - hang.length).map((line, index) => (index === 0 ? indent : hang) + line);
}
