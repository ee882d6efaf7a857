import { describe, expect, it } from 'vitest';
import {
  type Answer,
  type Branch,
  type BranchFacts,
  type ClassicBranchRule,
  known,
  type PublicBranchRule,
  type Release,
  type Ruleset,
  unknown,
} from '../core/index.ts';
import { rulesetsFor } from './branchSettings.ts';
import { type GuardedBranches, guardedBranches } from './guardedBranches.ts';

const PUBLIC: PublicBranchRule = {
  allowsDeletions: false,
  allowsForcePushes: false,
  requiresLinearHistory: false,
  requiredApprovingReviewCount: 1,
  requiresCodeOwnerReviews: false,
  requiredStatusCheckContexts: ['build'],
};

const CLASSIC: ClassicBranchRule = {
  ...PUBLIC,
  dismissesStaleReviews: true,
  isAdminEnforced: true,
  requiresStatusChecks: true,
  requiresStrictStatusChecks: true,
  requireLastPushApproval: false,
};

const RULESET: Ruleset = {
  name: 'guard',
  enforcement: 'active',
  target: 'branch',
  include: ['~DEFAULT_BRANCH'],
  exclude: [],
  bypass: [],
  rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }],
};

const REVIEWED: Ruleset = {
  ...RULESET,
  name: 'reviews',
  rules: [
    {
      type: 'pull_request',
      pullRequest: {
        approvals: 2,
        dismissStaleReviews: true,
        codeOwnerReview: false,
        lastPushApproval: false,
      },
    },
    { type: 'required_status_checks', statusChecks: { strict: true, contexts: ['unit'] } },
  ],
};

const branch = (more: Partial<Branch> = {}): Branch => ({
  name: 'main',
  isDefault: true,
  classic: known(null),
  publicRule: null,
  ...more,
});

const release = (target: string, publishedAt = '2025-01-01T00:00:00Z'): Release => ({
  tag: `v-${target}`,
  target,
  htmlUrl: '',
  apiUrl: '',
  publishedAt,
  draft: false,
  prerelease: false,
  assets: [],
});

const facts = (branches: Branch[], rulesets: Ruleset[] = [], admin = false): Answer<BranchFacts> =>
  known({ branches, rulesets, admin });

const guarded = (facts: Answer<BranchFacts>, releases: Answer<readonly Release[]> = known([])) =>
  (guardedBranches.derive as (evidence: unknown) => GuardedBranches)({ branchFacts: facts, releases });

const first = (...input: Parameters<typeof guarded>) => guarded(...input).branches[0]!;

describe('which branches count', () => {
  const names = (existing: string[], targets: string[]) =>
    guarded(
      facts(existing.map((name, index) => branch({ name, isDefault: index === 0 }))),
      known(targets.map((target) => release(target))),
    );
  it.each([
    ['default only', ['main'], [], ['main']],
    ['named by a release, in their order', ['main', 'v1', 'v2'], ['v2', 'v1', 'v2'], ['main', 'v2', 'v1']],
    ['commits are no branches', ['main'], ['a'.repeat(40)], ['main']],
    ['gone branches', ['main'], ['v1'], ['main']],
    ['master where main is there', ['main', 'master'], ['master'], ['main']],
    [
      'master, redirected to a main that is not the default',
      ['trunk', 'main'],
      ['master'],
      ['trunk', 'main'],
    ],
  ])('%s', (_, existing, targets, expected) => {
    expect(names(existing, targets).branches.map((one) => one.name)).toEqual(expected);
  });

  it('a release without a target ends the reference view', () => {
    expect(names(['main'], ['']).trouble).toContain('names no branch');
  });
  it('a list of releases the forge does not have is no trouble; one that failed is', () => {
    expect(guarded(facts([branch()]), unknown('unsupported', 'none')).trouble).toBeUndefined();
    expect(guarded(facts([branch()]), unknown('failed', 'timeout')).trouble).toContain('timeout');
  });
});

