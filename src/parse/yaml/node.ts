/** How a scalar was written in the source. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

interface NodeBase {
  /** Line of the first character of the node (its anchor or tag counts), from 1. */
  readonly line: number;
  /** Offset of that character in the decoded text (without byte order mark), from 0. */
  readonly offset: number;
  readonly anchor?: string;
  /** Explicit tag, in short form (`!!str`) for the standard ones. */
  readonly tag?: string;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string;
  readonly style: ScalarStyle;
  /** Offset just behind the last character of the scalar. */
  readonly end: number;
  /** Line of the first character of the text: one below `line` for block scalars. */
  readonly textLine: number;
  /**
   * Only for scalars over several lines that are not literal blocks: pairs of offset in `value` and
   * line, one for every source line after the first.
   */
  readonly breaks?: readonly number[];
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  /** In source order, duplicates kept. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
}

/** A reference to an anchor. It may lie inside its own target: see `resolveAlias`. */
export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;

/** Why a text is not YAML, or is too large or too deep to be read. */
export interface YamlError {
  readonly message: string;
  readonly line: number;
  /** It may well be YAML, but holds more values than are read. */
  readonly isLimit?: true;
}

/** The tree and the decoded text that offsets point into, or why there is none. */
export type YamlResult =
  | { readonly root: YamlNode | undefined; readonly text: string; readonly error?: undefined }
  | { readonly root?: undefined; readonly text: string; readonly error: YamlError };

/** The message when there are more values than are read. */
export const TOO_MANY = 'too many values';
/** The message when a scalar has more lines than are read. */
export const TOO_LONG = 'a text of too many lines';
/** The message when values are nested deeper than is read. */
export const TOO_DEEP = 'nested too deep';

/** Thrown inside this folder only; `parseYaml` turns it into a `YamlError`. */
export class YamlFailure extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
