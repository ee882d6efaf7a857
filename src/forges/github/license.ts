/** Which file the licence that GitHub names stands in. Pure. */
import type { Maybe, RawTree } from './raw.ts';

/** Names that GitHub's licence detection may take for a licence file. Wide on purpose: one hit too many is asked for. */
const CANDIDATE = /licen[cs]e|^copy(?:ing|right)|^(?:un|ofl|patents|notice|mit|apache|bsd|[al]?gpl|mpl)\b/i;

/** Names that are the licence when nothing else is. */
const PLAIN = /^(?:licen[cs]e|copying|unlicense)(?:\.(?:md|txt|rst))?$/i;

/**
 * The file name where it is beyond doubt: exactly one file of the root can be meant, and has a usual name. Undefined = ask GitHub, which
 * tells it only through REST.
 */
export function licenseFile(tree: Maybe<RawTree>): string | undefined {
  const names = (tree?.entries ?? []).flatMap((entry) =>
    entry.type === 'blob' && entry.name !== undefined && CANDIDATE.test(entry.name) ? [entry.name] : [],
  );
  return names.length === 1 && PLAIN.test(names[0]!) ? names[0] : undefined;
}