describe('the reference record', () => {
  it('no rule: unprotected, nothing known', () => {
    const { protected: guardedAtAll, reference, actual } = first(facts([branch()]));
    expect(guardedAtAll).toBe(false);
    expect(reference).toMatchObject({ allowDeletions: null, pullRequestRequired: null, contexts: [] });
    expect(actual).toMatchObject({ allowDeletions: true, enforceAdmins: false, reviewCount: 0 });
  });
  it('a classic rule as its administrator sees it', () => {
    expect(first(facts([branch({ classic: known(CLASSIC), publicRule: PUBLIC })])).reference).toEqual({
      allowDeletions: false,
      allowForcePushes: false,
      enforceAdmins: true,
      lastPushApproval: false,
      dismissStaleReviews: true,
      codeOwnerReviews: false,
      reviewCount: 1,
      pullRequestRequired: true,
      upToDate: true,
      contexts: ['build'],
    });
  });
  it('a classic rule without pull requests, and strict checks that are not required', () => {
    const rule = {
      ...CLASSIC,
      requiredApprovingReviewCount: null,
      dismissesStaleReviews: false,
      requiresStatusChecks: false,
      requiredStatusCheckContexts: [],
    };
    expect(first(facts([branch({ classic: known(rule) })])).reference).toMatchObject({
      reviewCount: null,
      pullRequestRequired: false,
      upToDate: false,
    });
  });
  it.each([{ requiresCodeOwnerReviews: true }, { requireLastPushApproval: true }])(
    'a classic rule that only makes sense with pull requests: %o',
    (more) => {
      const rule = { ...CLASSIC, requiredApprovingReviewCount: null, dismissesStaleReviews: false, ...more };
      expect(first(facts([branch({ classic: known(rule) })])).reference.pullRequestRequired).toBe(true);
    },
  );
  it('the public part: administrators’ settings are unknown', () => {
    expect(first(facts([branch({ publicRule: PUBLIC })])).reference).toMatchObject({
      allowDeletions: false,
      reviewCount: 1,
      pullRequestRequired: true,
      enforceAdmins: null,
      upToDate: null,
      dismissStaleReviews: null,
    });
    const lax = { ...PUBLIC, requiredApprovingReviewCount: 0 };
    expect(first(facts([branch({ publicRule: lax })])).reference.pullRequestRequired).toBeNull();
  });
  it('rulesets are merged, the stricter wins, one bypass lowers all', () => {
    const bypassed: Ruleset = { ...REVIEWED, bypass: [{ mode: 'always', who: 'role admin' }] };
    expect(first(facts([branch()], [RULESET, bypassed])).reference).toEqual({
      allowDeletions: false,
      allowForcePushes: false,
      enforceAdmins: false,
      lastPushApproval: false,
      dismissStaleReviews: true,
      codeOwnerReviews: false,
      reviewCount: 2,
      pullRequestRequired: true,
      upToDate: true,
      contexts: ['unit'],
    });
  });
  it('classic and ruleset together', () => {
    const { reference } = first(facts([branch({ publicRule: PUBLIC })], [REVIEWED]));
    expect(reference).toMatchObject({
      allowDeletions: false,
      reviewCount: 2,
      contexts: ['build', 'unit'],
      enforceAdmins: true,
    });
  });
  it('an empty list of required checks says nothing', () => {
    const empty: Ruleset = {
      ...RULESET,
      rules: [{ type: 'required_status_checks', statusChecks: { strict: true, contexts: [] } }],
    };
    expect(first(facts([branch()], [empty])).reference).toMatchObject({ upToDate: null, contexts: [] });
  });
});

describe('what a token may not read', () => {
  const hidden = unknown('forbidden', 'Resource not accessible');
  it('ends the reference view, unless some ruleset is active somewhere', () => {
    expect(guarded(facts([branch({ classic: hidden })])).trouble).toContain('classic branch protection');
    const elsewhere: Ruleset = { ...RULESET, include: ['refs/heads/other'] };
    expect(guarded(facts([branch({ classic: hidden })], [elsewhere])).trouble).toBeUndefined();
    const sleeping: Ruleset = { ...RULESET, enforcement: 'evaluate' };
    expect(guarded(facts([branch({ classic: hidden })], [sleeping])).trouble).toBeDefined();
  });
  it('is null in the true record, and only that', () => {
    const { actual, needs } = first(facts([branch({ publicRule: PUBLIC })]));
    expect(actual).toMatchObject({
      allowDeletions: false,
      reviewCount: 1,
      pullRequestRequired: true,
      codeOwnerReviews: false,
      dismissStaleReviews: null,
      lastPushApproval: null,
      upToDate: null,
      enforceAdmins: null,
    });
    expect(needs).toContain('administration: read');
  });
  it('nothing is hidden from an administrator, nor where no classic rule can be', () => {
    expect(first(facts([branch({ publicRule: PUBLIC })], [], true)).actual.dismissStaleReviews).toBe(false);
    expect(first(facts([branch()], [RULESET])).actual).toMatchObject({ upToDate: false, reviewCount: 0 });
  });
  it('a failed answer is told as failed', () => {
    expect(guarded(unknown('failed', '502')).unknown).toEqual({ why: '502', failed: true });
    expect(guarded(unknown('forbidden', 'no', 'scope')).unknown).toEqual({
      why: 'no',
      needs: 'scope',
      failed: false,
    });
  });
});

