/** The queries sent to GitHub and what is demanded of their answers, held against GitHub's public schema. */
import {
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { BRANCH, makePart, ORGANISATION, type PartId } from '../src/forges/github/parts.ts';
import { misshapen } from '../src/forges/github/shape.ts';
import { githubSchema } from './support/sim/graphql/schema.ts';

const schema = githubSchema();
const PARTS: readonly PartId[] = [
  'core',
  'seen',
  'languages',
  'license',
  'commits',
  'issues',
  'releases',
  'rules',
];
const options = { rev: undefined, depth: 30, checks: { ofPulls: true, ofCommits: true } };
const QUERY = `query All($owner:String!,$name:String!){repository(owner:$owner,name:$name){
${PARTS.map((id) => makePart(id, options).text).join('\n')}
b0:ref(qualifiedName:"refs/heads/x"){${BRANCH}}
object(expression:"HEAD:SECURITY.md"){...on Blob{text isTruncated}}}
${ORGANISATION}
u0:user(login:"x"){company organizations(first:30){nodes{login}}}
rateLimit{cost nodeCount}}`;
const document = parse(QUERY);

type Json = unknown;

/** An answer with every value there, but for the nullable one at `gap`; all nullable places are gathered. */
function answerTo(gap: string | undefined): {
  readonly answer: Json;
  readonly nullable: ReadonlySet<string>;
} {
  const nullable = new Set<string>();
  const isGap = (place: string) => {
    nullable.add(place);
    return place === gap;
  };
  const object = (selection: SelectionSetNode, type: string, path: readonly string[]): Json => {
    const found: Record<string, Json> = {};
    for (const one of selection.selections) {
      if (one.kind === 'InlineFragment')
        Object.assign(found, object(one.selectionSet, one.typeCondition!.name.value, path));
      else if (one.kind === 'Field') {
        const key = (one.alias ?? one.name).value;
        const fields = (
          schema.getType(type) as { getFields?(): Record<string, { type: GraphQLOutputType }> }
        ).getFields?.();
        const field = fields?.[one.name.value];
        found[key] = field === undefined ? type : value(field.type, one.selectionSet, [...path, key]);
      }
    }
    return found;
  };
  const value = (
    type: GraphQLOutputType,
    inside: SelectionSetNode | undefined,
    path: readonly string[],
  ): Json => {
    if (!isNonNullType(type) && isGap(path.join('.'))) return null;
    const whole = isNonNullType(type) ? type.ofType : type;
    if (isListType(whole)) return [value(whole.ofType, inside, [...path, '*'])];
    if (isEnumType(whole)) return whole.getValues()[0]!.name;
    if (isScalarType(whole)) {
      const samples: Readonly<Record<string, Json>> = {
        Int: 1,
        Boolean: true,
        DateTime: '2026-01-01T00:00:00Z',
      };
      return samples[whole.name] ?? 'text';
    }
    return object(inside!, whole.name, path);
  };
  const [operation] = document.definitions;
  const { selectionSet } = operation as { selectionSet: SelectionSetNode };
  return { answer: object(selectionSet, 'Query', []), nullable };
}

/** Lists that are never null although the schema lets them be: without them nothing could be concluded. */
const NEEDED = /(?:nodes|edges)$/;

describe('what is asked of GitHub', () => {
  it('is valid', () => {
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  });

  it('is taken as whole when it is there', () => {
    expect(misshapen(QUERY, answerTo(undefined).answer, [])).toEqual([]);
  });

  it('may be null where the schema says so', () => {
    const { nullable } = answerTo(undefined);
    expect(nullable.size).toBeGreaterThan(80);
    const refused = [...nullable].filter((place) => misshapen(QUERY, answerTo(place).answer, []).length > 0);
    expect(refused.filter((place) => !NEEDED.test(place))).toEqual([]);
    expect(refused.some((place) => place.endsWith('bypassActors.nodes'))).toBe(false);
  });
});
