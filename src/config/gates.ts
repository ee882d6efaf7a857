/** Thresholds of `--fail-below` and the judgement of results by them and by policies. */
import { type Check, ScanError, type ScanResult, scoreText } from '../core/index.ts';
import { findCheck } from './select.ts';

/** A lowest score for the total, the adjusted total or one check. */
export interface Threshold {
  readonly of: 'total' | 'adjusted' | { readonly check: string };
  readonly least: number;
}

/**
 * Reads `N`, `adjusted=N` and `Check=N`.
 * @throws ScanError usage, unknown-check
 */
export function thresholdsOf(texts: readonly string[], checks: readonly Check[]): readonly Threshold[] {
  return texts.map((text): Threshold => {
    const equals = text.lastIndexOf('=');
    const name = equals < 0 ? 'total' : text.slice(0, equals).trim();
    const least = Number(text.slice(equals + 1));
    if (!/^\d{1,2}(?:\.\d+)?$/.test(text.slice(equals + 1)) || least > 10)
      throw new ScanError('usage', `--fail-below=${text} is no score (a number from 0 to 10, or CHECK=N)`);
    if (name === 'total' || name === 'adjusted') return { of: name, least };
    return { of: { check: findCheck(checks, name).name }, least };
  });
}

/**
 * What falls short, in words; empty when nothing does. Who names a check demands a score of it, so a check that could
 * not be judged falls short, with the reason; and so does one that this kind of target cannot have.
 * @throws ScanError usage when a named check was not asked for
 */
export function shortfalls(result: ScanResult, thresholds: readonly Threshold[]): string[] {
  return thresholds.flatMap(({ of, least }) => {
    if (typeof of === 'string') {
      const score = of === 'total' ? result.score : result.adjusted;
      return below(of === 'total' ? 'the total' : 'the adjusted total', score, scoreText(score), least);
    }
    const check = result.checks.find((one) => one.name === of.check);
    if (check) return below(of.check, check.score, String(check.score), least, check.reason);
    const why = result.skipped.find(({ name }) => name === of.check)?.why;
    if (why === undefined)
      throw new ScanError('usage', `--fail-below names ${of.check}, which did not run (add it to --checks)`);
    return below(of.check, -1, '', least, why);
  });
}

function below(what: string, score: number, shown: string, least: number, why?: string): string[] {
  if (score < 0) return [`${what} could not be judged${why ? ` (${why})` : ''}, ${least} is demanded`];
  // The total is compared as it is shown: 6.96 is 7.0 to everybody who reads it.
  return Number(shown) < least ? [`${what} is ${shown}, ${least} is demanded`] : [];
}
