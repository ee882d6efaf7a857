/** Loads what the user named: files and packages into threads of their own, objects as they are. */
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, type PluginInfo, ScanError } from '../core/index.ts';
import { type Caller, localCaller } from './caller.ts';
import type { CaseReport } from './cases.ts';
import { runnerOf } from './runner.ts';
import { shapeOf } from './shape.ts';
import { type BuiltIns, type Units, unitsOf } from './units.ts';
import { workerCaller } from './worker.ts';

export type { BuiltIns, CaseReport };

export interface PluginOptions {
  readonly builtIns: BuiltIns;
  /** Milliseconds one call into a plugin may take. */
  readonly limit: number;
  /** Where packages are looked for; the working folder when absent. */
  readonly from?: string;
}

/** Plugins ready to be used. */
export interface LoadedPlugins extends Units {
  /** As they stand now: what fails later is told, too. */
  infos(): readonly PluginInfo[];
  /** Why plugins could not be loaded, one line each. */
  readonly failures: readonly string[];
  /** Runs the case tables of all. */
  cases(): readonly (CaseReport & { readonly plugin: string })[];
  close(): Promise<void>;
}

interface Loaded {
  readonly source: string;
  readonly caller: Caller;
  readonly units: Units;
}

/**
 * Loads plugins in the order named. One that cannot be loaded is told in `failures` and `infos`.
 * @throws ScanError plugin when a file that was named is not there
 */
export function loadPlugins(wanted: readonly (string | Plugin)[], options: PluginOptions): LoadedPlugins {
  const sources = wanted.map((one) => (typeof one === 'string' ? sourceOf(one, options) : one));
  const loaded: Loaded[] = [];
  const broken: { readonly source: string; readonly failed: string }[] = [];
  for (const source of sources) {
    const label = 'specifier' in source ? source.label : 'library';
    try {
      const caller = 'specifier' in source ? fromSource(source, options) : fromObject(source, options);
      const units = addTo(loaded, caller, options);
      loaded.push({ source: label, caller, units });
    } catch (error) {
      broken.push({ source: label, failed: (error as Error).message });
    }
  }
  return {
    checks: loaded.flatMap(({ units }) => units.checks),
    probes: loaded.flatMap(({ units }) => units.probes),
    infos: () => [...loaded.map(infoOf), ...broken.map(brokenInfo)],
    failures: broken.map(({ source, failed }) => `plugin ${source}: ${failed}`),
    cases: () =>
      loaded.flatMap(({ caller }) =>
        caller.call('cases', 'cases').map((one) => ({ ...one, plugin: caller.description.name })),
      ),
    close: async () => void (await Promise.all(loaded.map(({ caller }) => caller.close()))),
  };
}

interface Source {
  readonly specifier: string;
  readonly label: string;
  readonly usualName: string;
}

const MODULE = /\.[cm]?[jt]s$/;

/** A word with the look of a file is a file; anything else is a package. */
function sourceOf(text: string, { from }: PluginOptions): Source {
  const file = resolve(from ?? process.cwd(), text);
  const isFile = /^\.{0,2}[\\/]|^[A-Za-z]:[\\/]/.test(text) || MODULE.test(text);
  if (!isFile) return { specifier: text, label: text, usualName: plainName(text) };
  if (!existsSync(file)) throw new ScanError('plugin', `plugin ${text}: there is no such file`);
  if (!statSync(file).isFile())
    throw new ScanError('plugin', `plugin ${text}: it is no file (name its main file)`);
  const usualName = plainName(basename(file).replace(MODULE, ''));
  return { specifier: pathToFileURL(file).href, label: text, usualName };
}

const plainName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '') || 'plugin';

function fromSource({ specifier, usualName }: Source, options: PluginOptions): Caller {
  const { builtIns, limit, from = process.cwd() } = options;
  try {
    return workerCaller({
      specifier,
      usualName,
      limit,
      from: pathToFileURL(join(from, 'x.js')).href,
      evidence: [...builtIns.evidence.keys()],
      probes: [...builtIns.probes.keys()],
    });
  } catch (error) {
    const { message } = error as Error;
    if (
      /^(?:TypeError|Error)?[^:]*:? ?Cannot find package/.test(message) &&
      message.includes(`'${specifier}'`)
    )
      throw new Error(`there is no package of this name below ${from} (a file is named ./${specifier})`);
    throw error;
  }
}

function fromObject(plugin: Plugin, { builtIns, limit }: PluginOptions): Caller {
  const own = new Set<object>([...builtIns.evidence.values(), ...builtIns.probes.values()]);
  const isBuiltIn = (unit: object) => own.has(unit);
  return localCaller(runnerOf(shapeOf(plugin, 'plugin', isBuiltIn), isBuiltIn), limit);
}

/** @throws Error when another plugin has the name */
function addTo(loaded: readonly Loaded[], caller: Caller, { builtIns }: PluginOptions): Units {
  const { name } = caller.description;
  const other = loaded.find((one) => one.caller.description.name === name);
  if (other === undefined) return unitsOf(caller, builtIns);
  void caller.close();
  throw new Error(`${other.source} is called ${name}, too (give each plugin a name of its own)`);
}

function infoOf({ source, caller, units }: Loaded): PluginInfo {
  const troubles = caller.troubles();
  return {
    name: caller.description.name,
    source,
    checks: units.checks.map((check) => check.name),
    probes: units.probes.map((probe) => probe.id),
    ...(troubles.length > 0 && { failed: troubles.join('; ') }),
  };
}

const brokenInfo = ({ source, failed }: { source: string; failed: string }): PluginInfo => ({
  name: source === 'library' ? 'plugin' : plainName(basename(source).replace(MODULE, '')),
  source,
  checks: [],
  probes: [],
  failed,
});
