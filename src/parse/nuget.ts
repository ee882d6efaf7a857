/**
 * The settings of .NET projects that pin NuGet packages. Reference: file-checks 8.9.
 */
import { scanXml } from './xml-scan.ts';

/** A version named for the whole repository. */
export interface CentralVersion {
  readonly name: string;
  readonly version: string;
  /** One exact version in square brackets. */
  readonly isFixed: boolean;
}

/** What a `Directory.*.props` file says. */
export interface CentralPackages {
  /** Central package management is switched on. */
  readonly isEnabled: boolean;
  /** Versions named in the file; empty while switched off. */
  readonly versions: readonly CentralVersion[];
}

/** What a project file says. */
export interface ProjectSettings {
  /** Restore fails when the lock file does not fit. */
  readonly isLocked: boolean;
  readonly allowsUnsafeBlocks: boolean;
}

const TRUE_WORDS = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE_WORDS = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Reads a `Directory.*.props` file; undefined when it is not well-formed or a switch is no boolean. */
export function readCentralPackages(text: string): CentralPackages | undefined {
  const versions: CentralVersion[] = [];
  const flags = readFlags(text, ['ManagePackageVersionsCentrally'], (name, attributes) => {
    if (name !== 'PackageVersion') return;
    const version = attributes.get('Version') ?? '';
    versions.push({ name: attributes.get('Include') ?? '', version, isFixed: isFixedVersion(version) });
  });
  if (flags === undefined) return undefined;
  const isEnabled = flags.has('ManagePackageVersionsCentrally');
  return { isEnabled, versions: isEnabled ? versions : [] };
}

/** Reads a project file; undefined when it is not well-formed or a switch is no boolean. */
export function readProjectSettings(text: string): ProjectSettings | undefined {
  const flags = readFlags(text, ['RestoreLockedMode', 'AllowUnsafeBlocks']);
  if (flags === undefined) return undefined;
  return { isLocked: flags.has('RestoreLockedMode'), allowsUnsafeBlocks: flags.has('AllowUnsafeBlocks') };
}

/** One pair of square brackets around one version: `[1.2.3]`, `[$(Var)]`. */
export function isFixedVersion(version: string): boolean {
  return /^\[[^[,]+\]$/.test(version);
}

type ItemHandler = (name: string, attributes: ReadonlyMap<string, string>) => void;

/**
 * Switches that are on in some PropertyGroup right below the root; within one group the last mention wins.
 * Conditions are not evaluated. Items of ItemGroups go to `onItem`.
 */
function readFlags(text: string, names: readonly string[], onItem?: ItemHandler): Set<string> | undefined {
  const on = new Set<string>();
  let group: Map<string, boolean> | undefined;
  let isItemGroup = false;
  let flag: string | undefined;
  let value = '';
  let isFaulty = false;
  const isWellFormed = scanXml(text, {
    open(name, attributes, depth) {
      if (depth === 1 && name !== 'Project') isFaulty = true;
      if (depth === 2) {
        group = name === 'PropertyGroup' ? new Map() : undefined;
        isItemGroup = name === 'ItemGroup';
      } else if (depth === 3) {
        if (group !== undefined && names.includes(name)) {
          flag = name;
          value = '';
        } else if (isItemGroup) onItem?.(name, attributes);
      }
    },
    text(part, depth) {
      if (depth === 3 && flag !== undefined) value += part;
    },
    close(_name, depth) {
      if (depth === 3 && flag !== undefined) {
        const word = value.trim();
        if (value !== '' && !TRUE_WORDS.has(word) && !FALSE_WORDS.has(word)) isFaulty = true;
        group?.set(flag, TRUE_WORDS.has(word));
        flag = undefined;
      } else if (depth === 2) {
        for (const [name, isOn] of group ?? []) if (isOn) on.add(name);
        group = undefined;
        isItemGroup = false;
      }
    },
  });
  return isWellFormed && !isFaulty ? on : undefined;
}

/** One file that was looked at. */
export interface NamedSettings<T> {
  readonly path: string;
  /** Undefined: unreadable. */
  readonly settings: T | undefined;
}

/** What the project settings mean for unpinned NuGet commands. */
export interface NugetJudgement {
  /** All of them count as pinned. */
  readonly pins: boolean;
  /** Versions that keep central management from pinning. */
  readonly unfixedVersions: readonly string[];
  /** Project files without locked mode, when others have it. */
  readonly unlockedProjects: readonly string[];
  /** Files that could not be read and were passed over. */
  readonly unreadable: readonly string[];
}

/**
 * Judges the settings as the reference does: of the props files, in listing order, the first readable one
 * alone counts; project files only when it does not switch central management on.
 */
export function judgeNuget(
  props: readonly NamedSettings<CentralPackages>[],
  projects: readonly NamedSettings<ProjectSettings>[],
): NugetJudgement {
  const first = props.findIndex((file) => file.settings !== undefined);
  const seen = first < 0 ? props : props.slice(0, first);
  const unreadable = [...seen, ...projects.filter((file) => file.settings === undefined)].map(
    ({ path }) => path,
  );
  return { ...judgeReadable(props[first]?.settings, projects), unreadable };
}

/** Like `judgeNuget`, all props files taken together: one that only sets other things hides none. */
export function judgeNugetAll(
  props: readonly NamedSettings<CentralPackages>[],
  projects: readonly NamedSettings<ProjectSettings>[],
): NugetJudgement {
  const readable = props.flatMap(({ settings }) => settings ?? []);
  const isEnabled = readable.some((settings) => settings.isEnabled);
  const central = { isEnabled, versions: readable.flatMap(({ versions }) => versions) };
  const unreadable = [...props, ...projects]
    .filter((file) => file.settings === undefined)
    .map(({ path }) => path);
  return { ...judgeReadable(central, projects), unreadable };
}

function judgeReadable(
  central: CentralPackages | undefined,
  projects: readonly NamedSettings<ProjectSettings>[],
): Omit<NugetJudgement, 'unreadable'> {
  if (central?.isEnabled === true) {
    const unfixedVersions = central.versions.filter(({ isFixed }) => !isFixed).map(({ version }) => version);
    return { pins: unfixedVersions.length === 0, unfixedVersions, unlockedProjects: [] };
  }
  const readable = projects.filter((file) => file.settings !== undefined);
  const unlocked = readable.filter((file) => file.settings?.isLocked !== true).map(({ path }) => path);
  const isMixed = unlocked.length > 0 && unlocked.length < readable.length;
  return {
    pins: readable.length > 0 && unlocked.length === 0,
    unfixedVersions: [],
    unlockedProjects: isMixed ? unlocked : [],
  };
}
