/** Reads CODEOWNERS line by line; a bad line is set aside and the rest still counts, as the forge does it. */

export interface OwnerRule {
  /** Counts from 1. */
  readonly line: number;
  readonly pattern: string;
  /** Logins without `@`, teams as `organisation/team`, or mail addresses. None: the pattern has no owner. */
  readonly owners: readonly string[];
}

export interface OwnerFile {
  readonly rules: readonly OwnerRule[];
  readonly bad: readonly { readonly line: number; readonly why: string }[];
}

const MAX_LINES = 20_000;
const OWNER = /^@[\w.-]+(?:\/[\w.-]+)?$/;
const MAIL = /^[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]{1,63}$/;

/** Every rule of the file in order, and the lines that are none. */
export function parseCodeowners(text: string): OwnerFile {
  const rules: OwnerRule[] = [];
  const bad: { line: number; why: string }[] = [];
  text.split('\n', MAX_LINES).forEach((raw, index) => {
    const line = index + 1;
    const words = wordsOf(raw);
    const pattern = words[0];
    if (pattern === undefined || isSection(pattern)) return;
    const wrong = words.slice(1).find((word) => !OWNER.test(word) && !MAIL.test(word));
    if (wrong !== undefined)
      bad.push({ line, why: `${wrong} is neither an account, a team nor a mail address` });
    else if (pattern.startsWith('!')) bad.push({ line, why: 'a pattern cannot be negated' });
    else rules.push({ line, pattern, owners: words.slice(1).map((word) => word.replace(/^@/, '')) });
  });
  return { rules, bad };
}

/** Words before a comment; a backslash keeps the blank that follows it. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!;
    const blank = character === ' ' || character === '\t' || character === '\r';
    if (character === '\\' && index + 1 < line.length) word += character + line[++index]!;
    else if (character === '#' && word === '') break;
    else if (!blank) word += character;
    else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  if (word !== '') words.push(word);
  return words;
}

/** GitLab's section headings, e.g. `[Docs]` or `^[Docs][2]`. */
const isSection = (word: string): boolean => word.startsWith('[') || word.startsWith('^[');
