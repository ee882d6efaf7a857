/** Branches, classic protection, rulesets and the rules that hold for a branch. */
import { notFound } from '../../http/exchange.ts';
import { activeRules, isAdmin, protectionOf, rulesetId } from '../../model/rules.ts';
import type { Branch, Repo } from '../../model/types.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import {
  branchShape,
  fullBranchShape,
  fullRulesetShape,
  isProtected,
  protectionShape,
  rulesetShape,
} from '../shapes/branch.ts';
import { refuse } from './repository.ts';

export const branchRoutes: RepoRoutes = {
  '/branches': (c, r) => {
    const only = c.query.get('protected') === 'true';
    return list(
      c,
      r.branches.filter((b) => !only || isProtected(r, b.name)),
      (b) => branchShape(c, r, b),
    );
  },
  '/branches/{branch*}/protection': (c, r) => {
    const branch = findBranch(c, r);
    if (!isAdmin(r)) throw refuse(r);
    const rule = protectionOf(r, branch.name);
    if (!rule) throw notFound('Branch not protected');
    return json(protectionShape(c, r, branch, rule));
  },
  '/branches/{branch*}': (c, r) => json(fullBranchShape(c, r, findBranch(c, r))),
  '/rulesets': (c, r) => list(c, r.rulesets, (set) => rulesetShape(c, r, set)),
  '/rulesets/{id}': (c, r) => {
    const set = r.rulesets.find((s) => String(rulesetId(s)) === c.params.id);
    if (!set) throw notFound();
    return json(fullRulesetShape(c, r, set));
  },
  '/rules/branches/{branch*}': (c, r) =>
    list(c, activeRules(r, decodeURIComponent(c.params.branch ?? '')), ({ rule, set }) => ({
      ...rule,
      ruleset_source_type: set.source_type ?? 'Repository',
      ruleset_source: r.full_name,
      ruleset_id: rulesetId(set),
    })),
};

function findBranch(c: Call, r: Repo): Branch {
  const name = decodeURIComponent(c.params.branch ?? '');
  const branch = r.branches.find((b) => b.name === name);
  if (!branch) throw notFound('Branch not found');
  return branch;
}
