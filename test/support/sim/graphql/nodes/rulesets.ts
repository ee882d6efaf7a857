/** Rulesets and the rules in them. */
import type * as S from '@octokit/graphql-schema';
import { canWrite, rulesetId } from '../../model/rules.ts';
import type { RuleSpec, RulesetSpec } from '../../model/spec.ts';
import type { Repo } from '../../model/types.ts';
import { camel, nodeId } from '../../text.ts';
import { connection, type PageArgs } from '../connection.ts';
import type { Fields, Graph } from '../graph.ts';
import { repositoryNode } from './repository.ts';

/** The schema's parameter type of each rule type that has parameters. */
const PARAMETER_TYPES: Readonly<Record<string, string>> = {
  branch_name_pattern: 'BranchNamePatternParameters',
  code_scanning: 'CodeScanningParameters',
  commit_message_pattern: 'CommitMessagePatternParameters',
  copilot_code_review: 'CopilotCodeReviewParameters',
  merge_queue: 'MergeQueueParameters',
  pull_request: 'PullRequestParameters',
  required_deployments: 'RequiredDeploymentsParameters',
  required_status_checks: 'RequiredStatusChecksParameters',
  tag_name_pattern: 'TagNamePatternParameters',
  update: 'UpdateParameters',
  workflows: 'WorkflowsParameters',
};

/** Repository roles by the ids rulesets use for them. */
const ROLES: Readonly<Record<number, string>> = { 1: 'read', 2: 'maintain', 4: 'write', 5: 'admin' };

export function rulesetNode(
  g: Graph,
  r: Repo,
  set: RulesetSpec | undefined,
): Fields<S.RepositoryRuleset> | null {
  if (!set) return null;
  const refName = set.conditions?.ref_name;
  return {
    __typename: 'RepositoryRuleset',
    id: nodeId('RRS', `${r.full_name}:${set.name}`),
    databaseId: rulesetId(set),
    name: set.name,
    target: (set.target ?? 'branch').toUpperCase(),
    enforcement: (set.enforcement ?? 'active').toUpperCase(),
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    source: () => repositoryNode(g, r),
    conditions: { refName: { include: refName?.include ?? [], exclude: refName?.exclude ?? [] } },
    // Readers are not told who may bypass.
    bypassActors: (a: PageArgs) => (canWrite(r) ? connection(bypassActors(r, set), a) : null),
    rules: (a: PageArgs & { type?: string | null }) => {
      const rules = (set.rules ?? []).filter((rule) => !a.type || a.type === rule.type.toUpperCase());
      return connection(
        rules.map((rule) => ruleNode(g, r, rule, set)),
        a,
      );
    },
  };
}

function bypassActors(r: Repo, set: RulesetSpec): Fields<S.RepositoryRulesetBypassActor>[] {
  return (set.bypass_actors ?? []).map((actor, i) => {
    const id = actor.actor_id ?? 0;
    const isRole = actor.actor_type === 'RepositoryRole';
    const app = {
      __typename: 'App',
      id: nodeId('App', id),
      databaseId: id,
      name: actor.name ?? 'app',
      slug: actor.name ?? 'app',
      createdAt: r.created_at,
      updatedAt: r.created_at,
    };
    const team = {
      __typename: 'Team',
      id: nodeId('Team', id),
      name: actor.name ?? 'team',
      slug: actor.name ?? 'team',
    };
    return {
      __typename: 'RepositoryRulesetBypassActor',
      id: nodeId('RBA', `${set.name}${i}`),
      bypassMode: (actor.bypass_mode ?? 'always').toUpperCase(),
      organizationAdmin: actor.actor_type === 'OrganizationAdmin',
      enterpriseOwner: false,
      deployKey: actor.actor_type === 'DeployKey',
      repositoryRoleName: isRole ? (ROLES[id] ?? 'admin') : null,
      repositoryRoleDatabaseId: isRole ? id : null,
      actor: actor.actor_type === 'Integration' ? app : actor.actor_type === 'Team' ? team : null,
    };
  });
}

export function ruleNode(g: Graph, r: Repo, rule: RuleSpec, set: RulesetSpec): Fields<S.RepositoryRule> {
  return {
    __typename: 'RepositoryRule',
    id: nodeId('RR', `${set.name}:${rule.type}`),
    type: rule.type.toUpperCase(),
    parameters: parametersOf(rule),
    repositoryRuleset: () => rulesetNode(g, r, set),
  };
}

function parametersOf(rule: RuleSpec): object | null {
  const type = PARAMETER_TYPES[rule.type];
  if (!type) return null;
  const given = camelKeys(rule.parameters ?? {}) as Record<string, unknown>;
  if (rule.type === 'pull_request') return pullRequestParameters(type, given);
  if (rule.type !== 'required_status_checks') return { __typename: type, ...given };
  const checks = (given.requiredStatusChecks ?? []) as readonly { context: string; integrationId?: number }[];
  return {
    __typename: type,
    strictRequiredStatusChecksPolicy: false,
    doNotEnforceOnCreate: false,
    ...given,
    requiredStatusChecks: checks.map(({ context, integrationId }) => ({
      context,
      integrationId: integrationId ?? null,
    })),
  };
}

function pullRequestParameters(type: string, given: Record<string, unknown>): object {
  const methods = (given.allowedMergeMethods ?? ['merge', 'squash', 'rebase']) as readonly string[];
  return {
    __typename: type,
    dismissStaleReviewsOnPush: false,
    requireCodeOwnerReview: false,
    requireLastPushApproval: false,
    requiredApprovingReviewCount: 0,
    requiredReviewThreadResolution: false,
    requiredReviewers: [],
    ...given,
    allowedMergeMethods: methods.map((method) => method.toUpperCase()),
  };
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camel(key), camelKeys(item)]));
}
