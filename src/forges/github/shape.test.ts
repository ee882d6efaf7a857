import { describe, expect, it } from 'vitest';
import type { GraphqlError } from './graphql.ts';
import { selectionOf } from './selection.ts';
import { misshapen } from './shape.ts';

const QUERY = `query Q($owner:String!,$name:String!){repository(owner:$owner,name:$name){
nameWithOwner isArchived createdAt
log:object(expression:"HEAD:{x}"){...on Commit{message author{name user{login}}
history(first:2,after:"a}b"){pageInfo{hasNextPage endCursor} nodes{oid status{contexts{state}}}}}}
rules:ref(qualifiedName:"q"){refUpdateRule{requiredStatusCheckContexts requiredApprovingReviewCount}}}
rateLimit{cost}}`;

const right = () => ({
  repository: {
    nameWithOwner: 'a/b',
    isArchived: false,
    createdAt: '2025-01-01T00:00:00Z',
    log: {
      message: 'm',
      author: { name: null, user: null },
      history: {
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: [{ oid: '1', status: null }, { oid: '2', status: { contexts: [{ state: 'SUCCESS' }] } }, null],
      },
    },
    rules: {
      refUpdateRule: { requiredStatusCheckContexts: ['a', null], requiredApprovingReviewCount: null },
    },
  },
  rateLimit: null,
});

/** The right answer with one value changed. */
function changed(path: string, value: unknown): unknown {
  const answer: unknown = right();
  const steps = path.split('.');
  const last = steps.pop()!;
  const holder = steps.reduce((at, step) => (at as Record<string, unknown>)[step], answer);
  (holder as Record<string, unknown>)[last] = value;
  return answer;
}

const pathsOf = (errors: readonly GraphqlError[]): unknown[] => errors.map(({ path }) => path?.join('.'));

describe('selectionOf', () => {
  it('reads names, arguments, parts of types', () => {
    const [repository, price] = selectionOf(QUERY);
    expect(repository!.inside!.map(({ key, name }) => [key, name])).toEqual([
      ['nameWithOwner', 'nameWithOwner'],
      ['isArchived', 'isArchived'],
      ['createdAt', 'createdAt'],
      ['log', 'object'],
      ['rules', 'ref'],
    ]);
    expect(repository!.inside![3]!.inside!.every((field) => field.optional)).toBe(true);
    expect(price).toMatchObject({ name: 'rateLimit', inside: [{ name: 'cost' }] });
  });
});

describe('misshapen', () => {
  it('finds nothing in a right answer', () => {
    expect(misshapen(QUERY, right(), [])).toEqual([]);
  });

  it.each<[path: string, value: unknown, at?: string]>([
    ['repository.nameWithOwner', 7],
    ['repository.nameWithOwner', null],
    ['repository.nameWithOwner', undefined],
    ['repository.isArchived', 'no'],
    ['repository.createdAt', 'yesterday-ish'],
    ['repository.log', 'text'],
    ['repository.log', []],
    ['repository.log.author', 'x'],
    ['repository.log.author.name', 1],
    ['repository.log.history', null],
    ['repository.log.history.nodes', null],
    ['repository.log.history.nodes', {}],
    ['repository.log.history.nodes.0', 'x'],
    ['repository.log.history.nodes.1', { status: null }, 'repository.log.history.nodes.1.oid'],
    ['repository.log.history.nodes.1.status', 'x'],
    ['repository.log.history.nodes.1.status.contexts', null],
    ['repository.log.history.pageInfo.hasNextPage', 1],
    ['repository.rules.refUpdateRule.requiredStatusCheckContexts', [1]],
    ['repository.rules.refUpdateRule.requiredApprovingReviewCount', '2'],
    ['repository', 'x'],
    ['repository', []],
  ])('%s as %j is an error there', (path, value, at = path) => {
    expect(pathsOf(misshapen(QUERY, changed(path, value), []))).toEqual([at]);
  });

  it('leaves null in the place of a value of another type', () => {
    const data = changed('repository.log.author', 'x') as ReturnType<typeof right>;
    misshapen(QUERY, data, []);
    expect(data.repository.log.author).toBeNull();
  });

  it.each([
    ['repository.log', null],
    ['repository.log.author.user', null],
    ['repository.rules', null],
    ['repository', null],
    ['rateLimit', 'x'],
  ])('%s may be %j', (path, value) => {
    expect(misshapen(QUERY, changed(path, value), [])).toEqual([]);
  });

  it('says nothing twice: what GitHub tells as an error is explained', () => {
    const told = { message: 'broken', path: ['repository', 'log', 'history', 'nodes', 0, 'oid'] };
    expect(misshapen(QUERY, changed('repository.log.history', null), [told])).toEqual([]);
    expect(pathsOf(misshapen(QUERY, changed('repository.isArchived', null), [told]))).toEqual([
      'repository.isArchived',
    ]);
  });
});
