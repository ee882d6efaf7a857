/** Commands that compare a checksum or verify a signature; a checksum that is only printed is no check. */
import type { HereDoc } from 'unbash';
import type { CommandEvent } from '../events.ts';
import { baseName } from '../script-files.ts';
import { redirectionsOf } from '../words.ts';
import { hasLetterOption, type PlainCommand, plainText, type Variables } from './command.ts';

/** A check of files. */
export interface FileCheck {
  readonly why: 'verified-checksum' | 'verified-signature';
  /** Text in which the names of the checked files stand. */
  readonly text: string;
  /** The text names the files for sure; else a list of unknown content was given. */
  readonly isExplicit: boolean;
}

const HASHERS = new Set(
  'sha256sum sha512sum sha384sum sha224sum sha1sum md5sum b2sum b3sum shasum gsha256sum gsha512sum gshasum rhash sha256 sha512 md5 sum256'.split(
    ' ',
  ),
);

/** True for programs that compute checksums. */
function isHasher(command: PlainCommand): boolean {
  if (HASHERS.has(command.name)) return true;
  return command.name === 'openssl' && /^(?:dgst|sha\d+|md5)$/.test(command.args[0]?.text ?? '');
}

function argsText(command: PlainCommand): string {
  return command.args.map(({ text }) => text).join(' ');
}

/**
 * The check a command makes.
 * `upstream`: commands of the earlier stages of its pipeline.
 */
export function readCheck(
  command: PlainCommand,
  upstream: readonly PlainCommand[],
  variables: Variables,
): FileCheck | undefined {
  if (command.event.isFailureIgnored) return undefined;
  const signature = signatureCheck(command);
  if (signature !== undefined) return signature;
  if (!isHasher(command)) return searchedCheck(command, upstream);
  if (isComparing(command)) return listCheck(command, upstream, variables);
  if (isCompared(command, upstream)) {
    return {
      why: 'verified-checksum',
      text: `${argsText(command)} ${upstream.map(argsText).join(' ')}`,
      isExplicit: true,
    };
  }
  return undefined;
}

const SEARCHERS = new Set(['grep', 'egrep', 'fgrep']);

