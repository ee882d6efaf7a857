import { scanTarget, type UnitSet } from '../../app.ts';
import {
  environment,
  type OptionName,
  type OptionValues,
  type Target,
  targetOf,
  targetText,
  usage,
} from '../../config/index.ts';
import type { Command } from '../command.ts';
import { deliveryOptions, prepareDelivery } from '../deliver.ts';
import { withUnits } from '../plugins.ts';
import { progressLine } from '../progress.ts';
import { writeError, writeFile } from '../streams.ts';

const targetOptions = ['local', 'repo', 'repos', 'org', 'npm', 'pypi', 'rubygems', 'nuget'] as const;

const options: readonly OptionName[] = [
  ...targetOptions,
  'commit',
  'commit-depth',
  'file-mode',
  'checks',
  'probes',
  'metadata',
  'offline',
  'osv-db',
  'max-wait',
  'no-cache',
  'cache-private',
  'evidence',
  'stats',
  ...deliveryOptions,
];

export const command: Command = {
  name: 'scan',
  summary: 'Judges a repository; the default when no command is named.',
  usage: '[scan] FOLDER|REPOSITORY [options]',
  options,
  async run({ values, given, positionals }) {
    const target = theTarget(values, given, positionals);
    return withUnits(values, (units) => scan(target, values, units));
  },
};

async function scan(target: Target, values: OptionValues, units: UnitSet): Promise<number> {
  const delivery = await prepareDelivery(values, units);
  const progress = progressLine(targetText(target), !quiet(values.verbosity));
  try {
    const scanned = await scanTarget(target, {
      checks: values.checks,
      probes: values.probes,
      policy: delivery.policy,
      counted: delivery.counted,
      units,
      metadata: values.metadata,
      offline: values.offline || environment().offline,
      osvDb: values['osv-db'],
      commit: values.commit,
      commitDepth: values['commit-depth'],
      fileMode: values['file-mode'] === 'git' ? 'git' : 'archive',
      networkOptions: {
        maxWait: values['max-wait'],
        cache: !values['no-cache'],
        cachePrivate: values['cache-private'],
        onWait: ({ why, milliseconds }) =>
          writeError(`waiting ${Math.ceil(milliseconds / 1000)} s: ${why}\n`),
      },
      experimental: environment().experimental,
      onProgress: progress.onProgress,
    });
    progress.end();
    if (values.evidence !== undefined) writeFile(values.evidence, `${JSON.stringify(scanned.evidence)}\n`);
    await delivery.write(scanned);
  } finally {
    progress.end();
  }
  delivery.finish();
  return 0;
}

const quiet = (verbosity: string): boolean => !['info', 'debug', 'trace'].includes(verbosity);

/** Exactly one target, by option or as a word. */
function theTarget(values: OptionValues, given: ReadonlySet<OptionName>, words: readonly string[]): Target {
  const named = targetOptions.filter((name) => given.has(name));
  const spelled = [...named.map((name) => `--${name}`), ...words];
  if (spelled.length === 0) usage('nothing to look at (name a folder or a repository: assay .)');
  if (spelled.length > 1) usage(`one target at a time, not ${spelled.join(' and ')}`);
  if (values.local !== undefined) return { kind: 'folder', path: values.local };
  return values.repo !== undefined ? { kind: 'repository', name: values.repo } : targetOf(words[0]!);
}
