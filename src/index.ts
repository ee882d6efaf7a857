/**
 * The library: `import { scan } from 'assay'`.
 *
 * Everything exported here is kept stable within a major version; other modules are not.
 */
import { catalogue, changesFor, evaluateEvidence, type ScanOptions, scanTarget, type Target } from './app.ts';
import { hint } from './config/nearest.ts';
import { type EvidenceSet, type ReportOptions, ScanError, type ScanResult } from './core/index.ts';
import { reporters } from './reporters/index.ts';

export { checks, evidenceNamed, parseEvidence, probeNamed, probes } from './app.ts';
export * from './core/index.ts';
export type { EvidenceSet, ScanOptions, ScanResult, Target };

/**
 * Scans a repository and judges it in both views.
 *
 * @param target a folder
 * @param options what to judge, `signal` to end early, `onProgress`
 * @returns the native result: `score`, `adjusted`, `checks`, `probes`, `notices`
 * @throws ScanError with a stable `code` for everything a user can mend; the signal's reason when aborted
 */
export async function scan(target: string | Target, options: ScanOptions = {}): Promise<ScanResult> {
  refuseMisuse(target, options);
  return (await scanTarget(target, options)).result;
}

/**
 * What types would have told a caller in TypeScript.
 * @throws ScanError usage
 */
function refuseMisuse(target: unknown, options: ScanOptions): void {
  const fail = (what: string) => {
    throw new ScanError('usage', what);
  };
  const isTarget = typeof target === 'string' ? target !== '' : typeof target === 'object' && target !== null;
  if (!isTarget) fail('the target must be a text that is not empty, e.g. "." or "owner/name"');
  if (typeof options !== 'object' || options === null) fail('the options of scan must be an object');
  const { checks, probes, metadata, plugins, counted, now } = options;
  for (const [name, list] of Object.entries({ checks, probes, metadata, plugins, counted })) {
    if (list !== undefined && !Array.isArray(list)) fail(`${name} must be a list`);
  }
  if (now !== undefined && !(now instanceof Date && !Number.isNaN(now.getTime())))
    fail('now must be a valid Date');
}

/** As `scan`, with the evidence, which `evaluate` judges again without looking at the repository. */
export async function scanWithEvidence(
  target: string | Target,
  options: ScanOptions = {},
): Promise<{ readonly result: ScanResult; readonly evidence: EvidenceSet }> {
  refuseMisuse(target, options);
  const { result, evidence } = await scanTarget(target, options);
  return { result, evidence };
}

/**
 * Judges stored evidence again, offline; equal evidence gives equal results.
 * @throws ScanError bad-evidence
 */
export async function evaluate(
  evidence: EvidenceSet,
  options: Pick<
    ScanOptions,
    'checks' | 'probes' | 'experimental' | 'without' | 'plugins' | 'pluginSeconds' | 'counted'
  > = {},
): Promise<ScanResult> {
  return evaluateEvidence(evidence, options);
}

/**
 * A result in one of the output formats, e.g. `json` or `sarif`.
 * @throws ScanError unknown-format
 */
export async function format(
  result: ScanResult,
  id: string,
  options: Partial<Omit<ReportOptions, 'catalogue'>> = {},
): Promise<string> {
  const load = Object.hasOwn(reporters, id) ? reporters[id] : undefined;
  if (load === undefined) {
    throw new ScanError('unknown-format', `there is no format ${id}${hint(id, Object.keys(reporters))}`);
  }
  const usual = {
    changes: () => changesFor(result),
    showDetails: false,
    showAnnotations: false,
    color: false,
    verbose: false,
  };
  return (await load()).render(result, { ...usual, ...options, catalogue: catalogue() });
}
