/**
 * Holds an answer against the query it answers and GitHub's public schema: a value of another type than promised, or
 * none where one was promised, is an error at its place, so that nothing is concluded from it.
 */
import type { GraphqlError } from './graphql.ts';
import { type Field, selectionOf } from './selection.ts';

type Kind = 'text' | 'date' | 'number' | 'truth' | 'texts';

const words = (list: string): readonly string[] => list.split(' ');

/** Types of the plain fields we ask for. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...words(
    `__typename authorAssociation baseRefName bypassMode company conclusion context email endCursor enforcement
headRefOid login message name nameWithOwner oid repositoryRoleName resourcePath slug spdxId state status target
targetUrl text type url viewerPermission`.replaceAll('\n', ' '),
  ).map((name) => [name, 'text'] as const),
  ...words('committedDate createdAt mergedAt pushedAt updatedAt').map((name) => [name, 'date'] as const),
  ...words('cost databaseId mode nodeCount number requiredApprovingReviewCount size totalCount').map(
    (name) => [name, 'number'] as const,
  ),
  ...words(
    `allowsDeletions allowsForcePushes dismissStaleReviewsOnPush dismissesStaleReviews hasNextPage isAdminEnforced
isArchived isDisabled isEmpty isPrivate isTruncated isValid organizationAdmin requireCodeOwnerReview requireLastPushApproval
requiresCodeOwnerReviews requiresLinearHistory requiresStatusChecks requiresStrictStatusChecks
strictRequiredStatusChecksPolicy wasSignedByGitHub`.replaceAll('\n', ' '),
  ).map((name) => [name, 'truth'] as const),
  ...words('exclude include requiredStatusCheckContexts').map((name) => [name, 'texts'] as const),
]);

/** Fields that the schema lets be null; `PARENT.FIELD` where only there, with braces where only as an object. */
const NULLABLE: ReadonlySet<string> = new Set(
  words(
    `actor app associatedPullRequests author author.name branchProtectionRule bypassActors bypassActors.nodes bypassMode checkSuites
committer committer.name company conclusion conditions databaseId defaultBranchRef email endCursor entries labels
languages licenseInfo mergedAt mergedBy object organizationAdmin parameters pushedAt rateLimit ref refName refUpdateRule
repository repositoryRoleName requiredApprovingReviewCount requiredStatusCheckContexts reviews rules rulesets signature
spdxId status{} target targetUrl text user viewerPermission`.replaceAll('\n', ' '),
  ),
);

/** Fields whose value is a list of objects. */
const LISTS: ReadonlySet<string> = new Set(words('contexts edges entries nodes requiredStatusChecks'));

/** Lists without gaps. */
const FULL: ReadonlySet<string> = new Set(words('contexts entries exclude include requiredStatusChecks'));

type Place = readonly (string | number)[];

/**
 * The errors; the values at fault are null afterwards, so that readers meet no other type than they expect. What is null
 * or absent because of one of `told` is no error of its own.
 */
export function misshapen(query: string, data: unknown, told: readonly GraphqlError[]): GraphqlError[] {
  const errors: GraphqlError[] = [];
  const fault = (path: Place) => {
    const isTold = told.some((error) => path.every((step, index) => error.path?.[index] === step));
    if (!isTold)
      errors.push({ message: `GitHub's answer is not what was asked for at ${path.join('.')}`, path });
  };
  const object = (value: unknown, fields: readonly Field[], parent: string, path: Place): void => {
    const holder = value as Record<string, unknown>;
    for (const field of fields) {
      const own = holder[field.key];
      if ((own === undefined && field.optional) || (own === null && mayBeNull(field, parent))) continue;
      const place = [...path, field.key];
      if (own !== null && own !== undefined && fits(own, field, place)) continue;
      fault(place);
      holder[field.key] = null;
    }
  };
  const fits = (value: unknown, { name, inside }: Field, path: Place): boolean => {
    if (inside === undefined) return isOf(value, KINDS.get(name), FULL.has(name));
    if (LISTS.has(name)) {
      if (!Array.isArray(value)) return false;
      value.forEach((one: unknown, index) => {
        if (one === null && !FULL.has(name)) return;
        if (isObject(one)) object(one, inside, name, [...path, index]);
        else {
          fault([...path, index]);
          value[index] = null;
        }
      });
      return true;
    }
    if (!isObject(value)) return false;
    object(value, inside, name, path);
    return true;
  };
  // the price of the query is no part of the answer
  const asked = selectionOf(query).filter((field) => field.name !== 'rateLimit');
  if (isObject(data)) object(data, asked, '', []);
  return errors;
}

const mayBeNull = ({ name, inside }: Field, parent: string): boolean =>
  NULLABLE.has(name) ||
  NULLABLE.has(`${parent}.${name}`) ||
  (inside !== undefined && NULLABLE.has(`${name}{}`));

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isOf(value: unknown, kind: Kind | undefined, isFull: boolean): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'number':
      return typeof value === 'number';
    case 'truth':
      return typeof value === 'boolean';
    case 'texts':
      return (
        Array.isArray(value) && value.every((one) => typeof one === 'string' || (one === null && !isFull))
      );
    default:
      return true;
  }
}
