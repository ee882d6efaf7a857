/** The window the probes of Maintained look back. */
import type { View } from '../src/core/index.ts';

export const LOOK_BACK_DAYS = '90';

const DAY = 24 * 60 * 60 * 1000;

/** Strictly later than so many days before the scan. */
export function isWithin(view: View, time: string, days = 90): boolean {
  return Date.parse(time) > view.now.getTime() - days * DAY;
}

/** Whole days from a moment to the scan, 0 for moments to come. */
export function daysSince(view: View, time: number): number {
  return Math.max(0, Math.floor((view.now.getTime() - time) / DAY));
}
