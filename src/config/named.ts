/** What a command line names: one target, or many. */
import type { OptionName, OptionValues } from './options.ts';
import { usage } from './parse.ts';
import { isFileAddress, pathOf, type Target, targetOf } from './target.ts';

export type Named =
  | { readonly kind: 'target'; readonly target: Target /** As it was written. */; readonly text: string }
  /** All repositories of an organisation or user. */
  | { readonly kind: 'account'; readonly text: string }
  /** A list on standard input. */
  | { readonly kind: 'list' };

export interface NamedTargets {
  readonly named: readonly Named[];
  /** Results come one line or file each, and one failure does not stop the rest. */
  readonly several: boolean;
}

/** Options that name targets. */
export const targetOptions = [
  'local',
  'repo',
  'repos',
  'org',
  'npm',
  'pypi',
  'rubygems',
  'nuget',
] as const satisfies readonly OptionName[];

/** Options that name packages, and their type in package URLs. */
const PACKAGE_OPTIONS = { npm: 'npm', pypi: 'pypi', rubygems: 'gem', nuget: 'nuget' } as const;

/**
 * Gathers what is named, words first.
 * @throws ScanError usage when nothing is; target-not-found for a word that can name nothing, when it is the only one
 */
export function namedTargets(values: OptionValues, words: readonly string[]): NamedTargets {
  const { local, repo } = values;
  const lists = values.repos.length > 0 || values.org.length > 0;
  const single = (target: Target, text: string): Named => ({ kind: 'target', target, text });
  const named: Named[] = [
    ...words.map((word) => single(targetOf(word), word)),
    ...(local === undefined
      ? []
      : [single({ kind: 'folder', path: isFileAddress(local) ? pathOf(local) : local }, local)]),
    ...(repo === undefined ? [] : [single(writtenRepository(repo), repo)]),
    ...values.repos.map(
      (text): Named => (text === '-' ? { kind: 'list' } : single(writtenRepository(text), text)),
    ),
    ...Object.entries(PACKAGE_OPTIONS).flatMap(([option, type]) =>
      values[option as keyof typeof PACKAGE_OPTIONS].map((name) =>
        single({ kind: 'package', name: `${type}:${name}` }, `${option}:${name}`),
      ),
    ),
    ...values.org.map((text): Named => ({ kind: 'account', text })),
  ];
  if (named.length === 0) usage('nothing to look at (name a folder or a repository: assay .)');
  if (named.filter((one) => one.kind === 'list').length > 1)
    usage('standard input holds one list (--repos=- once)');
  return { named, several: lists || named.length > 1 };
}

/** As `namedRepository`; an address with `file:`, written on the command line, is a path on this machine. */
function writtenRepository(text: string): Target {
  return isFileAddress(text) ? { kind: 'folder', path: pathOf(text) } : namedRepository(text);
}

/** A name in a list is never taken for a folder that happens to be there, nor for one that an address names. */
export function namedRepository(text: string): Target {
  return { kind: /^pkg:/i.test(text) ? 'package' : 'repository', name: text };
}
