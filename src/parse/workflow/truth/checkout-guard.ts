import type { Step } from '../model.ts';

// What the checkout action itself refuses: since 2026-07-16 it does not take the code of a fork's pull request on
// `pull_request_target` and `workflow_run`, unless told to (verdicts, `checkout-guard`).

/** Day from which the floating major versions refuse. */
const FLOATING_SINCE = '2026-07-16';
const LATEST_SINCE = '2026-06-18';
const FLOATING = /^v[2-7]$/;

/** First version of each major with the guard: minor and patch. */
const FIRST_GUARDED: Readonly<Record<string, readonly [number, number]>> = {
  2: [7, 1],
  3: [6, 1],
  4: [4, 0],
  5: [1, 0],
  6: [1, 0],
  7: [0, 0],
};

/** Full hashes of guarded releases. */
const GUARDED_COMMITS: ReadonlySet<string> = new Set([
  '9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0',
  '3d3c42e5aac5ba805825da76410c181273ba90b1',
]);

const GUARDED_EVENTS: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run']);

/** True when this checkout refuses an outsider's code on this event. `today` is a date, ISO 8601. */
export function isGuardedCheckout(step: Step, event: string, today: string): boolean {
  if (!GUARDED_EVENTS.has(event)) return false;
  const allowed = step.inputs
    .find(({ name }) => name === 'allow-unsafe-pr-checkout')
    ?.value.trim()
    .toLowerCase();
  if (allowed !== undefined && allowed !== 'false' && allowed !== '') return false;
  const match = /^actions\/checkout@([^\s]+)$/i.exec(step.uses?.value ?? '');
  if (match === null) return false;
  const version = match[1]!;
  if (FLOATING.test(version)) return today >= (version === 'v7' ? LATEST_SINCE : FLOATING_SINCE);
  if (version === 'main') return today >= LATEST_SINCE;
  if (/^[\da-f]{40}$/i.test(version)) {
    return GUARDED_COMMITS.has(version.toLowerCase()) || isGuardedVersion(step.uses?.comment ?? '');
  }
  return isGuardedVersion(version);
}

/** True for a full version, as a tag or in the comment behind a hash, that has the guard. */
function isGuardedVersion(text: string): boolean {
  const match = /(?:^|[\s@=])v?(\d+)\.(\d+)(?:\.(\d+))?(?:$|[\s,;)])/.exec(text);
  if (match === null) return false;
  const first = FIRST_GUARDED[match[1]!];
  const minor = Number(match[2]);
  if (first === undefined) return Number(match[1]) > 7;
  return minor > first[0] || (minor === first[0] && Number(match[3] ?? 0) >= first[1]);
}