describe('whom the rules bind, setting by setting', () => {
  const admins = (rulesets: Ruleset[], more: Partial<Branch> = {}) =>
    first(facts([branch(more)], rulesets)).actual.enforceAdmins;
  const always: Ruleset = { ...RULESET, bypass: [{ mode: 'always', who: 'app x' }] };
  const inPulls: Ruleset = { ...REVIEWED, bypass: [{ mode: 'pull_request', who: 'role admin' }] };
  it.each<[string, Ruleset[], boolean | null]>([
    ['no bypass list', [RULESET], true],
    ['a bypass', [always], false],
    ['a bypass of what another ruleset enforces anyway', [always, { ...RULESET, name: 'b' }], true],
    ['a bypass in pull requests lets reviews go', [inPulls], false],
    ['but not the block on deletion', [{ ...RULESET, bypass: inPulls.bypass }], true],
    ['a hidden list', [{ ...RULESET, bypass: null }], null],
    ['a hidden list beside the same without exception', [{ ...RULESET, bypass: null }, RULESET], true],
    ['a hidden list beside an open bypass', [{ ...RULESET, bypass: null }, inPulls], false],
    ['no rule', [], false],
  ])('%s', (_, rulesets, expected) => {
    expect(admins(rulesets)).toBe(expected);
  });
  it('classic rules', () => {
    expect(admins([], { classic: known(CLASSIC) })).toBe(true);
    expect(admins([], { classic: known({ ...CLASSIC, isAdminEnforced: false }) })).toBe(false);
    expect(admins([], { publicRule: PUBLIC })).toBeNull();
  });
  it('names rules and who may pass by them', () => {
    const { sources, bypass } = first(facts([branch({ publicRule: PUBLIC })], [always, inPulls]));
    expect(sources).toMatchObject({
      allowDeletions: 'classic rule',
      reviewCount: 'ruleset reviews',
      upToDate: 'ruleset reviews',
    });
    expect(bypass).toEqual(['app x (ruleset guard)', 'role admin, in pull requests only (ruleset reviews)']);
  });
});

describe('which rulesets match', () => {
  const match = (ruleset: Partial<Ruleset>, name = 'main', isDefault = true) =>
    rulesetsFor({ name, isDefault }, [{ ...RULESET, ...ruleset }]).length > 0;
  it.each<[string, Partial<Ruleset>, boolean]>([
    ['the default branch', {}, true],
    ['disabled', { enforcement: 'disabled' }, false],
    ['evaluated only', { enforcement: 'evaluate' }, false],
    ['for tags', { target: 'tag' }, false],
    ['without a target', { target: undefined }, true],
    ['all', { include: ['~ALL'] }, true],
    ['by pattern', { include: ['refs/heads/m*'] }, true],
    ['excluded', { include: ['~ALL'], exclude: ['refs/heads/main'] }, false],
    ['special names mean nothing in the exclude list', { exclude: ['~DEFAULT_BRANCH'] }, true],
    ['nothing included, something excluded', { include: [], exclude: ['refs/heads/v*'] }, true],
    ['neither included nor excluded', { include: [] }, false],
  ])('%s', (_, ruleset, expected) => {
    expect(match(ruleset)).toBe(expected);
  });
  it('another branch is not the default', () => {
    expect(match({}, 'v1', false)).toBe(false);
  });
  it('a broken pattern is trouble for the reference and skipped in truth', () => {
    const broken: Ruleset = { ...RULESET, name: 'broken', include: ['refs/heads/['] };
    const result = guarded(facts([branch()], [broken, RULESET]));
    expect(result.trouble).toContain('broken branch pattern');
    expect(result.branches[0]!.actual.allowDeletions).toBe(false);
  });
});
