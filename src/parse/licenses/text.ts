/** What a licence file says, by its text. */
import { ROWS } from './common-index.ts';
import {
  type FoundLicense,
  type IndexedLicense,
  matchLicenses,
  readIndex,
  type TextPairs,
  textPairs,
} from './match.ts';
import { THINNING } from './pairs.ts';

/** Ids found in a text, and what is needed to look further. */
export interface LicenseText {
  /** SPDX ids in the order of the text. */
  readonly ids: readonly string[];
  /** Too little text to be a licence. */
  readonly tooShort: boolean;
  /** Set when no id was found for sure: packed pairs for the large index. */
  readonly unsure?: PackedPairs;
}

/** Pairs as base64 of 3 bytes each; `all` only for texts short enough to be compared with short licences. */
export interface PackedPairs {
  readonly kept: string;
  readonly all?: string;
  /** The beginning says that several licences apply. */
  readonly choice: boolean;
}

/** Share of a common licence from which no other licence is looked for. */
const SURE = 0.95;

/** Texts with more pairs are compared with long licences only. */
const SHORT = 3000;

let common: readonly IndexedLicense[] | undefined;

/** Looks for SPDX tags first, then for the terms of common licences. */
export function readLicenseText(text: string): LicenseText {
  const tagged = taggedLicenses(text);
  if (tagged.length > 0) return { ids: tagged, tooShort: false };
  const pairs = textPairs(text);
  common ??= readIndex(ROWS);
  const usual = usualLicense(pairs, common);
  if (usual !== undefined) return { ids: [usual], tooShort: false };
  const found = matchLicenses(pairs, common);
  const choice = CHOICE.test(text.slice(0, 2000));
  const ids = applying(found, choice);
  if (ids.length > 0) {
    const sure = found.every(({ share }) => share >= SURE);
    return { ids, tooShort: false, ...(sure ? {} : { unsure: packPairs(pairs, choice) }) };
  }
  const named = nameAlone(text, pairs.all.size);
  if (named !== undefined) return { ids: [named], tooShort: false };
  if (pairs.all.size < 20) return { ids: [], tooShort: true };
  return { ids: [], tooShort: false, unsure: packPairs(pairs, choice) };
}

/** What most repositories have, with licences that differ from these by a sentence. */
const USUAL: ReadonlySet<string> = new Set([
  'JSON',
  'X11',
  'MIT',
  'ECL-2.0',
  'Apache-2.0',
  'BSD-3-Clause',
  'ISC',
]);

/** A usual licence that accounts for nearly the whole text: nothing else needs to be looked for. */
function usualLicense(pairs: TextPairs, index: readonly IndexedLicense[]): string | undefined {
  const usual = index.filter(({ id }) => USUAL.has(id));
  const [first, ...more] = matchLicenses(pairs, usual);
  if (first === undefined || more.length > 0 || first.share < 0.98) return undefined;
  const { thin, hashes } = usual.find(({ id }) => id === first.id)!;
  return pairs.all.size <= hashes.length * (thin ? THINNING : 1) * 1.25 + 20 ? first.id : undefined;
}

const CHOICE =
  /\b(?:dual|dually|either|at your option|your choice|choice of|one of the following|any of the following|both licen[sc]es|multiple licen[sc]es|under the terms of both|licen[sc]ed under (?:the )?\S+ (?:licen[sc]e )?(?:and|or) )/i;

/**
 * Several licences in one file apply together when the beginning says so; else the rest are notices of other works.
 * The LGPL 3 refers to the GPL 3, which often follows it.
 */
export function applying(found: readonly FoundLicense[], choice: boolean): readonly string[] {
  const ids = found.map(({ id }) => id);
  if (ids.includes('LGPL-3.0-only')) return ['LGPL-3.0-only'];
  return choice ? ids : ids.slice(0, 1);
}

const TAG = /SPDX-License-Identifier:[ \t]*([^\n\r]{1,200})/g;

