/** Bytes that can be read at any place: a file through a window, or a buffer. */
import * as fs from 'node:fs';

export interface RandomBytes {
  readonly length: number;
  /** Bytes at a place, fewer at the end; valid until the next read. */
  read(position: number, length: number): Buffer;
  close(): void;
}

const WINDOW_BYTES = 256 * 1024;

/** @throws when the file cannot be opened. */
export function openDisk(file: string): RandomBytes {
  const fd = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  const length = fs.fstatSync(fd).size;
  const window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  let start = 0;
  let filled = 0;
  let open = true;
  return {
    length,
    read(position, count) {
      const wanted = Math.max(0, Math.min(count, length - position));
      if (wanted > WINDOW_BYTES) {
        const large = Buffer.allocUnsafeSlow(wanted);
        return large.subarray(0, readFully(fd, large, position));
      }
      if (position < start || position + wanted > start + filled) {
        start = position;
        filled = readFully(fd, window, position);
      }
      return window.subarray(position - start, Math.min(position - start + wanted, filled));
    },
    close() {
      if (open) fs.closeSync(fd);
      open = false;
    },
  };
}

function readFully(fd: number, target: Buffer, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const count = fs.readSync(fd, target, filled, target.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

export function bytesOf(buffer: Buffer): RandomBytes {
  return {
    length: buffer.length,
    read: (position, length) => buffer.subarray(position, Math.min(buffer.length, position + length)),
    close: () => {},
  };
}
