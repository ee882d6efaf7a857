/** Checks a query before it runs and counts its nodes and points by GitHub's published rule. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  specifiedRules,
  type ValueNode,
  validate,
} from 'graphql';
import { githubSchema } from './schema.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

export interface PlanError {
  readonly type?: string;
  readonly path?: readonly string[];
  readonly locations?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface GraphqlPlan extends GraphqlRequest {
  readonly document: DocumentNode | undefined;
  readonly operation: string | undefined;
  /** Nodes the query may return at most. */
  readonly nodes: number;
  /** Points it costs. */
  readonly cost: number;
  readonly errors: readonly PlanError[];
  /** All fields with selections of their own, as "Type.field": those that can be refused alone. */
  readonly fields: readonly string[];
}

const MAX_NODES = 500_000;
const documents = new Map<string, DocumentNode | readonly PlanError[]>();

/** Parses, validates and measures a query; what GitHub would refuse stands in `errors`. */
export function planQuery(request: GraphqlRequest): GraphqlPlan {
  const known = documents.get(request.query) ?? checked(request.query);
  documents.set(request.query, known);
  const failed = (errors: readonly PlanError[]): GraphqlPlan => ({
    ...request,
    document: undefined,
    operation: undefined,
    nodes: 0,
    cost: 1,
    fields: [],
    errors,
  });
  if (!('kind' in known)) return failed(known);
  const operation = known.definitions.find(
    (d): d is OperationDefinitionNode =>
      d.kind === Kind.OPERATION_DEFINITION &&
      (!request.operationName || d.name?.value === request.operationName),
  );
  if (!operation) return failed([{ message: 'Must provide an operation.' }]);
  const measured = new Measure(known, operation, request.variables).result();
  return { ...request, document: known, operation: operation.name?.value, ...measured };
}

function checked(query: string): DocumentNode | readonly PlanError[] {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    const { message, locations } = error as { message: string; locations?: unknown };
    return [{ message, locations }];
  }
  const rules = specifiedRules.filter((rule) => rule.name !== 'OverlappingFieldsCanBeMergedRule');
  const errors = validate(githubSchema(), document, rules);
  if (errors.length === 0) return document;
  return errors.map(({ message, locations }) => ({
    message,
    locations,
    extensions: { code: 'undefinedField' },
  }));
}

/** One walk over a query with its variables. */
class Measure {
  private nodes = 0;
  private requests = 0;
  private readonly errors: PlanError[] = [];
  private readonly fields = new Set<string>();
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly variables: Record<string, unknown>;
  private readonly operation: OperationDefinitionNode;

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.operation = operation;
    this.variables = { ...variables };
    for (const d of document.definitions)
      if (d.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(d.name.value, d);
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (this.variables[variable.name.value] === undefined && defaultValue) {
        this.variables[variable.name.value] = this.valueOf(defaultValue);
      }
    }
  }

  result(): Pick<GraphqlPlan, 'nodes' | 'cost' | 'errors' | 'fields'> {
    const schema = githubSchema();
    const root = this.operation.operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    this.walk(this.operation.selectionSet, root ?? undefined, 1, [this.operation.operation]);
    if (this.errors.length === 0 && this.nodes > MAX_NODES) {
      const message = `This query requests up to ${this.nodes} possible nodes which exceeds the maximum limit of 500,000.`;
      this.errors.push({ type: 'MAX_NODE_LIMIT_EXCEEDED', message });
    }
    const cost = this.errors.length ? 1 : Math.max(1, Math.round(this.requests / 100));
    return { nodes: this.nodes, cost, errors: this.errors, fields: [...this.fields].sort() };
  }

  private valueOf(value: ValueNode): unknown {
    if (value.kind === Kind.VARIABLE) return this.variables[value.name.value];
    if (value.kind === Kind.INT) return Number(value.value);
    return 'value' in value ? value.value : null;
  }

  private walk(
    set: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    times: number,
    path: readonly string[],
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.fragments.get(selection.name.value);
        if (fragment)
          this.walk(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value), times, path);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? typeNamed(selection.typeCondition.name.value) : type;
        this.walk(selection.selectionSet, on, times, path);
      } else if (selection.selectionSet && (isObjectType(type) || isInterfaceType(type))) {
        const field = type.getFields()[selection.name.value];
        if (field) this.field(selection, field, `${type.name}.${field.name}`, times, path);
      }
    }
  }

  private field(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    name: string,
    times: number,
    parent: readonly string[],
  ): void {
    const type = getNamedType(field.type);
    const path = [...parent, node.alias?.value ?? node.name.value];
    if (isCompositeType(type)) this.fields.add(name);
    let below = times;
    if (type.name.endsWith('Connection') && field.args.some((arg) => arg.name === 'first')) {
      const count = this.pageSize(node, path);
      this.requests += times;
      below = times * (count ?? 1);
      this.nodes += below;
    }
    this.walk(node.selectionSet as SelectionSetNode, type, below, path);
  }

  /** The `first` or `last` of a connection; complains when it is missing or above 100. */
  private pageSize(node: FieldNode, path: readonly string[]): number | undefined {
    const argument = (name: string): unknown => {
      const found = node.arguments?.find((arg) => arg.name.value === name);
      return found && this.valueOf(found.value);
    };
    const first = argument('first');
    const count = (first ?? argument('last')) as number | null | undefined;
    const name = node.name.value;
    if (count == null) {
      const reads = node.selectionSet?.selections.some(
        (s) => s.kind !== Kind.FIELD || /^(nodes|edges)$/.test(s.name.value),
      );
      const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
      if (reads) this.errors.push({ type: 'MISSING_PAGINATION_BOUNDARIES', path, message });
      return undefined;
    }
    if (count > 100) {
      const bound = first == null ? 'last' : 'first';
      const message = `Requesting ${count} records on the \`${name}\` connection exceeds the \`${bound}\` limit of 100 records.`;
      this.errors.push({ type: 'EXCESSIVE_PAGINATION', path, message });
    }
    return count;
  }
}

const typeNamed = (name: string): GraphQLNamedType | undefined => githubSchema().getType(name);
