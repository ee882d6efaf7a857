/** The fact about branches, out of the first query, the releases and the second query (api-checks 6.1). */
import {
  type Answer,
  type Branch,
  type BranchFacts,
  isKnown,
  known,
  type Release,
  unknown,
} from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import { ADMINISTRATION } from './administration.ts';
import { type PartAnswer, problemOf } from './batch.ts';
import { branchesToAsk, branchOf, chooseBranches, rulesetOf } from './branches.ts';
import { ask, type Data, type GraphqlError, isForbidden, Overload, PRICE, Rejected } from './graphql.ts';
import { rulesets } from './parts.ts';
import { type Maybe, type Nodes, nodesOf, type RawBranch, type RawRuleset } from './raw.ts';
import type { SecondAnswer } from './second.ts';
import type { Core, Session } from './session.ts';

/** The reference reads no more rulesets than these. */
const MAX_RULESETS = 100;

export async function branchFacts(
  session: Session,
  core: Core,
  part: PartAnswer,
  releases: Answer<readonly Release[]>,
  second: SecondAnswer,
): Promise<Answer<BranchFacts>> {
  const problem = problemOf(part, 'rulesets');
  if (problem !== undefined) return problem;
  if (!isKnown(releases)) return releases;
  const all = await allRulesets(session, part.data.rulesets as Nodes<RawRuleset>);
  if (!isKnown(all)) return all;
  const guard = part.data.guard as Maybe<RawBranch>;
  const own = part.errors.filter((error) => error.path?.[1] === 'guard');
  const main = readBranch(guard, true, own);
  if (!isKnown(main)) return main;
  if (main.known === undefined) return unknown('failed', 'GitHub tells nothing of the default branch');
  const targets = releases.known.map((release) => release.target);
  const wanted = new Set(branchesToAsk(targets, core.branch ?? ''));
  const found = new Map<string, Branch>();
  for (const [name, { raw, errors }] of second.branches) {
    if (!wanted.has(name)) continue;
    const branch = readBranch(raw, false, errors);
    if (!isKnown(branch)) return branch;
    if (branch.known !== undefined) found.set(name, branch.known);
  }
  for (const [key, why] of second.failed) if (key.startsWith('branch ')) return unknown('failed', why);
  return known({
    rulesets: all.known.map(rulesetOf),
    branches: chooseBranches(main.known, targets, found),
    admin: core.admin,
  });
}

/** Undefined when there is no such branch. A refused classic rule is told as such; any other error hides the branch. */
function readBranch(
  raw: Maybe<RawBranch>,
  isDefault: boolean,
  errors: readonly GraphqlError[],
): Answer<Branch | undefined> {
  const aboutClassic = (error: GraphqlError) =>
    error.path?.at(-1) === 'branchProtectionRule' && isForbidden(error);
  const other = errors.find((error) => !aboutClassic(error));
  if (other !== undefined) return unknown(isForbidden(other) ? 'forbidden' : 'failed', other.message);
  if (!raw) return known(undefined);
  const classic = errors.find(aboutClassic);
  return known(branchOf(raw, isDefault, classic && unknown('forbidden', classic.message, ADMINISTRATION)));
}

/** Repositories with more rulesets than a page are rare; their rules count all the same. */
async function allRulesets(
  session: Session,
  first: Nodes<RawRuleset>,
): Promise<Answer<readonly RawRuleset[]>> {
  const list = nodesOf(first);
  const { owner, name } = session;
  const cursors = new Set<Maybe<string>>([undefined, null, '']);
  let page = first.pageInfo;
  try {
    while (page?.hasNextPage && list.length < MAX_RULESETS) {
      if (cursors.size === cursors.add(page.endCursor).size)
        return unknown('failed', 'the pages of rulesets that GitHub gives do not lead on');
      const query = `query Rulesets($owner:String!,$name:String!){repository(owner:$owner,name:$name){
${rulesets(page.endCursor ?? undefined)}} ${PRICE}}`;
      const { data, errors } = await ask(session, query, { owner, name });
      if (errors.length > 0) return unknown('failed', errors[0]!.message);
      const next = ((data?.repository ?? {}) as Data).rulesets as Maybe<Nodes<RawRuleset>>;
      if (!next) return unknown('failed', "GitHub's answer lacks rulesets");
      list.push(...nodesOf(next));
      page = next.pageInfo;
    }
  } catch (error) {
    if (error instanceof Overload || error instanceof Rejected || error instanceof HttpFailure)
      return unknown('failed', error.message);
    throw error;
  }
  return known(list);
}
