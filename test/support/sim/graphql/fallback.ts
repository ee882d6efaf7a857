/** What fields that scenarios do not model answer: null, or an empty value where the schema forbids null. */
import {
  type GraphQLAbstractType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLTypeResolver,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { connection } from './connection.ts';
import { githubSchema } from './schema.ts';

const SCALARS: Readonly<Record<string, unknown>> = {
  Boolean: false,
  Date: '2020-01-01',
  DateTime: '2020-01-01T00:00:00Z',
  Float: 0,
  GitObjectID: '0'.repeat(40),
  GitTimestamp: '2020-01-01T00:00:00Z',
  ID: 'SIM_0',
  Int: 0,
  PreciseDateTime: '2020-01-01T00:00:00Z',
  URI: 'https://github.com',
};

function emptyValue(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isScalarType(inner)) return SCALARS[inner.name] ?? '';
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (inner.name.endsWith('Connection')) return connection([]);
  if (isAbstractType(inner)) return { __typename: firstTypeOf(inner) };
  return {};
}

const firstTypeOf = (type: GraphQLAbstractType): string | undefined =>
  githubSchema().getPossibleTypes(type)[0]?.name;

interface Source {
  readonly __typename?: string;
  readonly [field: string]: unknown;
}

/** Reads a field of a source object: a value, or a function of the arguments. */
export const resolveField: GraphQLFieldResolver<Source | undefined, unknown> = (
  source,
  args,
  _context,
  info,
) => {
  const own = source?.[info.fieldName];
  const value: unknown = typeof own === 'function' ? own.call(source, args) : own;
  if (value !== undefined && value !== null) return value;
  if (value === undefined && getNamedType(info.returnType).name.endsWith('Connection')) {
    return isNonNullType(info.returnType) ? connection([]) : null;
  }
  return emptyValue(info.returnType);
};

/** The concrete type of a value: what it says, else the first possible one. */
export const resolveType: GraphQLTypeResolver<unknown, unknown> = (value, _context, _info, type) =>
  (value as Source | null)?.__typename ?? firstTypeOf(type);
