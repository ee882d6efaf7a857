/** Units from outside: a user's own checks and probes, named on the command line or handed to the library. */
import type { CheckCase, EvidenceCase, ProbeCase } from './cases.ts';
import type { Check } from './check.ts';
import type { Probe } from './probe.ts';

/** Case tables of a plugin, by check name, probe id or evidence id as written in the plugin. */
export interface PluginCases {
  readonly checks?: Readonly<Record<string, readonly CheckCase[]>>;
  readonly probes?: Readonly<Record<string, readonly ProbeCase[]>>;
  readonly evidence?: Readonly<Record<string, readonly EvidenceCase[]>>;
}

/** What a plugin exports as its default. Names inside need no prefix: results show `name/unit`. */
export interface Plugin {
  /** Lower-case letters, digits and dashes; prefix of all its units. The file's or package's name when absent. */
  readonly name?: string;
  readonly checks?: readonly Check[];
  /** Probes beyond those of the checks. */
  readonly probes?: readonly Probe[];
  /** Run by `assay plugin FILE`. */
  readonly cases?: PluginCases;
}

/** Makes a plugin. */
export function definePlugin(spec: Plugin): Plugin {
  return spec;
}

/** What a result says of a plugin that was asked for. */
export interface PluginInfo {
  readonly name: string;
  /** As the user named it; `library` for an object handed in. */
  readonly source: string;
  readonly checks: readonly string[];
  readonly probes: readonly string[];
  /** Why it, or a part of it, could not be used. */
  readonly failed?: string;
}
