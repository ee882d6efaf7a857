import {
  type Answer,
  type Branch,
  type BranchFacts,
  derive,
  isKnown,
  type Release,
  type Ruleset,
} from '../core/index.ts';
import {
  ALL_OFF,
  type BranchSettings,
  fromClassic,
  fromPublic,
  fromRuleset,
  merge,
  NOTHING_KNOWN,
  rulesetsFor,
  type SettingName,
} from './branchSettings.ts';
import { branchFacts, releases } from './facts.ts';

/** One branch that matters, with its protection as the reference merges it and as it truly is. */
export interface GuardedBranch {
  readonly name: string;
  readonly isDefault: boolean;
  /** Some rule applies to it, whatever the rule says. */
  readonly protected: boolean;
  readonly reference: BranchSettings;
  /** null = hidden from the token; a setting nobody made is off. */
  readonly actual: BranchSettings;
  /** What would show the settings that are null in `actual`. */
  readonly needs: string;
  /** Where each setting that is on comes from: `classic rule`, `ruleset NAME`. */
  readonly sources: Readonly<Partial<Record<SettingName, string>>>;
  /** Who may pass by the rules, each with the ruleset that allows it. */
  readonly bypass: readonly string[];
  /** Publication of the newest release made from it; undefined when there is none. */
  readonly released: string | undefined;
}

export interface GuardedBranches {
  /** Why the reference cannot judge, although something is known. */
  readonly trouble?: string;
  /** Set when nothing is known. */
  readonly unknown?: { readonly why: string; readonly needs?: string; readonly failed: boolean };
  /** Default branch first, then branches named by releases. */
  readonly branches: readonly GuardedBranch[];
}

/** The permission that shows classic branch protection. */
export const CLASSIC_PERMISSION = 'an administrator token, or a fine-grained one with administration: read';
const BYPASS_PERMISSION = 'a token with write access to the rulesets (administration: write)';

const isCommit = (text: string): boolean => /^[a-f0-9]{40}$/.test(text);

/** Branches that count and how they are guarded. Reference: api-checks 6.1 to 6.3. */
export const guardedBranches = derive({
  id: 'guardedBranches',
  version: 1,
  needs: { branchFacts, releases },
  derive: ({ branchFacts, releases }) => guard(branchFacts, releases),
});

function guard(facts: Answer<BranchFacts>, releases: Answer<readonly Release[]>): GuardedBranches {
  if (!isKnown(facts)) {
    const { why, needs, unknown } = facts;
    return { unknown: { why, failed: unknown === 'failed', ...(needs && { needs }) }, branches: [] };
  }
  const { rulesets } = facts.known;
  const trouble: string[] = [];
  const list = isKnown(releases) ? releases.known : [];
  if (!isKnown(releases) && releases.unknown !== 'unsupported')
    trouble.push(`releases cannot be listed: ${releases.why}`);
  const chosen = choose(facts.known.branches, list, trouble);
  const active = rulesets.some((ruleset) => ruleset.enforcement === 'active');
  if (!active && chosen.some((branch) => !isKnown(branch.classic)))
    trouble.push(`classic branch protection is hidden from this token; it takes ${CLASSIC_PERMISSION}`);
  const branches = chosen.map((branch) => guardOne(branch, facts.known, list, trouble));
  return trouble.length === 0 ? { branches } : { trouble: trouble[0]!, branches };
}

/** The default branch and the branches releases name, in that order. */
function choose(existing: readonly Branch[], releases: readonly Release[], trouble: string[]): Branch[] {
  const byName = new Map(existing.map((branch) => [branch.name, branch]));
  const chosen = new Map<string, Branch>();
  for (const branch of existing) if (branch.isDefault) chosen.set(branch.name, branch);
  for (const { target } of releases) {
    if (target === '') trouble.push('a release names no branch or commit');
    const redirect = redirectOf(target);
    if (target === '' || isCommit(target) || chosen.has(target) || chosen.has(redirect)) continue;
    const branch = byName.get(target) ?? byName.get(redirect);
    if (branch !== undefined) chosen.set(branch.name, branch);
  }
  return [...chosen.values()];
}

/** The name a branch was given all over the world; the reference follows releases there. */
const redirectOf = (target: string): string => (target === 'master' ? 'main' : '');

const isMovedTo = (name: string, target: string, existing: readonly Branch[]): boolean =>
  redirectOf(target) === name && !existing.some((branch) => branch.name === target);

/** One thing that guards a branch. */
interface Layer {
  readonly source: string;
  readonly settings: BranchSettings;
  /** What still holds for those who may pass by; null = who may is hidden. */
  readonly unavoidable: BranchSettings | null;
}

