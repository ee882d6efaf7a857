/** Collects notices without letting a hostile repository fill the memory with them. */
import type { Notice } from '../core/index.ts';

/** Notices kept word for word per code; the rest is counted. */
const KEPT_PER_CODE = 100;

export class NoticeLog {
  readonly #kept: Notice[] = [];
  readonly #counts = new Map<string, number>();

  add(code: string, message: string, path?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= KEPT_PER_CODE)
      this.#kept.push(path === undefined ? { code, message } : { code, message, path });
  }

  /** The kept notices, and one line for each code that had more. */
  all(): readonly Notice[] {
    const more: Notice[] = [];
    for (const [code, count] of this.#counts) {
      if (count > KEPT_PER_CODE)
        more.push({ code, message: `${count - KEPT_PER_CODE} more of this kind are not listed` });
    }
    return more.length === 0 ? this.#kept : [...this.#kept, ...more];
  }
}
