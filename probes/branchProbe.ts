/** What the eleven probes of Branch-Protection share: one finding per branch, and what the Assay view adds. */
import {
  CannotJudge,
  defineProbe,
  type Effort,
  type FindingDraft,
  type Improvement,
  notApplicable,
  notAvailable,
  type Outcome,
  type Probe,
  type Ruleset,
  type RulesetRule,
  type Told,
  type View,
} from '../src/core/index.ts';
import type { BranchSettings, SettingName } from '../src/evidence/branchSettings.ts';
import { type CodeOwnersFile, codeOwnersFiles, codeOwnersInForce } from '../src/evidence/codeOwners.ts';
import {
  type GuardedBranch,
  type GuardedBranches,
  guardedBranches,
} from '../src/evidence/guardedBranches.ts';
import { type Maintainers, maintainers, onlyMaintainer } from '../src/evidence/maintainers.ts';

/** Value every finding about a branch carries. */
export const BRANCH = 'branchName';

/** What a probe sees beside the branch. */
export interface BranchContext {
  readonly view: View;
  /** Paths of files that count as CODEOWNERS in this view. */
  readonly codeOwners: readonly string[];
  /** Lines of the file in force that name nobody because they cannot be read; empty in the reference view. */
  readonly badOwnerLines: readonly number[];
}

/** Answer for one branch; `undefined` = the setting is hidden. */
export type BranchAnswer =
  | { readonly outcome: 'True' | 'False'; readonly message: string; readonly values?: Record<string, string> }
  | undefined;

export interface BranchProbeSpec {
  readonly id: string;
  readonly effort: Effort;
  readonly act: string;
  readonly summary: string;
  readonly motivation: string;
  readonly implementation: string;
  readonly yes: string;
  readonly no: string;
  readonly hidden: string;
  readonly steps: readonly string[];
  readonly setting: SettingName | 'protected';
  /** The setting in words, for "cannot be seen" messages. */
  readonly what: string;
  /** A person alone cannot meet it. */
  readonly takesTwo?: boolean;
  /** The reference loses the remediation of False findings (file-checks 1.3). */
  readonly losesRemediation?: boolean;
  /** Judges against CODEOWNERS files. */
  readonly usesCodeOwners?: boolean;
  readonly improvements?: Readonly<Record<string, Improvement>>;
  /** The ruleset of the default branch as it was, none when absent, and mended. */
  readonly example: { readonly before?: ShownRuleset; readonly after: ShownRuleset };
  readonly judge: (settings: BranchSettings, branch: GuardedBranch, context: BranchContext) => BranchAnswer;
}

export const READABLE: Improvement = {
  what: 'Branches are judged by what is public, instead of not at all, when a token may not read classic rules.',
  why: 'The public part of the rules and all rulesets are readable by anybody; giving up leaves most scans without a result (ossf/scorecard#1097, #3498).',
};

const SHARED: Readonly<Record<string, Improvement>> = {
  'readable-without-admin': READABLE,
  'live-branches': {
    what: 'A release branch counts only while releases are made from it: within the last 365 days.',
    why: 'Branches frozen years ago drag the score and cannot be repaired in any useful sense (labsai/EDDI#634, apache/apisix#13955).',
  },
};

const HIDEABLE: Readonly<Record<string, Improvement>> = {
  'unset-means-off': {
    what: 'A setting that no rule makes is off; only what a token may not see is not available.',
    why: 'The reference cannot tell hidden from absent and lets absent settings of unprotected branches drop out of the score.',
  },
};

const SOURCED: Readonly<Record<string, Improvement>> = {
  'setting-source': {
    what: 'Findings name the rule a setting comes from and, for hidden ones, the permission that would show it.',
    why: 'A maintainer has to know which rule to change and which token would tell.',
  },
};

const ONE_MAINTAINER: Improvement = {
  what: 'Where one person alone decides over all recent changes, demands that take a second person do not apply.',
  why: 'A single maintainer who switches these on locks the project; such a demand says nothing about settings (ossf/scorecard#2450, ossf/allstar#530).',
};

/** Settings that are never hidden. */
const ALWAYS_SEEN: ReadonlySet<string> = new Set(['contexts']);

const YEAR = 365 * 24 * 60 * 60 * 1000;

type ShownRuleset = Pick<Ruleset, 'rules'> & Partial<Pick<Ruleset, 'bypass'>>;

/** A ruleset with the pull request rule; one approval and nothing else unless told. */
export const pullRequestRule = (more: Partial<NonNullable<RulesetRule['pullRequest']>>): ShownRuleset => ({
  rules: [
    {
      type: 'pull_request',
      pullRequest: {
        approvals: 1,
        dismissStaleReviews: false,
        codeOwnerReview: false,
        lastPushApproval: false,
        ...more,
      },
    },
  ],
});

const told = (ruleset: ShownRuleset | undefined): Told => ({
  branches: {
    rulesets: ruleset
      ? [
          {
            target: 'branch',
            enforcement: 'active',
            include: ['~DEFAULT_BRANCH'],
            exclude: [],
            bypass: [],
            ...ruleset,
          },
        ]
      : [],
  },
});

/** A branch without a classic rule, seen by an administrator. */
const MAIN: Told = {
  branches: {
    admin: true,
    branches: [{ name: 'main', isDefault: true, classic: { known: null }, publicRule: null }],
  },
};

