// Character classes of the YAML 1.1 reading rules. Positions past the end give NaN, which counts as the end.

/** Line break: LF, CR, NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Space or tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Space, tab, line break or end of text. */
export function isBlankOrEnd(code: number): boolean {
  if (code > 32 && code < 0x85) return false;
  return code === 32 || code === 9 || isBreak(code) || Number.isNaN(code);
}

/** Line break or end of text. */
export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || Number.isNaN(code);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letter, digit, `_` or `-`. */
export function isWordChar(code: number): boolean {
  return (
    isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 45
  );
}

/** One of `[ ] { } ,`. */
export function isFlowIndicator(code: number): boolean {
  return code === 91 || code === 93 || code === 123 || code === 125 || code === 44;
}

/** Value of a hexadecimal digit, -1 for anything else. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

const WIDE = /[^\0-\xff]/;

/** True for a text with characters that one byte does not hold. */
export function isWide(text: string): boolean {
  return WIDE.test(text);
}

/**
 * The same text, kept in one byte a character where that can be: a part of a wide text stays wide in V8, and every
 * pattern that meets texts of both kinds is compiled twice.
 */
export function narrow(text: string): string {
  return WIDE.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1');
}
