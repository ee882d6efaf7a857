import { build } from './builder.ts';
import { TOO_DEEP, TOO_LONG, TOO_MANY, YamlFailure, type YamlResult } from './node.ts';
import { scan } from './scanner.ts';

export type {
  ScalarStyle,
  YamlAlias,
  YamlEntry,
  YamlError,
  YamlMap,
  YamlNode,
  YamlResult,
  YamlScalar,
  YamlSequence,
} from './node.ts';
export { getText, getValue, isNull, type PlainValue, resolveAlias, scalarTag, toPlain } from './resolve.ts';

export interface YamlLimits {
  /** Deepest nesting; default 200. */
  readonly maxDepth?: number;
  /** Most nodes of the tree; default 300,000. */
  readonly maxNodes?: number;
}

const MAX_DEPTH = 200;
const MAX_NODES = 300_000;
/** Tokens and free slots that a node of usual YAML takes, at most. */
const TOKENS_PER_NODE = 5;

/** Failures at our limits, not at the text's own fault. */
const LIMITS: ReadonlySet<string> = new Set([TOO_DEEP, TOO_LONG, TOO_MANY]);

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * Reads the first document of a YAML text, as the reference's reader does (file-checks 1.6): duplicate keys
 * are kept, aliases are not expanded, later documents are not looked at. Bytes may be UTF-8 or, with a byte
 * order mark, UTF-16; a text is taken as decoded. Never throws: what is not YAML gives `error`, a text with no
 * document gives no `root`. Time is linear in the length of the text.
 */
export function parseYaml(source: string | Uint8Array, limits: YamlLimits = {}): YamlResult {
  let text = '';
  try {
    text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decode(source);
    const control = CONTROL.exec(text);
    if (control !== null) throw new YamlFailure('a control character', lineOf(text, control.index));
    if (!text.isWellFormed()) throw new YamlFailure('half a character', 1);
    const maxNodes = limits.maxNodes ?? MAX_NODES;
    const root = build(scan(text, limits.maxDepth ?? MAX_DEPTH, TOKENS_PER_NODE * maxNodes), maxNodes);
    return { root, text };
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
    const { message, line } = error;
    return { text, error: LIMITS.has(message) ? { message, line, isLimit: true } : { message, line } };
  }
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new YamlFailure(`not ${encoding}`, 1);
  }
}
