import { scanTarget } from '../../app.ts';
import {
  environment,
  type OptionName,
  type OptionValues,
  type Target,
  targetOf,
  usage,
} from '../../config/index.ts';
import type { Command } from '../command.ts';
import { deliveryOptions, prepareDelivery } from '../deliver.ts';
import { progressLine } from '../progress.ts';
import { writeFile } from '../streams.ts';

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
  'evidence',
  'stats',
  ...deliveryOptions,
];

export const command: Command = {
  name: 'scan',
  summary: 'Judges a repository; the default when no command is named.',
  usage: '[scan] FOLDER [options]',
  options,
  async run({ values, given, positionals }) {
    const target = theTarget(values, given, positionals);
    const delivery = await prepareDelivery(values);
    const progress = progressLine(target.path, !quiet(values.verbosity));
    try {
      const scanned = await scanTarget(target, {
        checks: values.checks,
        probes: values.probes,
        policy: delivery.policy,
        metadata: values.metadata,
        offline: values.offline,
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
  },
};

const quiet = (verbosity: string): boolean => !['info', 'debug', 'trace'].includes(verbosity);

/** Exactly one target, by option or as a word. */
function theTarget(values: OptionValues, given: ReadonlySet<OptionName>, words: readonly string[]): Target {
  const named = targetOptions.filter((name) => given.has(name));
  const spelled = [...named.map((name) => `--${name}`), ...words];
  if (spelled.length === 0) usage('nothing to look at (name a folder: assay .)');
  if (spelled.length > 1) usage(`one target at a time, not ${spelled.join(' and ')}`);
  return values.local !== undefined ? { kind: 'folder', path: values.local } : targetOf(words[0]!);
}
