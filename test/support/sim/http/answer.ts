/** Answers a located request: the fault's answer, or the simulator's own, spoilt as the faults demand. */
import {
  answerByFault,
  executionLimits,
  type FaultEngine,
  type Strike,
  spoilReply,
} from '../faults/engine.ts';
import { graphqlLimit } from '../faults/limits.ts';
import type { GitStore } from '../git/store.ts';
import type { Scenario } from '../model/types.ts';
import type { World } from '../model/world.ts';
import { answerRest, pathByName, resourceOf } from '../rest/router.ts';
import { answerService, type RegistryHosts } from '../services/index.ts';
import { sleep } from '../text.ts';
import type { InstalledApp } from './app.ts';
import { answerArchive, answerAsset, answerGit, answerRaw } from './downloads.ts';
import { type Exchange, githubError, HttpError, type Reply } from './exchange.ts';
import { isNarrow } from './send.ts';

/** All parts of one simulator that answering needs. */
export interface Machinery {
  readonly world: World;
  readonly git: GitStore;
  readonly faults: FaultEngine;
  readonly registries: RegistryHosts;
  readonly latency: number;
  readonly app: InstalledApp | undefined;
  /** Name of the scenario whose service faults apply. */
  active: string | undefined;
}

/** The answer to any request but control. Never throws for what a caller can cause. */
export async function answer(m: Machinery, x: Exchange): Promise<Reply> {
  if (m.latency) await sleep(m.latency);
  if (x.area === 'graphql') {
    const refused = await prepareGraphql(x);
    if (refused) return refused;
  } else if (x.area === 'rest') x.resource = resourceOf(x.path);
  x.scenario = scenarioOf(m, x);
  if ((x.area === 'rest' || x.area === 'graphql') && x.token.includes('bad'))
    return githubError(401, 'Bad credentials');
  const strikes = m.faults.striking(x);
  const own = x.area === 'rest' || x.area === 'graphql' ? m.app?.answer(x) : undefined;
  const reply =
    (await answerByFault(strikes, x)) ?? own ?? (await ownAnswer(m, x, strikes).catch(errorReply));
  return spoilReply(strikes, reply, x);
}

/** An error raised on the way, in GitHub's shape. */
function errorReply(error: unknown): Reply {
  if (error instanceof URIError) return githubError(400, 'Bad Request');
  if (!(error instanceof HttpError)) throw error;
  return { ...githubError(error.status, error.message, error.extra), headers: error.headers };
}

async function ownAnswer(m: Machinery, x: Exchange, strikes: readonly Strike[]): Promise<Reply> {
  switch (x.area) {
    case 'graphql':
      return graphqlAnswer(m, x, strikes);
    case 'archive':
      return answerArchive(m.world, m.git, x);
    case 'git':
      return answerGit(m.world, m.git, x);
    case 'raw':
      return answerRaw(m.world, x);
    case 'asset':
      return answerAsset(m.world, x);
    case 'service':
      return answerService(m.world, m.registries, x);
    case 'rest':
      if (x.path !== '/rate_limit') charge(x, 1);
      return answerRest(m.world, x);
    default:
      return { json: {} };
  }
}

/** Parses and measures a query; answers only what cannot be understood at all. */
async function prepareGraphql(x: Exchange): Promise<Reply | undefined> {
  x.resource = 'graphql';
  if (x.method !== 'POST') return githubError(404, 'Not Found');
  if (x.token === 'anonymous') return githubError(401, 'This endpoint requires you to be authenticated.');
  let body: { query?: unknown; variables?: Record<string, unknown> | null; operationName?: string | null };
  try {
    body = JSON.parse(x.body.toString('utf8'));
  } catch {
    return githubError(400, 'Problems parsing JSON');
  }
  if (typeof body?.query !== 'string')
    return githubError(400, 'A query attribute must be specified and must be a string.');
  const { planQuery } = await import('../graphql/plan.ts');
  x.plan = planQuery({
    query: body.query,
    variables: body.variables ?? {},
    operationName: body.operationName ?? undefined,
  });
  return undefined;
}

const NARROW =
  "Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the following scopes: ['read:org'].";

async function graphqlAnswer(m: Machinery, x: Exchange, strikes: readonly Strike[]): Promise<Reply> {
  const plan = x.plan;
  if (!plan) throw new HttpError(400, 'Problems parsing JSON');
  try {
    charge(x, plan.cost);
  } catch (error) {
    if (error instanceof HttpError) return graphqlLimit('RATE_LIMITED');
    throw error;
  }
  if (plan.errors.length) return { json: { errors: plan.errors } };
  if (isNarrow(x.token) && plan.fields.includes('User.organizations'))
    return { json: { errors: [{ type: 'INSUFFICIENT_SCOPES', message: NARROW }] } };
  const { limit, used, reset } = x.rates.window(x.token, 'graphql');
  const rate = { limit, used, remaining: limit - used, resetAt: new Date(reset * 1000).toISOString() };
  const { runQuery } = await import('../graphql/execution.ts');
  return { json: await runQuery(m.world, plan, rate, executionLimits(strikes, x)) };
}

function charge(x: Exchange, points: number): void {
  const resource = x.resource ?? 'core';
  x.rate = x.rates.window(x.token, resource);
  x.rates.charge(x.token, resource, points);
  x.charged = true;
}

/** The scenario a request belongs to: that of its repository, else the active one. */
function scenarioOf(m: Machinery, x: Exchange): Scenario | undefined {
  const { world } = m;
  const [owner, name] = x.plan
    ? repositoryInQuery(x.plan.query, x.plan.variables)
    : repositoryInPath(world, x);
  const repo = owner && name ? world.repo(owner, name) : undefined;
  if (repo) return world.scenarios.get(repo.scenario);
  return m.active === undefined ? undefined : world.scenarios.get(m.active);
}

function repositoryInQuery(
  query: string,
  variables: Readonly<Record<string, unknown>>,
): (string | undefined)[] {
  const owner = variables.owner ?? /owner:\s*"([^"]+)"/.exec(query)?.[1];
  const name = variables.name ?? variables.repo ?? /name:\s*"([^"]+)"/.exec(query)?.[1];
  return [owner, name].map((value) => (typeof value === 'string' ? value : undefined));
}

function repositoryInPath(world: World, x: Exchange): string[] {
  if (x.kind === 'service') return [];
  const path = x.area === 'rest' ? pathByName(world, x.path).replace(/^\/repos(?=\/)/, '') : x.path;
  const searched = /repo:([^\s/]+)\/(\S+)/.exec(x.query.get('q') ?? '');
  return searched ? searched.slice(1, 3) : path.split('/').slice(1, 3);
}
