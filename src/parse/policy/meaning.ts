/** What a security policy really tells a reporter: a private way, a process, a time. */

import { withoutEnd } from '../trim.ts';
import { policyHits } from './hits.ts';

export interface PolicyMeaning {
  /** Where a report can go in private: an address, a form, or the words that name one. */
  readonly contact?: string;
  /** It says what to do with a vulnerability. */
  readonly process: boolean;
  /** A figure such as `within 48 hours`. */
  readonly time?: string;
}

/** Texts beyond this many characters are not looked at. */
const MAX_TEXT = 100_000;

/** Sentences of templates that nobody filled in. */
const PLACEHOLDER = /Use this section to tell people|Tell them where to go, how often they can expect/i;

/** Forms and desks that take reports in private. */
const DESK =
  /security\/advisories|hackerone\.com|bugcrowd\.com|intigriti\.com|yeswehack\.com|huntr\.(?:dev|com)|\bmsrc\b|aka\.ms\/[\w.-]*(?:security|msrc)|bughunters|g\.co\/vulnz|tidelift\.com\/(?:docs\/)?security|vulnerability-?report|report-?(?:a-)?(?:security-)?vuln|report-?(?:a-)?(?:security-)?(?:issue|bug)s?\b|responsible-?disclosure|vdp\b|\/security(?:[-/](?:contact|report|center|bug-bounty)[\w-]*)?\/?$/i;

/** Addresses that look like a desk and are none: news, and repositories that hold a policy. */
const NO_DESK = /\/(?:news|blog|bulletins?)\/|github\.com\/[\w.-]+\/security\/?$/i;

const PHRASE =
  /private(?:ly)? (?:vulnerability|security)[- ]report|report (?:a|the|security) vulnerabilit[a-z]+["”`*]* button|["“`*]Report a vulnerability["”`*]|draft (?:a )?security advisor|private security advisor|security advisor(?:y|ies) (?:tab|feature|page)/i;

const SPELLED =
  /\b[\w.+-]{2,40} ?(?:\(at\)|\[at\]|<at>|\{at\}| AT | at ) ?[\w-]{1,40}(?: ?(?:\(dot\)|\[dot\]|<dot>|\{dot\}| DOT | dot ) ?[a-z]{2,20}){1,3}/i;

const HARM =
  /vulnerab|sensitive|security (?:issue|bug|flaw|problem|hole|concern|defect|report)|exploit|disclos/i;
const DEED = /\b(?:report|disclos|notif|contact|e-?mail|submit|send|reach out)/i;

const NUMBER = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|ten|fourteen|thirty|sixty|ninety)';
const TIME = new RegExp(
  `\\b${NUMBER}(?: ?(?:-|–|to|or) ?${NUMBER})?\\)?[ -](?:(?:business|working|calendar|full)[ -])?(?:hours?|days?|weeks?|months?)\\b`,
  'i',
);
/** Without one of these no time is named; the cheap test is made first. */
const UNIT = /hour|day|week|month/i;
/** Times of support, not of answers. */
const SUPPORT = /\bsupport|\breleases?\b|\bversions?\b|maintain|end[- ]of[- ]life|\bEOL\b/i;
const ANSWER =
  /respon[ds]|repl[yi]|acknowledg|answer|confirm|triag|fix|patch|disclos|resol|embargo|contact|hear|get back|receiv|report/i;

/** Reads a policy, or the part of another text that is one. */
export function policyMeaning(text: string): PolicyMeaning {
  const shown = text.slice(0, MAX_TEXT);
  const unfilled = PLACEHOLDER.test(shown);
  const contact = contactIn(shown, unfilled);
  const time = unfilled ? undefined : timeIn(shown);
  return {
    ...(contact === undefined ? {} : { contact }),
    process: !unfilled && HARM.test(shown) && (DEED.test(shown) || contact !== undefined),
    ...(time === undefined ? {} : { time }),
  };
}

function contactIn(text: string, unfilled: boolean): string | undefined {
  const hits = policyHits(new TextEncoder().encode(text));
  const mail = hits.find(
    ({ type, match }) => type === 'email' && !/@(?:example\.com$|.*noreply)/i.test(match),
  );
  if (mail !== undefined) return mail.match;
  const desk = hits.find(({ type, match }) => type === 'link' && isDesk(withoutEnd(match, '.:')));
  if (desk !== undefined) return desk.match;
  if (unfilled) return undefined;
  const field = /^(?:Contact|security-contacts?):[ \t]*(\S.{2,200})$/im.exec(text);
  return field?.[1] ?? PHRASE.exec(text)?.[0] ?? SPELLED.exec(text)?.[0];
}

const isDesk = (link: string): boolean => DESK.test(link) && !NO_DESK.test(link);

function timeIn(text: string): string | undefined {
  for (const line of text.split(/\n|(?<=[.!?]) /)) {
    const found = line.length < 2000 && UNIT.test(line) ? TIME.exec(line) : null;
    if (found !== null && (ANSWER.test(line) || !SUPPORT.test(line))) return found[0];
  }
  return undefined;
}

const HEADING = /^(?:#{1,6} |=+ )?.{0,40}\b(?:security|vulnerabilit)[a-z]*.{0,60}$/i;

/** The section of a README about security, with its heading; undefined when there is none. */
export function securitySection(text: string): string | undefined {
  const lines = text.slice(0, MAX_TEXT).split('\n');
  const start = lines.findIndex(
    (line, index) =>
      HEADING.test(line) && (/^(?:#|=)/.test(line) || /^[-=~^]{3,}\s*$/.test(lines[index + 1] ?? '')),
  );
  if (start < 0) return undefined;
  const end = lines.findIndex(
    (line, index) => index > start + 1 && (/^#{1,6} |^=+ /.test(line) || /^[-=~^]{4,}\s*$/.test(line)),
  );
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
}
