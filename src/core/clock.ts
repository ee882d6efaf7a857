/**
 * Milliseconds from some moment in the past, for measuring spans. `performance.now()` says the same, but its first use
 * loads a part of Node that takes as long as judging a small repository's licence.
 */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