/** Ids of all `SPDX-License-Identifier` tags in a text. */
export function taggedLicenses(text: string): string[] {
  if (!text.includes('SPDX-License-Identifier:')) return [];
  const ids = [...text.matchAll(TAG)].flatMap((found) => licensesOfExpression(found[1]!));
  return [...new Set(ids)];
}

/** Licence ids of an SPDX expression; exceptions after WITH are left out. */
export function licensesOfExpression(expression: string): string[] {
  const words = expression.slice(0, 500).match(/[A-Za-z0-9][A-Za-z0-9.+:-]*/g) ?? [];
  const ids: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (/^(?:and|or)$/i.test(word)) continue;
    if (/^with$/i.test(word)) index++;
    else if (/^[A-Za-z]*[\d.+-]|^[A-Z]/.test(word)) ids.push(word);
    else break; // prose after the expression
  }
  return ids;
}

/** Short notes that only name the licence. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/apache\.org\/licenses\/LICENSE-2\.0|Apache License,? (?:Version )?2\.0/i, 'Apache-2.0'],
  [/opensource\.org\/licenses?\/mit|\bMIT licen[sc]e\b/i, 'MIT'],
  [/mozilla\.org\/MPL\/2\.0|Mozilla Public License,? (?:v(?:ersion|\.)? ?)?2\.0/i, 'MPL-2.0'],
  [/GNU LESSER GENERAL PUBLIC LICENSE,?\s+(?:v(?:ersion)?\.? ?)?3/i, 'LGPL-3.0-only'],
  [/GNU LESSER GENERAL PUBLIC LICENSE,?\s+(?:v(?:ersion)?\.? ?)?2\.1/i, 'LGPL-2.1-only'],
  [/GNU AFFERO GENERAL PUBLIC LICENSE,?\s+(?:v(?:ersion)?\.? ?)?3/i, 'AGPL-3.0-only'],
  [/GNU GENERAL PUBLIC LICENSE,?\s+(?:v(?:ersion)?\.? ?)?3/i, 'GPL-3.0-only'],
  [/GNU GENERAL PUBLIC LICENSE,?\s+(?:v(?:ersion)?\.? ?)?2/i, 'GPL-2.0-only'],
  [/BSD[ -]3[ -]Clause|3-clause BSD/i, 'BSD-3-Clause'],
  [/BSD[ -]2[ -]Clause|2-clause BSD/i, 'BSD-2-Clause'],
  [/Boost Software License/i, 'BSL-1.0'],
  [/Eclipse Public License,? -? ?(?:v(?:ersion)?\.? ?)?2\.0/i, 'EPL-2.0'],
  [/\bISC licen[sc]e\b/i, 'ISC'],
  [/CC0 1\.0 Universal|publicdomain\/zero\/1\.0/i, 'CC0-1.0'],
  [/unlicense\.org|free and unencumbered software released into the public domain/i, 'Unlicense'],
];

function nameAlone(text: string, size: number): string | undefined {
  if (size > 120) return undefined;
  return NAMES.find(([pattern]) => pattern.test(text))?.[1];
}

function packPairs({ all, kept }: TextPairs, choice: boolean): PackedPairs {
  return { kept: pack(kept), ...(all.size <= SHORT ? { all: pack(all) } : {}), choice };
}

function pack(pairs: ReadonlyMap<number, number>): string {
  const bytes = Buffer.alloc(pairs.size * 3);
  let at = 0;
  for (const hash of pairs.keys()) at = bytes.writeUIntLE(hash, at, 3);
  return bytes.toString('base64');
}

/** The opposite of `packPairs`; places are the order of the pairs. */
export function unpackPairs({ kept, all }: Pick<PackedPairs, 'kept' | 'all'>): TextPairs {
  return { kept: unpack(kept), all: unpack(all ?? '') };
}

function unpack(packed: string): ReadonlyMap<number, number> {
  const bytes = Buffer.from(packed, 'base64');
  const pairs = new Map<number, number>();
  for (let at = 0; at + 3 <= bytes.length; at += 3) pairs.set(bytes.readUIntLE(at, 3), at / 3);
  return pairs;
}
