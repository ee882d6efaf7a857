/** Which licence the API names for a repository: what the scenario says, else a light guess by words. */
import type { LicenseSpec } from './spec.ts';
import type { License, RepoFile } from './types.ts';

/** Key, SPDX id and name, as GitHub's licence list gives them. */
const NAMES: Readonly<Record<string, readonly [spdx: string, name: string]>> = {
  'agpl-3.0': ['AGPL-3.0', 'GNU Affero General Public License v3.0'],
  'apache-2.0': ['Apache-2.0', 'Apache License 2.0'],
  'bsd-2-clause': ['BSD-2-Clause', 'BSD 2-Clause "Simplified" License'],
  'bsd-3-clause': ['BSD-3-Clause', 'BSD 3-Clause "New" or "Revised" License'],
  'bsl-1.0': ['BSL-1.0', 'Boost Software License 1.0'],
  'cc-by-4.0': ['CC-BY-4.0', 'Creative Commons Attribution 4.0 International'],
  'cc0-1.0': ['CC0-1.0', 'Creative Commons Zero v1.0 Universal'],
  'epl-2.0': ['EPL-2.0', 'Eclipse Public License 2.0'],
  'gpl-2.0': ['GPL-2.0', 'GNU General Public License v2.0'],
  'gpl-3.0': ['GPL-3.0', 'GNU General Public License v3.0'],
  isc: ['ISC', 'ISC License'],
  'lgpl-3.0': ['LGPL-3.0', 'GNU Lesser General Public License v3.0'],
  mit: ['MIT', 'MIT License'],
  'mpl-2.0': ['MPL-2.0', 'Mozilla Public License 2.0'],
  other: ['NOASSERTION', 'Other'],
  unlicense: ['Unlicense', 'The Unlicense'],
  zlib: ['Zlib', 'zlib License'],
};

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/Permission is hereby granted, free of charge/i, 'mit'],
  [/Apache License\s+Version 2\.0/i, 'apache-2.0'],
  [/Mozilla Public License Version 2\.0/i, 'mpl-2.0'],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 3/i, 'gpl-3.0'],
  [/This is free and unencumbered software/i, 'unlicense'],
];

const FILE_NAME = /^(licen[sc]e|copying|unlicense)(\.(md|txt|rst))?$/i;

/** The licence the API would name, or null. */
export function licenseOf(
  spec: LicenseSpec | null | false | undefined,
  files: readonly RepoFile[],
): License | null {
  if (spec === null || spec === false) return null;
  const file = files.find((f) => (spec?.path ? f.path === spec.path : FILE_NAME.test(f.path)));
  const key = spec?.key ?? spec?.spdx_id?.toLowerCase() ?? (file && guess(file));
  return key === undefined ? null : describe(key === 'noassertion' ? 'other' : key, spec, file);
}

const guess = (file: RepoFile): string =>
  WORDS.find(([words]) => words.test(file.content.toString('utf8')))?.[1] ?? 'other';

function describe(key: string, spec: LicenseSpec | undefined, file: RepoFile | undefined): License {
  const [spdx_id, name] = NAMES[key] ?? [spec?.spdx_id ?? key, spec?.name ?? key];
  const url = key === 'other' ? null : `https://api.github.com/licenses/${key}`;
  return { key, name, spdx_id, url, path: spec?.path ?? file?.path ?? 'LICENSE', file };
}
