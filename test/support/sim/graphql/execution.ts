/** Runs a checked query over the world, as far as the faults of the moment allow. */
import { type ExecutionResult, execute, type GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { World } from '../model/world.ts';
import { FieldError } from './errors.ts';
import { resolveField, resolveType } from './fallback.ts';
import { Graph } from './graph.ts';
import { rootNode } from './nodes/root.ts';
import type { GraphqlPlan } from './plan.ts';
import { githubSchema } from './schema.ts';

/** A single field that answers an error instead of its value. */
export interface FieldRefusal {
  /** "Type.field" */
  readonly field: string;
  /** Left out where GitHub names none. */
  readonly type?: string;
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ExecutionLimits {
  readonly refusals: readonly FieldRefusal[];
  /** Nodes of connections that still come; every connection after them answers RESOURCE_LIMITS_EXCEEDED. */
  readonly nodes: number;
}

/** What `rateLimit { ... }` answers. */
export interface RateFacts {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: string;
}

const graphs = new WeakMap<World, Graph>();

/** The body of the answer: `data`, and `errors` where there are some. */
export async function runQuery(
  world: World,
  plan: GraphqlPlan,
  rate: RateFacts,
  limits: ExecutionLimits,
): Promise<object> {
  if (!plan.document) return { errors: plan.errors };
  const graph = graphs.get(world) ?? new Graph(world);
  graphs.set(world, graph);
  const result = (await execute({
    schema: githubSchema(),
    document: plan.document,
    rootValue: rootNode(graph, { ...rate, cost: plan.cost, nodeCount: plan.nodes }),
    variableValues: plan.variables,
    operationName: plan.operationName,
    fieldResolver: limited(limits),
    typeResolver: resolveType,
  })) as ExecutionResult;
  const { data, errors } = result;
  return { ...(data === undefined ? {} : { data }), ...(errors ? { errors: errors.map(describe) } : {}) };
}

/** The ordinary resolver with refused fields and a budget of nodes laid over it. */
function limited(
  limits: ExecutionLimits,
): GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> {
  const refused = new Map(limits.refusals.map((refusal) => [refusal.field, refusal]));
  let left = limits.nodes;
  return (source, args, context, info) => {
    const refusal = refused.get(`${info.parentType.name}.${info.fieldName}`);
    if (refusal) throw new FieldError(refusal.type, refusal.message, refusal.extensions);
    const value = resolveField(source, args, context, info);
    const nodes = (value as { nodes?: readonly unknown[] } | null)?.nodes;
    if (left !== Number.POSITIVE_INFINITY && Array.isArray(nodes)) {
      left -= nodes.length;
      if (left < 0)
        throw new FieldError(
          'RESOURCE_LIMITS_EXCEEDED',
          'Resource limits for this query exceeded.',
          undefined,
          false,
        );
    }
    return value;
  };
}

function describe(error: GraphQLError): object {
  const cause = error.originalError;
  const { message, path, locations } = error;
  if (!(cause instanceof FieldError)) return { message, locations, path };
  return {
    type: cause.type,
    path,
    ...(cause.extensions ? { extensions: cause.extensions } : {}),
    ...(cause.withLocations ? { locations } : {}),
    message,
  };
}
