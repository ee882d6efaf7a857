/**
 * Standard output and error, written synchronously by file descriptor: the stream objects of Node cost 2 ms of
 * start-up and lose text when the process ends.
 */
import { fstatSync, writeFileSync, writeSync } from 'node:fs';
import { ScanError } from '../core/index.ts';

const STDOUT = 1;
const STDERR = 2;

/**
 * Writes to standard output. A reader that went away is no error: it has what it wanted.
 * @throws ScanError output-failed when the disk behind it is full and the like
 */
export function writeOutput(text: string): void {
  writeAll(STDOUT, text, (error) => {
    throw new ScanError('output-failed', `standard output cannot be written (${error.code})`, {
      cause: error,
    });
  });
}

/** Writes to standard error; that it cannot be written is nobody's concern. */
export function writeError(text: string): void {
  writeAll(STDERR, text, () => {});
}

function writeAll(fd: number, text: string, failed: (error: NodeJS.ErrnoException) => void): void {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(fd, bytes, sent);
    } catch (thrown) {
      const error = thrown as NodeJS.ErrnoException;
      if (error.code === 'EPIPE' || error.code === 'EOF') return;
      if (error.code !== 'EAGAIN') {
        failed(error);
        return;
      }
      // The reader of a non-blocking pipe is slow: wait a moment without spinning.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

/**
 * Writes a file whole, or adds to it.
 * @throws ScanError output-failed
 */
export function writeFile(path: string, text: string, add = false): void {
  try {
    writeFileSync(path, text, { flag: add ? 'a' : 'w' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScanError('output-failed', `${path} cannot be written (${code ?? 'unknown reason'})`, {
      cause: error,
    });
  }
}

export interface Terminal {
  readonly isTerminal: boolean;
  /** Columns, undefined when it is none. */
  readonly width: number | undefined;
}

/** What standard output leads to. Anything but a character device is answered without loading Node's terminal code. */
export function outputTerminal(): Terminal {
  if (!isTerminal(STDOUT)) return { isTerminal: false, width: undefined };
  return { isTerminal: true, width: process.stdout.columns };
}

export function errorIsTerminal(): boolean {
  return isTerminal(STDERR);
}

/** `/dev/null` and its kin on Linux (major number 1). */
const isMemoryDevice = (device: number) => process.platform === 'linux' && ((device >> 8) & 0xfff) === 1;

function isTerminal(fd: number): boolean {
  try {
    if (process.platform !== 'win32') {
      const stat = fstatSync(fd);
      if (!stat.isCharacterDevice() || isMemoryDevice(stat.rdev)) return false;
    }
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(fd);
}

/** Control characters of file names and the like must neither break a line nor reach the terminal. */
export function plainLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
