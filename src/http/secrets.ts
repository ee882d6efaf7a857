/** Keeps tokens out of messages and logs. */

/** Shapes of the forge's tokens, for those that were never registered. */
const SHAPES =
  /\b(?:gh[pousr]_[A-Za-z0-9]{16,255}|github_pat_[A-Za-z0-9_]{16,255}|glpat-[A-Za-z0-9_-]{16,255})/g;
const AUTHORIZATION = /\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const MARK = '[secret]';

/** Known secrets of this process. */
export class Secrets {
  readonly #known = new Set<string>();

  add(secret: string): void {
    if (secret.length >= 4) this.#known.add(secret);
  }

  /** The text without any known secret, and without what looks like one. */
  hide(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, MARK);
    return clean.replace(SHAPES, MARK).replace(AUTHORIZATION, `$1 ${MARK}`);
  }
}

/** An address for messages: no user, no query, no fragment. */
export function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'the given address' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
