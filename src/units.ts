/** The units a scan can choose from: the program's own, and those of plugins. */
import { checks } from '../checks/index.ts';
import { probes } from '../probes/index.ts';
import type { AnyEvidence, Catalogue, Check, Plugin, Probe, ScanResult } from './core/index.ts';
import { allProbesOf, ScanError } from './core/index.ts';
import { closure } from './engine/index.ts';
import type { LoadedPlugins } from './plugins/load.ts';

export interface UnitSet {
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  /** Probes of plugins that belong to no check. */
  readonly loose?: readonly Probe[];
  readonly plugins?: LoadedPlugins;
}

export const ownUnits: UnitSet = { checks, probes };

/** Seconds one call into a plugin may take. */
export const PLUGIN_SECONDS = 10;

/**
 * The program's units and those of plugins; to be closed after use. Without plugins nothing is loaded.
 * @throws ScanError plugin when a file that was named is not there
 */
export async function unitsWith(
  plugins: readonly (string | Plugin)[],
  options: { readonly seconds?: number; readonly from?: string } = {},
): Promise<UnitSet> {
  if (plugins.length === 0) return ownUnits;
  const { loadPlugins } = await import('./plugins/load.ts');
  const loaded = loadPlugins(plugins, {
    from: options.from,
    limit: 1000 * (options.seconds ?? PLUGIN_SECONDS),
    builtIns: { evidence: ownEvidence(), probes: new Map(probes.map((probe) => [probe.id, probe])) },
  });
  const inChecks = new Set(loaded.checks.flatMap((check) => allProbesOf(check)));
  return {
    checks: [...checks, ...loaded.checks],
    probes: [...probes, ...loaded.probes],
    loose: loaded.probes.filter((probe) => !inChecks.has(probe)),
    plugins: loaded,
  };
}

/** All evidence of the program's own probes, by id. */
export function ownEvidence(): ReadonlyMap<string, AnyEvidence> {
  return new Map(closure(probes.map((probe) => probe.needs)).map((kind) => [kind.id, kind]));
}

/** Descriptions of the units, for reporters. */
export function catalogue(units: UnitSet = ownUnits): Catalogue {
  return {
    checks: new Map(units.checks.map((check) => [check.name, check])),
    probes: new Map(units.probes.map((probe) => [probe.id, probe])),
  };
}

/** Names the plugins in the result, and tells of those that failed. */
export function withPlugins(result: ScanResult, { plugins }: UnitSet): ScanResult {
  if (plugins === undefined) return result;
  const infos = plugins.infos();
  const notices = infos.flatMap(({ source, failed }) =>
    failed === undefined ? [] : [{ code: 'plugin-failed', message: `plugin ${source}: ${failed}` }],
  );
  return { ...result, plugins: infos, notices: [...result.notices, ...notices] };
}

/** @throws ScanError plugin naming the plugins that could not be loaded; to be called when the result is written */
export function tellBroken({ plugins }: UnitSet): void {
  if (plugins && plugins.failures.length > 0) throw new ScanError('plugin', plugins.failures.join(' | '));
}

/** The program's own kind of evidence. @throws Error when there is none of this name */
export function evidenceNamed(id: string): AnyEvidence {
  const found = ownEvidence().get(id);
  if (found === undefined) throw new Error(`Assay has no evidence ${id}`);
  return found;
}

/** The program's own probe. @throws Error when there is none of this name */
export function probeNamed(id: string): Probe {
  const found = probes.find((probe) => probe.id === id);
  if (found === undefined) throw new Error(`Assay has no probe ${id}`);
  return found;
}
