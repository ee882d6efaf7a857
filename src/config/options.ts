/**
 * Every option of the command line, once: parsing, validation, help, completion and `docs/options.md` read this table.
 * Spelling follows the reference (formats-and-cli 1) where it has the option.
 */

import { SARIF_PROFILES } from '../core/index.ts';

export type OptionGroup = 'Target' | 'What to judge' | 'Output' | 'Gates' | 'Network' | 'General';

export interface OptionSpec {
  /**
   * `flag`: true or false. `text`, `number`: the last one given counts. `list`: comma-separated and repeated.
   * `repeat`: repeated, commas kept.
   */
  readonly type: 'flag' | 'text' | 'number' | 'list' | 'repeat';
  /** One letter. */
  readonly alias?: string;
  /** Placeholder of the value in the help. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string | number;
  readonly help: string;
  readonly group: OptionGroup;
  /** Environment variables that have a say. */
  readonly env?: readonly string[];
}

export const OPTIONS = {
  local: { type: 'text', value: 'DIR', group: 'Target', help: 'A folder on this machine.' },
  repo: {
    type: 'text',
    value: 'REPO',
    group: 'Target',
    help: 'A repository: owner/name, host/owner/name or URL.',
  },
  repos: {
    type: 'list',
    value: 'A,B',
    group: 'Target',
    help: 'Several repositories; `-` reads a list from standard input, one a line.',
  },
  org: {
    type: 'list',
    value: 'NAME',
    group: 'Target',
    help: 'All repositories of an organisation or user that are not archived.',
  },
  npm: {
    type: 'list',
    value: 'NAME[@VERSION]',
    group: 'Target',
    help: 'The repository an npm package is made from.',
  },
  pypi: {
    type: 'list',
    value: 'NAME[@VERSION]',
    group: 'Target',
    help: 'The repository a PyPI package is made from.',
  },
  rubygems: {
    type: 'list',
    value: 'NAME[@VERSION]',
    group: 'Target',
    help: 'The repository a RubyGems package is made from.',
  },
  nuget: {
    type: 'list',
    value: 'NAME[@VERSION]',
    group: 'Target',
    help: 'The repository a NuGet package is made from.',
  },
  commit: {
    type: 'text',
    value: 'ID',
    group: 'Target',
    help: 'Judge this commit, branch or tag instead of the newest commit.',
  },
  'commit-depth': {
    type: 'number',
    value: 'N',
    group: 'Target',
    help: 'Commits to look back; 30 when absent or below 1.',
  },
  'file-mode': {
    type: 'text',
    value: 'MODE',
    choices: ['archive', 'git'],
    group: 'Target',
    default: 'archive',
    help: 'How files of a repository by name are fetched.',
  },
  jobs: {
    type: 'number',
    value: 'N',
    default: 4,
    group: 'Target',
    help: 'Repositories looked at at the same time.',
  },
  checks: {
    type: 'list',
    value: 'A,B',
    group: 'What to judge',
    help: 'Only these checks, in any letter case. All that fit the target when absent.',
  },
  probes: {
    type: 'list',
    value: 'A,B',
    group: 'What to judge',
    help: 'These probes instead of checks.',
  },
  plugin: {
    type: 'repeat',
    value: 'FILE|PACKAGE',
    group: 'What to judge',
    help: 'Your own checks and probes (docs/writing-checks.md).',
  },
  'plugin-timeout': {
    type: 'number',
    value: 'SECONDS',
    default: 10,
    group: 'What to judge',
    help: 'Most that one call into a plugin may take.',
  },
  format: {
    type: 'repeat',
    value: 'FORMAT[:FILE]',
    group: 'Output',
    help: 'Output format, `default` when absent. Repeat it with files to write several at once; {name} in FILE makes one file a repository.',
  },
  output: {
    type: 'text',
    alias: 'o',
    value: 'FILE',
    group: 'Output',
    help: 'Write to this file instead of standard output.',
  },
  'sarif-profile': {
    type: 'text',
    value: 'PROFILE',
    choices: SARIF_PROFILES,
    default: 'all',
    group: 'Output',
    help: 'What becomes of SARIF results without a place in a file (docs/formats.md).',
  },
  'show-details': { type: 'flag', group: 'Output', help: 'Each finding with file, line and how to mend it.' },
  'show-annotations': {
    type: 'flag',
    group: 'Output',
    help: "The maintainers' own remarks on checks.",
  },
  metadata: { type: 'list', value: 'A,B', group: 'Output', help: 'Texts to copy into the result.' },
  verbosity: {
    type: 'text',
    value: 'LEVEL',
    choices: ['panic', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    default: 'info',
    group: 'Output',
    help: 'How much is told; `debug` also shows details of level Debug.',
  },
  color: {
    type: 'text',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    group: 'Output',
    help: 'Colour in the default format.',
    env: ['NO_COLOR', 'FORCE_COLOR'],
  },
  stats: { type: 'flag', group: 'Output', help: 'Files, bytes and milliseconds spent, on standard error.' },
  json: { type: 'flag', group: 'Output', help: 'Print JSON instead of text.' },
  evidence: {
    type: 'text',
    value: 'FILE',
    group: 'Output',
    help: 'Store what was seen, for `assay evaluate FILE`.',
  },
  'fail-below': {
    type: 'list',
    value: '[CHECK=]N',
    group: 'Gates',
    help: 'End with 4 when the total, or this check, scores below N or could not be judged.',
  },
  policy: {
    type: 'text',
    value: 'FILE',
    group: 'Gates',
    help: "End with 4 when a check scores below a policy file's demand; one that could not be judged is told, but no failure.",
  },
  offline: {
    type: 'flag',
    group: 'Network',
    help: 'No network at all.',
    env: ['ASSAY_OFFLINE'],
  },
  'osv-db': {
    type: 'text',
    value: 'DIR',
    group: 'Network',
    help: 'A folder of OSV data, asked instead of the service (assay osv-db update makes one).',
  },
  'resolve-images': {
    type: 'flag',
    group: 'Network',
    help: 'Ask image registries for the digests of images without one, to name them in the remedy.',
  },
  'max-wait': {
    type: 'number',
    value: 'SECONDS',
    default: 300,
    group: 'Network',
    help: 'Most that may be waited for a request budget.',
  },
  'no-cache': { type: 'flag', group: 'Network', help: 'Keep no answers on disk.' },
  'cache-private': {
    type: 'flag',
    group: 'Network',
    help: 'Keep answers about private repositories on disk, too.',
  },
  help: { type: 'flag', alias: 'h', group: 'General', help: 'This text.' },
  version: { type: 'flag', alias: 'V', group: 'General', help: 'The version of this program.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<S extends OptionSpec> = S['type'] extends 'flag'
  ? boolean
  : S['type'] extends 'list' | 'repeat'
    ? readonly string[]
    : S['type'] extends 'number'
      ? number | undefined
      : S extends { readonly choices: readonly (infer C extends string)[]; readonly default: string }
        ? C
        : S extends { readonly default: string }
          ? string
          : string | undefined;

/** A value for every option; absent ones have their default, `false`, `[]` or undefined. */
export type OptionValues = { readonly [K in OptionName]: ValueOf<(typeof OPTIONS)[K]> };

/** The table with its literal types widened, for code that walks over it. */
export const optionSpecs: Readonly<Record<OptionName, OptionSpec>> = OPTIONS;
export const optionNames = Object.keys(OPTIONS) as readonly OptionName[];
