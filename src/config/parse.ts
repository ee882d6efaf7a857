/** From the words of a command line to checked values. */
import { parseArgs } from 'node:util';
import { ScanError } from '../core/index.ts';
import { hint } from './nearest.ts';
import { type OptionName, type OptionSpec, type OptionValues, optionNames, optionSpecs } from './options.ts';

export interface Parsed {
  readonly values: OptionValues;
  /** Options that were given at all. */
  readonly given: ReadonlySet<OptionName>;
  readonly positionals: readonly string[];
}

/**
 * Parses the words after the command.
 * @param allowed the options this command knows; all when absent.
 * @throws ScanError usage
 */
export function parseCommandLine(words: readonly string[], allowed = optionNames): Parsed {
  const { tokens } = parseArgs({ args: [...words], options: parserOptions, strict: false, tokens: true });
  const raw: Record<string, unknown> = {};
  const given = new Set<OptionName>();
  const positionals: string[] = [];
  for (const name of optionNames) raw[name] = emptyValue(optionSpecs[name]);
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = knownOption(token.name, token.rawName, allowed);
    const spec = optionSpecs[name];
    given.add(name);
    raw[name] = addValue(name, spec, raw[name], token.value, token.inlineValue === true);
  }
  return { values: raw as OptionValues, given, positionals };
}

export function usage(message: string): never {
  throw new ScanError('usage', message);
}

const parserOptions = Object.fromEntries(
  optionNames.map((name) => {
    const { type, alias } = optionSpecs[name];
    return [name, { type: type === 'flag' ? 'boolean' : 'string', ...(alias && { short: alias }) }] as const;
  }),
) as Readonly<Record<string, { type: 'boolean' | 'string'; short?: string }>>;

function emptyValue(spec: OptionSpec): unknown {
  if (spec.type === 'flag') return false;
  if (spec.type === 'list' || spec.type === 'repeat') return [];
  return spec.default;
}

function knownOption(name: string, written: string, allowed: readonly OptionName[]): OptionName {
  if ((allowed as readonly string[]).includes(name)) return name as OptionName;
  if (Object.hasOwn(optionSpecs, name)) usage(`${written} has no meaning for this command (see --help)`);
  return usage(`unknown option ${written}${hint(name, allowed, '--') || ' (see --help)'}`);
}

function addValue(
  name: OptionName,
  spec: OptionSpec,
  before: unknown,
  value: string | undefined,
  inline: boolean,
): unknown {
  if (spec.type === 'flag') return flagValue(name, value);
  if (value === undefined || (!inline && value.startsWith('--')))
    usage(`--${name} needs a value (--${name}=${spec.value})`);
  if (value.trim() === '') usage(`--${name} must not be empty (--${name}=${spec.value})`);
  switch (spec.type) {
    case 'list':
      return [...(before as string[]), ...parts(value)];
    case 'repeat':
      return [...(before as string[]), value];
    case 'number':
      if (!/^-?\d{1,9}$/.test(value)) usage(`--${name} needs a whole number, not ${value}`);
      return Number(value);
    default:
      return spec.choices === undefined ? value : choice(name, spec.choices, value);
  }
}

function flagValue(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  return usage(`--${name} is a switch: leave the value out, or say true or false, not ${value}`);
}

function choice(name: string, choices: readonly string[], value: string): string {
  const match = choices.find((one) => one === value.toLowerCase());
  return match ?? usage(`--${name} cannot be ${value}${hint(value, choices)} (one of ${choices.join(', ')})`);
}

const parts = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
