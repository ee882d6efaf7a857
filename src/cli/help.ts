/** Help texts, written from the option table and the lists. */
import { type OptionGroup, type OptionName, optionNames, optionSpecs } from '../config/index.ts';
import type { Check, Probe } from '../core/index.ts';
import type { Command } from './command.ts';

const WIDTH = 80;
const GROUPS: readonly OptionGroup[] = ['Target', 'What to judge', 'Output', 'Gates', 'Network', 'General'];

/** Options that only commands other than a scan take; the help of those has them. */
const OF_COMMANDS: ReadonlySet<OptionName> = new Set(['json']);

/** Shown when nothing was asked. */
export function shortHelp(): string {
  return [
    'assay: nothing to look at (name a folder or a repository)',
    '',
    '  assay .                    judge the folder you are in',
    '  assay owner/name           judge a repository on GitHub',
    '  assay . --show-details     with every finding and how to mend it',
    '  assay --help               everything else',
    '',
  ].join('\n');
}

/** `assay --help`. */
export function mainHelp(
  commands: readonly Command[],
  checks: readonly Check[],
  formats: readonly string[],
): string {
  const out = [
    'Assay judges how a source repository is kept, the way OpenSSF Scorecard does,',
    'and tells beside it what is true.',
    '',
    'Usage: assay TARGET... [options]',
    '',
    ...row('assay .', 'the folder you are in, as a table'),
    ...row('assay owner/name', 'a repository on GitHub'),
    ...row('assay . --show-details', 'each finding with file, line and how to mend it'),
    ...row('assay . --format=json', "the reference's JSON"),
    ...row('assay . --fail-below=7', 'for a build: end with 4 below 7'),
    ...row('assay a/b c/d --format=json', 'several, one line of JSON each'),
    ...row('assay --org=NAME', 'every repository of an organisation'),
    '',
    'Commands',
    ...commands.filter((one) => one.name !== 'scan').flatMap((one) => row(one.usage, one.summary)),
  ];
  for (const group of GROUPS) {
    const names = optionNames.filter((name) => optionSpecs[name].group === group && !OF_COMMANDS.has(name));
    if (names.length > 0) out.push('', group, ...names.flatMap(optionRow));
  }
  out.push('', 'Formats', ...wrapList(formats), '', 'Checks', ...wrapList(checks.map((one) => one.name)));
  out.push(
    '',
    'Exit: 0 a result was made · 1 a defect in Assay · 2 wrong usage · 3 target not',
    '      found or readable · 4 a threshold was not met; of several targets the',
    '      lowest of these that is not 0',
    '',
  );
  return out.join('\n');
}

/** `assay help COMMAND`. */
export function commandHelp(command: Command): string {
  const names = command.options;
  const options = names.length > 0 ? ['', 'Options', ...names.flatMap(optionRow)] : [];
  return [`Usage: assay ${command.usage}`, '', ...wrap(command.summary, WIDTH), ...options, ''].join('\n');
}

/** `assay help probes`, `assay help checks`. */
export function unitHelp(
  units: readonly (Pick<Check, 'name' | 'summary'> | Pick<Probe, 'id' | 'summary'>)[],
): string {
  return units
    .flatMap((unit) => row('id' in unit ? unit.id : unit.name, unit.summary, 4))
    .join('\n')
    .concat('\n');
}

/** `-o, --output=FILE`. */
export function spelling(name: OptionName): string {
  const { alias, value } = optionSpecs[name];
  return `${alias ? `-${alias}, ` : ''}--${name}${value ? `=${value}` : ''}`;
}

function optionRow(name: OptionName): string[] {
  const { help, choices, default: usual } = optionSpecs[name];
  const among = choices ? ` One of ${choices.join(', ')}` : '';
  const absent = usual === undefined ? '' : `${among ? '; ' : ' '}${usual} when absent`;
  const more = among || absent ? `${among}${absent}.` : '';
  return row(spelling(name), help + more);
}

const LEFT = 27;

/** Two columns, the right one wrapped. */
function row(left: string, right: string, indent = 2): string[] {
  const start = ' '.repeat(indent) + left;
  const lines = wrap(right, WIDTH - LEFT);
  const rest = lines.map((line) => ' '.repeat(LEFT) + line);
  if (start.length >= LEFT - 1) return [start, ...rest];
  return [start.padEnd(LEFT) + (lines[0] ?? ''), ...rest.slice(1)];
}

function wrapList(words: readonly string[]): string[] {
  return wrap(words.join(', '), WIDTH - 2).map((line) => `  ${line}`);
}

export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
