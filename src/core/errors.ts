/** The closed table of errors a user can meet, and the one class that carries them. */

/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  target: 3,
  threshold: 4,
} as const;

export interface ErrorRow {
  /** Exit code. */
  readonly exit: number;
  /** Worth trying again later without a change. */
  readonly retryable: boolean;
  /** What it means and what to do, for `docs/errors.md`. */
  readonly help: string;
}

const row = (exit: number, retryable: boolean, help: string): ErrorRow => ({ exit, retryable, help });

export const ERRORS = {
  usage: row(
    EXIT.usage,
    false,
    'The command line is wrong. The message names the option and the nearest right spelling.',
  ),
  config: row(EXIT.usage, false, 'A configuration or policy file is wrong. The message names file and line.'),
  'unknown-check': row(EXIT.usage, false, 'No check has this name. `assay --help` lists them.'),
  'unknown-probe': row(EXIT.usage, false, 'No probe has this id. `docs/probes.md` lists them.'),
  'unknown-format': row(EXIT.usage, false, 'No output format has this name. `assay --help` lists them.'),
  'unsupported-check': row(
    EXIT.usage,
    false,
    'The check cannot run on this kind of target, e.g. a plain folder.',
  ),
  'bad-evidence': row(
    EXIT.usage,
    false,
    'The file is no stored evidence, or was written by another version of the shape.',
  ),
  plugin: row(
    EXIT.usage,
    false,
    'A file or package named by `--plugin` cannot be used; the message names it and what is wrong. The result without it was written all the same.',
  ),
  'output-failed': row(
    EXIT.usage,
    false,
    'The output file cannot be written. Check the folder and its permissions.',
  ),
  'target-not-found': row(
    EXIT.target,
    false,
    'The folder, repository, commit or package does not exist or is not visible.',
  ),
  'target-unreadable': row(
    EXIT.target,
    false,
    'The target exists, but cannot be read: permissions, a damaged archive, no repository.',
  ),
  'target-empty': row(EXIT.target, false, 'The repository has no commits, so there is nothing to score.'),
  'target-blocked': row(EXIT.target, false, 'The forge has disabled or blocked access to the repository.'),
  'rate-limited': row(
    EXIT.target,
    true,
    'The request budget is spent. Wait, use another token, or raise `--max-wait`.',
  ),
  unauthorized: row(EXIT.target, false, 'The token was refused. `assay doctor` tells what it can see.'),
  network: row(EXIT.target, true, 'A service could not be reached. Check the connection and proxy settings.'),
  threshold: row(
    EXIT.threshold,
    false,
    'A score is below what `--fail-below` or `--policy` demands, or a check that `--fail-below` names could not be judged.',
  ),
  internal: row(EXIT.internal, false, 'A defect in Assay. Please report it with the printed stack.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** An error a user can understand: printed as one line. */
export class ScanError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ScanError';
    this.code = code;
  }
  get exit(): number {
    return ERRORS[this.code].exit;
  }
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}
