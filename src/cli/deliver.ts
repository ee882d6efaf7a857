/** From a result to what the user gets: files, standard output, and whether thresholds are met. */
import { catalogue, changesFor, evidenceReader, ownUnits, tellBroken, type UnitSet } from '../app.ts';
import {
  environment,
  type OptionName,
  type OptionValues,
  outputsOf,
  shortfalls,
  thresholdsOf,
} from '../config/index.ts';
import {
  type Demand,
  type EvidenceSet,
  type Reporter,
  type ReportOptions,
  ScanError,
  type ScanResult,
  type Stats,
} from '../core/index.ts';
import { reporters } from '../reporters/index.ts';
import { outputTerminal, writeError, writeFile, writeOutput } from './streams.ts';

/** Options every command takes that ends in a result. */
export const deliveryOptions: readonly OptionName[] = [
  'format',
  'output',
  'sarif-profile',
  'show-details',
  'show-annotations',
  'verbosity',
  'color',
  'fail-below',
  'policy',
  'plugin',
  'plugin-timeout',
];

export interface Delivery {
  /** Writes one result to every output. */
  write(scanned: { result: ScanResult; evidence: EvidenceSet; stats?: Stats }): Promise<void>;
  /** @throws ScanError threshold when any result fell short; to be called last. */
  finish(): void;
  /** Check names of the policy, if there is one. */
  readonly policy?: readonly string[];
  /** Checks of plugins that the policy lets weigh in the totals. */
  readonly counted?: readonly string[];
}

interface Destination {
  readonly reporter: Reporter;
  readonly file?: string;
  readonly options: ReportOptions;
}

/**
 * Checks all output and gate options before the scan, so that a typing error costs no time.
 * @throws ScanError usage, unknown-format, unknown-check, config
 */
export async function prepareDelivery(values: OptionValues, units: UnitSet = ownUnits): Promise<Delivery> {
  const thresholds = thresholdsOf(values['fail-below'], units.checks);
  const policy = values.policy === undefined ? undefined : await loadPolicy(values.policy, units);
  const destinations = await destinationsOf(values, units, policy?.demands);
  const counted = policy?.demands.filter((demand) => demand.counted).map((demand) => demand.check);
  const written = new Set<string>();
  const failures: string[] = [];
  return {
    policy: policy?.demands.map((demand) => demand.check),
    counted,
    async write({ result, evidence, stats }) {
      const changes = () => changesFor(result, { ...environment(), counted, units });
      for (const { reporter, file, options } of destinations) {
        const shown = values.stats && stats ? { ...result, stats } : result;
        put(file, reporter.render(shown, { ...options, known: evidenceReader(evidence), changes }), written);
      }
      if (values.stats && stats) writeError((await import('./stats.ts')).statsText(stats));
      const short = [...shortfalls(result, thresholds), ...(policy?.judge(result) ?? [])];
      if (short.length > 0) failures.push(`${result.repo.name}: ${short.join('; ')}`);
    },
    finish() {
      tellBroken(units);
      if (failures.length > 0) throw new ScanError('threshold', failures.join(' | '));
    },
  };
}

async function loadPolicy(file: string, { checks }: UnitSet) {
  const { policyShortfalls, readPolicy } = await import('../config/policy.ts');
  const demands = readPolicy(file, checks);
  return { demands, judge: (result: ScanResult) => policyShortfalls(result, demands) };
}

async function destinationsOf(
  values: OptionValues,
  set: UnitSet,
  policy: readonly Demand[] | undefined,
): Promise<readonly Destination[]> {
  const outputs = outputsOf(values.format, values.output, Object.keys(reporters));
  const terminal = outputTerminal();
  const units = catalogue(set);
  return Promise.all(
    outputs.map(async ({ format, file }): Promise<Destination> => {
      const options: ReportOptions = {
        catalogue: units,
        policy,
        sarifProfile: values['sarif-profile'],
        showDetails: values['show-details'],
        showAnnotations: values['show-annotations'],
        verbose: values.verbosity === 'debug' || values.verbosity === 'trace',
        width: file === undefined ? terminal.width : undefined,
        color: wantsColor(values.color, file === undefined && terminal.isTerminal),
      };
      return { reporter: await reporters[format]!(), file, options };
    }),
  );
}

/** https://no-color.org and its counterpart FORCE_COLOR; the option wins over both. */
function wantsColor(when: string, terminal: boolean): boolean {
  if (when !== 'auto') return when === 'always';
  const { noColor, forceColor, dumbTerminal } = environment();
  if (forceColor) return true;
  return terminal && !noColor && !dumbTerminal;
}

/** Several results in one place follow each other; the reference keeps only the last. */
function put(file: string | undefined, text: string, written: Set<string>): void {
  if (file === undefined) writeOutput(text);
  else writeFile(file, text, written.has(file));
  if (file !== undefined) written.add(file);
}