function guardOne(
  branch: Branch,
  facts: BranchFacts,
  releases: readonly Release[],
  trouble: string[],
): GuardedBranch {
  let applying: Ruleset[] = [];
  try {
    applying = rulesetsFor(branch, facts.rulesets);
  } catch (error) {
    trouble.push((error as Error).message);
    applying = facts.rulesets.filter((ruleset) => safely(() => rulesetsFor(branch, [ruleset]).length > 0));
  }
  const layers = [...directLayer(branch), ...applying.map(rulesetLayer)];
  const guarded = layers.length > 0;
  const reference = layers.map((layer) => layer.settings).reduce(merge, NOTHING_KNOWN);
  const seesClassic = isKnown(branch.classic) && (branch.classic.known !== null || facts.admin);
  const hidden = branch.publicRule !== null && !seesClassic;
  const released = releases
    .filter(({ target }) => target === branch.name || isMovedTo(branch.name, target, facts.branches))
    .filter((release) => release.publishedAt !== undefined)
    .map((release) => release.publishedAt!)
    .sort()
    .at(-1);
  return {
    name: branch.name,
    isDefault: branch.isDefault,
    protected: guarded,
    reference,
    actual: {
      ...(hidden ? unlessHidden(reference) : offWhereUnset(reference)),
      enforceAdmins: coversAll(layers),
    },
    needs: hidden ? CLASSIC_PERMISSION : BYPASS_PERMISSION,
    sources: sourcesOf(layers, reference),
    bypass: applying.flatMap((ruleset) =>
      (ruleset.bypass ?? []).map(({ who, mode }) =>
        mode === 'always'
          ? `${who} (ruleset ${ruleset.name})`
          : `${who}, in pull requests only (ruleset ${ruleset.name})`,
      ),
    ),
    released,
  };
}

function safely(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

function directLayer(branch: Branch): Layer[] {
  if (isKnown(branch.classic) && branch.classic.known !== null) {
    const settings = fromClassic(branch.classic.known);
    return [
      { source: 'classic rule', settings, unavoidable: settings.enforceAdmins ? settings : NOTHING_KNOWN },
    ];
  }
  if (branch.publicRule === null) return [];
  return [{ source: 'classic rule', settings: fromPublic(branch.publicRule), unavoidable: null }];
}

function rulesetLayer(ruleset: Ruleset): Layer {
  const settings = fromRuleset(ruleset);
  return { source: `ruleset ${ruleset.name}`, settings, unavoidable: unavoidableOf(ruleset, settings) };
}

function unavoidableOf(ruleset: Ruleset, settings: BranchSettings): BranchSettings | null {
  if (ruleset.bypass === null) return null;
  if (ruleset.bypass.length === 0) return settings;
  if (ruleset.bypass.some((actor) => actor.mode === 'always')) return NOTHING_KNOWN;
  const { allowDeletions, allowForcePushes, pullRequestRequired } = settings;
  return { ...NOTHING_KNOWN, allowDeletions, allowForcePushes, pullRequestRequired };
}

/**
 * A hidden classic rule may be stricter than what is seen: only what is on for certain is known. The number of
 * approvals is public; where no rule asks for any, there is none.
 */
function unlessHidden(settings: BranchSettings): BranchSettings {
  const surely = (value: boolean | null) => (value === true ? true : null);
  return {
    ...settings,
    reviewCount: settings.reviewCount ?? 0,
    dismissStaleReviews: surely(settings.dismissStaleReviews),
    lastPushApproval: surely(settings.lastPushApproval),
    upToDate: surely(settings.upToDate),
    pullRequestRequired: surely(settings.pullRequestRequired),
  };
}

function offWhereUnset(settings: BranchSettings): BranchSettings {
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    value ?? ALL_OFF[name as SettingName],
  ]);
  return Object.fromEntries(entries) as unknown as BranchSettings;
}

/** Do the rules hold for everybody? null when that is hidden; false when there are none. */
function coversAll(layers: readonly Layer[]): boolean | null {
  if (layers.length === 0) return false;
  const all = strictness(layers.map((layer) => layer.settings));
  const certain = strictness(layers.flatMap((layer) => (layer.unavoidable ? [layer.unavoidable] : [])));
  if (all === certain) return true;
  const possible = strictness(layers.map((layer) => layer.unavoidable ?? layer.settings));
  return all === possible ? null : false;
}

/** The merged settings without the question who is bound by them, comparable as text. */
function strictness(settings: readonly BranchSettings[]): string {
  const merged = settings.reduce(merge, NOTHING_KNOWN);
  return JSON.stringify({
    ...offWhereUnset(merged),
    enforceAdmins: null,
    contexts: [...merged.contexts].sort(),
  });
}

function sourcesOf(layers: readonly Layer[], merged: BranchSettings): GuardedBranch['sources'] {
  const sources: Partial<Record<SettingName, string>> = {};
  for (const name of Object.keys(NOTHING_KNOWN) as SettingName[]) {
    const value = merged[name];
    const isOff = value === null || JSON.stringify(value) === JSON.stringify(ALL_OFF[name]);
    if (isOff) continue;
    const layer = layers.find((one) =>
      name === 'contexts' ? one.settings.contexts.length > 0 : one.settings[name] === value,
    );
    if (layer !== undefined) sources[name] = layer.source;
  }
  return sources;
}
