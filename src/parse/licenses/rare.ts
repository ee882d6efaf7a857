/** The whole SPDX list; loaded only when a text is none of the common licences for sure. */
import { ROWS as COMMON } from './common-index.ts';
import { type IndexedLicense, matchLicenses, readIndex } from './match.ts';
import { ROWS } from './rare-index.ts';
import { applying, type PackedPairs, unpackPairs } from './text.ts';

let index: readonly IndexedLicense[] | undefined;

/** The licences of the SPDX list that apply by a text; empty when it is none of them. */
export function matchAllLicenses(packed: PackedPairs): readonly string[] {
  index ??= readIndex(COMMON.trimEnd() + ROWS);
  const { kept, all } = unpackPairs(packed);
  return applying(matchLicenses({ kept, all: all.size > 0 ? all : kept }, index), packed.choice);
}