/** Makes one of the branch probes. */
export function defineBranchProbe(spec: BranchProbeSpec): Probe {
  const outcomes: Partial<Record<Outcome, string>> = {
    True: spec.yes,
    False: spec.no,
    NotAvailable: spec.hidden,
    NotApplicable: spec.takesTwo
      ? 'There is no branch to look at; in the Assay view also: one person alone maintains the project.'
      : 'There is no branch to look at.',
  };
  const common = {
    id: spec.id,
    lifecycle: 'stable' as const,
    summary: spec.summary,
    motivation: spec.motivation,
    implementation: `${spec.implementation} Looked at are the default branch and every branch that one of the last 30 releases names as its target; classic rules and all active rulesets that match the branch are taken together, the stricter setting winning.`,
    outcomes,
    remediation: { on: 'False' as const, effort: spec.effort, act: spec.act, steps: spec.steps },
    forges: ['github', 'gitlab'] as const,
  };
  const improvements = {
    ...(spec.setting === 'protected'
      ? {}
      : ALWAYS_SEEN.has(spec.setting)
        ? SOURCED
        : { ...SOURCED, ...HIDEABLE }),
    ...SHARED,
    ...(spec.takesTwo ? { 'one-maintainer': ONE_MAINTAINER } : {}),
    ...spec.improvements,
  };
  return defineProbe({
    ...common,
    improvements,
    example: {
      ...(spec.usesCodeOwners ? { files: { '.github/CODEOWNERS': '* @lena @omar\n' } } : {}),
      before: told(spec.example.before),
      after: told(spec.example.after),
      beside: MAIN,
    },
    needs: {
      branches: guardedBranches,
      ...(spec.takesTwo ? { maintainers } : {}),
      ...(spec.usesCodeOwners ? { codeOwnersFiles, codeOwnersInForce } : {}),
    },
    run: (evidence, view) => findings(spec, evidence as unknown as BranchEvidence, view),
  });
}

/** What the probes find under their needs; the last three only where asked for. */
interface BranchEvidence {
  readonly branches: GuardedBranches;
  readonly maintainers?: Maintainers;
  readonly codeOwnersFiles?: readonly { readonly path: string }[];
  readonly codeOwnersInForce?: CodeOwnersFile | null;
}

function findings(spec: BranchProbeSpec, evidence: BranchEvidence, view: View): FindingDraft[] {
  const { unknown, trouble, branches } = evidence.branches;
  const readable = view.adopts('readable-without-admin');
  if (unknown !== undefined) {
    if (!readable || unknown.failed) throw new CannotJudge(`branches cannot be read: ${unknown.why}`);
    return [
      notAvailable(
        `branches cannot be read: ${unknown.why}`,
        unknown.needs === undefined ? {} : { values: { needs: unknown.needs } },
      ),
    ];
  }
  if (trouble !== undefined && !readable) throw new CannotJudge(trouble);
  if (branches.length === 0) return [notApplicable('there is no branch')];
  const alone =
    evidence.maintainers !== undefined && view.adopts('one-maintainer')
      ? onlyMaintainer(evidence.maintainers)
      : undefined;
  const bad = view.adopts('code-owners-in-force') ? (evidence.codeOwnersInForce?.bad ?? []) : [];
  const badOwnerLines = bad.map(({ line }) => line);
  const context = { view, codeOwners: ownersIn(evidence, view), badOwnerLines };
  return branches
    .filter((branch) => !view.adopts('live-branches') || isLive(branch, view.now))
    .map((branch) => one(spec, branch, context, alone));
}

function ownersIn(evidence: BranchEvidence, view: View): string[] {
  if (!view.adopts('code-owners-in-force')) return (evidence.codeOwnersFiles ?? []).map((file) => file.path);
  const file = evidence.codeOwnersInForce;
  return file && file.owners.length > 0 ? [file.path] : [];
}

function isLive(branch: GuardedBranch, now: Date): boolean {
  if (branch.isDefault || branch.released === undefined) return true;
  return now.getTime() - Date.parse(branch.released) <= YEAR;
}

function one(
  spec: BranchProbeSpec,
  branch: GuardedBranch,
  context: BranchContext,
  alone: string | undefined,
): FindingDraft {
  const { view } = context;
  const settings = settingsFor(spec, branch, view);
  const answer = spec.judge(settings, branch, context);
  const named = { [BRANCH]: branch.name };
  const tells = view.adopts('setting-source');
  if (answer === undefined) {
    const values = tells && branch.protected ? { ...named, needs: branch.needs } : named;
    return notAvailable(`${spec.what} on branch ${branch.name} cannot be seen`, { values });
  }
  if (answer.outcome === 'False' && alone !== undefined) {
    const text = `${spec.what} on branch ${branch.name} takes a second person beside ${alone}`;
    return notApplicable(text, { values: named });
  }
  const source = spec.setting === 'protected' ? undefined : branch.sources[spec.setting];
  const values = { ...named, ...answer.values, ...(tells && source !== undefined ? { source } : {}) };
  const remediated = spec.losesRemediation && answer.outcome === 'False' ? { remediated: false } : {};
  return { outcome: answer.outcome, message: answer.message, values, ...remediated };
}

/** Which reading of the branch a view takes for the setting. */
function settingsFor(spec: BranchProbeSpec, branch: GuardedBranch, view: View): BranchSettings {
  if (spec.setting === 'enforceAdmins') {
    const { enforceAdmins } = view.adopts('bypass-by-setting') ? branch.actual : branch.reference;
    const off = view.adopts('unset-means-off') && !branch.protected;
    return { ...branch.reference, enforceAdmins: off ? false : enforceAdmins };
  }
  return view.adopts('unset-means-off') ? branch.actual : branch.reference;
}
