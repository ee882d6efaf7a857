/** A here-document of an instruction. */
export interface Heredoc {
  /** Closing word, quotes taken off. */
  readonly name: string;
  /** False when the closing word was quoted: the body is taken literally. */
  readonly expand: boolean;
  /** True for `<<-`: leading tabs do not count. */
  readonly chomp: boolean;
  /** Body as it stands, line ends included. */
  readonly content: string;
  /** Line of the body's first line. */
  readonly startLine: number;
}

/** Where a stretch of an instruction's joined text comes from. */
export interface Piece {
  /** Position in the joined text. */
  readonly offset: number;
  readonly line: number;
}

/** One instruction; continuation lines joined, comments between them dropped. */
export interface Instruction {
  /** As spelled in the file. */
  readonly name: string;
  /** Lower case. */
  readonly keyword: string;
  /** First and last line, bodies of here-documents included. */
  readonly startLine: number;
  readonly endLine: number;
  /** The joined text. */
  readonly original: string;
  /** Flags such as `--platform=x`, quotes taken off. */
  readonly flags: readonly string[];
  /** Arguments, split as the instruction's grammar says; the elements of a JSON array. */
  readonly args: readonly string[];
  readonly isJson: boolean;
  /** Position of the argument text (behind the flags) in `original`. */
  readonly argsOffset: number;
  readonly pieces: readonly Piece[];
  readonly heredocs: readonly Heredoc[];
  /** The instruction inside an ONBUILD. */
  readonly inner?: Instruction;
}

/** Why a Dockerfile is outside the grammar. */
export interface DockerfileError {
  readonly message: string;
  readonly line: number;
}

/** Parser directives (`# syntax=...`) at the head of the file. */
export interface ParserDirective {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  readonly directives: readonly ParserDirective[];
  /** Present: the grammar failed here; what was read before it is kept. */
  readonly error?: DockerfileError;
  /** Present: there are more instructions than are read. */
  readonly cut?: DockerfileError;
}