/** `sha256sum f | grep -q "$SUM"`: the search fails for any other checksum. */
function searchedCheck(command: PlainCommand, upstream: readonly PlainCommand[]): FileCheck | undefined {
  if (!SEARCHERS.has(command.name)) return undefined;
  const hasher = upstream.findLast(isHasher);
  if (hasher === undefined || isComparing(hasher)) return undefined;
  const isSum = command.args.some(
    ({ text, raw }) => /^\^?[0-9a-f]{32,128}\b/i.test(text) || /\$\{?\w/.test(raw),
  );
  if (!isSum || command.args.some(({ text }) => /^-\w*v|^--invert/.test(text))) return undefined;
  return { why: 'verified-checksum', text: argsText(hasher), isExplicit: true };
}

function isComparing(command: PlainCommand): boolean {
  return command.args.some(
    ({ text }, at) =>
      text === '--check' ||
      text.startsWith('--check=') ||
      (hasLetterOption(text, 'c') && command.args[at - 1]?.text !== '-a' && !text.startsWith('-ca=')),
  );
}

/** `sha256sum -c`: the names come from standard input or from a list file. */
function listCheck(
  command: PlainCommand,
  upstream: readonly PlainCommand[],
  variables: Variables,
): FileCheck {
  const lists = command.args.filter(
    ({ text }, at) => !text.startsWith('-') && command.args[at - 1]?.text !== '-a' && !/^\d+$/.test(text),
  );
  const input = [...upstream.map(argsText), inputText(command, variables)].join(' ').trim();
  const why = 'verified-checksum';
  if (input !== '')
    return { why, text: `${input} ${argsText(command)}`, isExplicit: /[\w.$-]{3,}/.test(input) };
  return { why, text: lists.map(({ text }) => listedName(text)).join(' '), isExplicit: false };
}

/** `f.sha256` most likely lists `f`. */
function listedName(list: string): string {
  return list.replace(/\.(?:sha\d+(?:sum)?|md5|sum|checksum|digest)$/i, '');
}

/** Text of here-documents and here-strings given to the command. */
export function inputText(command: PlainCommand, variables: Variables): string {
  let text = '';
  for (const item of redirectionsOf(command.event.node)) {
    if (item.type === 'HereDoc') text += (item as HereDoc).body.text;
    else if (item.type === 'HereString' && item.target !== undefined)
      text += plainText(item.target.text, variables);
  }
  return text.length > 20_000 ? text.slice(0, 20_000) : plainText(text.replace(/["'\\]/g, ' '), variables);
}

/** The computed checksum is an operand of a test, at once or by way of a variable. */
function isCompared(command: PlainCommand, upstream: readonly PlainCommand[]): boolean {
  const holder = command.event.enclosing ?? upstream[0]?.event.enclosing;
  if (holder === undefined) return false;
  if (holder.inTest) return true;
  const outer = holder.event;
  if (outer === undefined) return false;
  const name = outer.node.name?.text;
  if (name === '[' || name === 'test' || name === 'diff' || name === 'cmp') return true;
  const variable = assignedVariable(outer, holder.part.pos);
  return variable !== undefined && isTested(outer, variable);
}

function assignedVariable(event: CommandEvent, pos: number): string | undefined {
  const { node } = event;
  for (const item of [...node.prefix, ...node.suffix]) {
    if (item.type === 'Assignment' && item.pos <= pos && pos < item.end) return item.name;
  }
  return undefined;
}

/** A test of a computed checksum is looked for this far. */
const MAX_DISTANCE = 10_000;

/** Some later line tests the variable. */
function isTested(event: CommandEvent, variable: string): boolean {
  const text = event.source.text.slice(event.node.end, event.node.end + MAX_DISTANCE);
  let at = 0;
  for (;;) {
    const found = text.indexOf(variable, at);
    if (found < 0) return false;
    at = found + variable.length;
    const before = text.slice(Math.max(0, found - 2), found);
    if (!before.endsWith('$') && !before.endsWith('{')) continue;
    const start = text.lastIndexOf('\n', found) + 1;
    const end = text.indexOf('\n', found);
    const line = text.slice(Math.max(start, found - 400), end < 0 ? found + 400 : Math.min(end, found + 400));
    if (/(?:\[|\btest\b|\bcase\b).*(?:=|\bin\b)/.test(line)) return true;
  }
}

/** `gpg --verify`, `cosign verify-blob` and their like, with a named signer. */
function signatureCheck(command: PlainCommand): FileCheck | undefined {
  const texts = command.args.map(({ text }) => text);
  const has = (...names: string[]): boolean =>
    texts.some((text) => names.some((name) => text === name || text.startsWith(`${name}=`)));
  const named = { why: 'verified-signature' as const, text: signedText(texts), isExplicit: true };
  switch (command.name) {
    case 'gpg':
    case 'gpg2':
      return has('--verify') ? named : undefined;
    case 'gpgv':
    case 'gpgv2':
      return named;
    case 'cosign':
      return texts[0]?.startsWith('verify') === true &&
        has('--key', '--certificate-identity', '--certificate-identity-regexp', '--cert-identity', '--cert')
        ? named
        : undefined;
    case 'minisign':
    case 'rsign':
      return texts.some((text) => /^-[A-Za-z]*V/.test(text)) || texts[0] === 'verify' ? named : undefined;
    case 'signify':
    case 'signify-openbsd':
      return texts.some((text) => /^-[A-Za-z]*[VC]/.test(text)) ? named : undefined;
    case 'openssl':
      return has('-verify', '-prverify') ? named : undefined;
    case 'slsa-verifier':
      return texts[0]?.startsWith('verify') === true ? named : undefined;
    case 'gh':
      return texts[0] === 'attestation' && texts[1] === 'verify' ? named : undefined;
    case 'ssh-keygen':
      return texts.includes('verify') ? named : undefined;
    default:
      return undefined;
  }
}

/** The signed file is often only named through its signature. */
function signedText(texts: readonly string[]): string {
  return texts
    .map((text) => `${text} ${text.replace(/\.(?:asc|sig|sign|gpg|minisig|pem|bundle)$/i, '')}`)
    .join(' ');
}

/** True when the text names the file. */
export function namesFile(text: string, path: string): boolean {
  const name = baseName(path);
  if (name === '.' || name === '/') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return path.includes('*');
}
