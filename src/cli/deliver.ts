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
import { fileFor, isPattern, makeFolderOf } from './file-pattern.ts';
import { outputTerminal, plainLine, writeError, writeFile, writeOutput } from './streams.ts';

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
  /** Writes one result to every output. Tells what fell short of thresholds, if anything did. */
  write(scanned: { result: ScanResult; evidence: EvidenceSet; stats?: Stats }): Promise<string | undefined>;
  /** A target that made no result, of several: a line in the outputs that hold JSON. */
  fail(target: string, code: string, message: string): void;
  /** To be called last. @throws ScanError plugin failures; threshold when the only result fell short. */
  finish(): void;
  /** Check names of the policy, if there is one. */
  readonly policy?: readonly string[];
  /** Checks of plugins that the policy lets weigh in the totals. */
  readonly counted?: readonly string[];
}

interface Destination {
  readonly reporter: Reporter;
  /** May be a pattern: one file for each repository. */
  readonly file?: string;
  readonly options: ReportOptions;
  /** One line of JSON for each target. */
  readonly lines: boolean;
  readonly showsNotices: boolean;
}

/** Formats of the reference, which have no place for notices. */
const WITHOUT_NOTICES = new Set(['json', 'probe', 'raw', 'intoto']);

/** Notices about the target as a whole: nobody should miss that it is archived, say, or half unknown. */
const WEIGHTY = /^(?:repository-|facts-missing$|files-unreadable$)/;

/** Documents of which a file or stream can hold only one. */
const ALONE = new Set(['application/sarif+json', 'text/html']);

/** A check of a plugin that failed is not known: what failed is the better answer. */
function gatesOf(texts: readonly string[], units: UnitSet) {
  try {
    return thresholdsOf(texts, units.checks);
  } catch (error) {
    if (error instanceof ScanError && error.code === 'unknown-check') tellBroken(units);
    throw error;
  }
}

/**
 * Checks all output and gate options before the scan, so that a typing error costs no time.
 * @param several more than one result will be written
 * @throws ScanError usage, unknown-format, unknown-check, config
 */
export async function prepareDelivery(
  values: OptionValues,
  units: UnitSet = ownUnits,
  several = false,
): Promise<Delivery> {
  const thresholds = gatesOf(values['fail-below'], units);
  const policy = values.policy === undefined ? undefined : await loadPolicy(values.policy, units);
  const destinations = await destinationsOf(values, units, policy?.demands, several);
  const counted = policy?.demands.filter((demand) => demand.counted).map((demand) => demand.check);
  const written = new Set<string>();
  let failure: string | undefined;
  return {
    policy: policy?.demands.map((demand) => demand.check),
    counted,
    async write({ result, evidence, stats }) {
      const changes = () => changesFor(result, { ...environment(), counted, units });
      for (const { reporter, file, options, lines } of destinations) {
        const shown = values.stats && stats ? { ...result, stats } : result;
        const text = reporter.render(shown, { ...options, known: evidenceReader(evidence), changes });
        if (isPattern(file)) putAlone(file, result.repo.name, text);
        else put(file, lines ? oneLine(text) : text, written);
      }
      if (!destinations.some(({ showsNotices }) => showsNotices))
        for (const { code, message } of result.notices)
          if (WEIGHTY.test(code)) writeError(`assay: ${result.repo.name}: ${plainLine(message)} [${code}]\n`);
      if (values.stats && stats) writeError((await import('./stats.ts')).statsText(stats));
      const gaps = policy?.gaps(result);
      if (gaps !== undefined) writeError(`assay: ${result.repo.name}: ${gaps}\n`);
      const short = [...shortfalls(result, thresholds), ...(policy?.judge(result) ?? [])];
      failure = short.length > 0 ? `${result.repo.name}: ${short.join('; ')}` : undefined;
      return failure;
    },
    fail(target, code, message) {
      const text = `${JSON.stringify({ target, error: { code, message } })}\n`;
      for (const { file, lines } of destinations) if (lines) put(file, text, written);
    },
    finish() {
      tellBroken(units);
      if (!several && failure !== undefined) throw new ScanError('threshold', failure);
    },
  };
}

async function loadPolicy(file: string, { checks }: UnitSet) {
  const { policyGaps, policyShortfalls, readPolicy } = await import('../config/policy.ts');
  const demands = readPolicy(file, checks);
  return {
    demands,
    judge: (result: ScanResult) => policyShortfalls(result, demands),
    gaps: (result: ScanResult) => policyGaps(result, demands),
  };
}

async function destinationsOf(
  values: OptionValues,
  set: UnitSet,
  policy: readonly Demand[] | undefined,
  several: boolean,
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
      const reporter = await reporters[format]!();
      if (several && ALONE.has(reporter.mediaType) && !isPattern(file)) {
        const usage = `--format=${format}:DIR/{name}.${format}`;
        throw new ScanError('usage', `${format} holds one repository a file: name a pattern (${usage})`);
      }
      const lines = several && reporter.mediaType.endsWith('json') && !isPattern(file);
      return { reporter, file, options, lines, showsNotices: !WITHOUT_NOTICES.has(format) };
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

/** JSON without its line breaks and indentation; inside strings there are none. */
function oneLine(json: string): string {
  return `${json.trimEnd().replace(/\n */g, '')}\n`;
}

/** Writes a file of a result's own. */
export function putAlone(pattern: string, repository: string, text: string): void {
  const file = fileFor(pattern, repository);
  makeFolderOf(file);
  writeFile(file, text);
}

/** Several results in one place follow each other; the reference keeps only the last. */
function put(file: string | undefined, text: string, written: Set<string>): void {
  if (file === undefined) writeOutput(text);
  else writeFile(file, text, written.has(file));
  if (file !== undefined) written.add(file);
}
