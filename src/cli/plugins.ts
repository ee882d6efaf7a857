/** Plugins of the command line: loaded before anything else is done, ended after everything else. */
import { ownUnits, type UnitSet, unitsWith } from '../app.ts';
import { type OptionValues, usage } from '../config/index.ts';

/** Does something with the units that `--plugin` makes of the program's own. */
export async function withUnits<T>(
  values: Pick<OptionValues, 'plugin' | 'plugin-timeout'>,
  use: (units: UnitSet) => Promise<T>,
): Promise<T> {
  if (values.plugin.length === 0) return use(ownUnits);
  const seconds = values['plugin-timeout'];
  if (seconds === undefined || seconds < 1) usage('--plugin-timeout needs at least 1 second');
  const units = await unitsWith(values.plugin, { seconds });
  try {
    return await use(units);
  } finally {
    await units.plugins?.close();
  }
}
