import { type ScanOptions, scanTarget, type UnitSet } from '../../app.ts';
import {
  environment,
  type NamedTargets,
  namedTargets,
  type OptionName,
  type OptionValues,
  targetOptions,
  usage,
} from '../../config/index.ts';
import type { Command } from '../command.ts';
import { type Delivery, deliveryOptions, prepareDelivery, putAlone } from '../deliver.ts';
import { isPattern } from '../file-pattern.ts';
import { withUnits } from '../plugins.ts';
import { progressLine } from '../progress.ts';
import { writeError, writeFile } from '../streams.ts';

const options: readonly OptionName[] = [
  ...targetOptions,
  'jobs',
  'commit',
  'commit-depth',
  'file-mode',
  'checks',
  'probes',
  'metadata',
  'offline',
  'osv-db',
  'resolve-images',
  'max-wait',
  'no-cache',
  'cache-private',
  'evidence',
  'stats',
  ...deliveryOptions,
];

export const command: Command = {
  name: 'scan',
  summary: 'Judges repositories; the default when no command is named.',
  usage: '[scan] TARGET... [options]',
  options,
  async run({ values, positionals }) {
    const targets = namedTargets(values, positionals);
    return withUnits(values, (units) => scan(targets, values, units));
  },
};

async function scan({ named, several }: NamedTargets, values: OptionValues, units: UnitSet): Promise<number> {
  const { evidence } = values;
  if (several && evidence !== undefined && !isPattern(evidence))
    usage('several targets need a pattern for their evidence (--evidence=DIR/{name}.json)');
  const delivery = await prepareDelivery(values, units, several);
  const keeping: Delivery = {
    ...delivery,
    write: (scanned) => {
      keep(evidence, scanned.result.repo.name, () => `${JSON.stringify(scanned.evidence)}\n`);
      return delivery.write(scanned);
    },
  };
  const asked = scanOptions(values, delivery, units);
  const [first] = named;
  if (several || first?.kind !== 'target') {
    const { scanSeveral } = await import('../several.ts');
    return scanSeveral(named, values, keeping, asked, !quiet(values.verbosity));
  }
  const progress = progressLine(first.text, !quiet(values.verbosity));
  try {
    const scanned = await scanTarget(first.target, { ...asked, onProgress: progress.onProgress });
    progress.end();
    await keeping.write(scanned);
  } finally {
    progress.end();
  }
  delivery.finish();
  return 0;
}

const quiet = (verbosity: string): boolean => !['info', 'debug', 'trace'].includes(verbosity);

function keep(file: string | undefined, repository: string, text: () => string): void {
  if (isPattern(file)) putAlone(file, repository, text());
  else if (file !== undefined) writeFile(file, text());
}

function scanOptions(values: OptionValues, { policy, counted }: Delivery, units: UnitSet): ScanOptions {
  const maxWait = values['max-wait'];
  if (maxWait !== undefined && maxWait < 0) usage(`--max-wait must be 0 or more, not ${maxWait}`);
  let announced = '';
  return {
    checks: values.checks,
    probes: values.probes,
    policy,
    counted,
    units,
    metadata: values.metadata,
    offline: values.offline || environment().offline,
    osvDb: values['osv-db'],
    resolveImages: values['resolve-images'],
    commit: values.commit,
    commitDepth: values['commit-depth'],
    fileMode: values['file-mode'] === 'git' ? 'git' : 'archive',
    networkOptions: {
      maxWait,
      cache: !values['no-cache'],
      cachePrivate: values['cache-private'],
      onWait: ({ why, milliseconds }) => {
        // Several scans wait for the same budget: once is enough.
        const ends = `${why} ${Math.round((Date.now() + milliseconds) / 2000)}`;
        if (ends !== announced) writeError(`waiting ${Math.ceil(milliseconds / 1000)} s: ${why}\n`);
        announced = ends;
      },
    },
    experimental: environment().experimental,
  };
}
