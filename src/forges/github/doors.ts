/** Questions that depend on what else was found, asked of GitHub. */
import { type Answer, type Doors, isKnown, known, type PolicyFile, unknown } from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import { privateReporting } from './administration.ts';
import { attestations } from './attestations.ts';
import type { Answers, PartAnswer } from './batch.ts';
import { authorIds } from './commits.ts';
import { ask, type Data, isForbidden, Overload, PRICE, Rejected } from './graphql.ts';
import { keptOrAsked } from './kept.ts';
import type { Log } from './log.ts';
import { ORGANISATION } from './parts.ts';
import type { Maybe, RawTree } from './raw.ts';
import {
  askRest,
  mustBeList,
  mustBeNumber,
  mustBeObject,
  mustBeText,
  textOf,
  UnexpectedShape,
} from './rest.ts';
import type { Core, Session } from './session.ts';
import { workflowRunsOf } from './workflow-runs.ts';

/** The doors that lead to other services than the forge. */
export type OutsideDoors = Pick<
  Doors,
  'ossFuzz' | 'bestPracticesBadge' | 'vulnerabilities' | 'packageProvenance' | 'imageDigest'
>;

const NEWEST_ONLY = 'only the newest state of the repository can tell this, and a commit was named';

/** `first` is what the first query brought, `log` the history that was read. */
export function githubDoors(
  session: Session,
  { core, answers }: { readonly core: Core; readonly answers: Answers },
  log: Promise<Answer<Log>>,
  outside: OutsideDoors,
): Doors {
  const newest = <A extends unknown[], T>(door: (...args: A) => Promise<Answer<T>>) =>
    session.rev === undefined ? door : async () => unknown('unsupported', NEWEST_ONLY);
  return {
    ...outside,
    workflowRuns: newest(workflowRunsOf(session, core)),
    organisationFile: (paths) => organisationFile(session, core, answers.get('organisation'), paths),
    privateReporting: newest(() => privateReporting(session, core.fullName)),
    commitsByAuthor: newest((login: string) => commitsByAuthor(session, core, log, login)),
    attestations: (digests) => attestations(session, core, digests),
  };
}

/** Searched for only when the history that was read does not go back to the beginning. */
async function commitsByAuthor(
  session: Session,
  core: Core,
  log: Promise<Answer<Log>>,
  login: string,
): Promise<Answer<readonly { readonly authorId: number | undefined }[]>> {
  const read = await log;
  if (isKnown(read) && read.known.complete)
    return known(authorIds(read.known.commits, login).map((authorId) => ({ authorId })));
  const query = encodeURIComponent(`repo:${core.fullName} author:${login}`);
  const path = `api:/search/commits?q=${query}&per_page=100`;
  return askRest(session, { path, what: `commits by ${login}`, resource: 'search' }, core.fullName, (json) =>
    mustBeList(mustBeObject(json).items).map((commit) => {
      const { author } = commit;
      return {
        authorId: author === null || author === undefined ? undefined : mustBeNumber(mustBeObject(author).id),
      };
    }),
  );
}

/** Folders of the organisation's repository by their name in the query. */
const FOLDERS = { root: '', hub: '.github/', docs: 'docs/', doc: 'doc/' } as const;

/** Compared without case; of several the first in the order of an archive, as the reference meets them. */
async function organisationFile(
  session: Session,
  core: Core,
  first: PartAnswer | undefined,
  paths: readonly string[],
): Promise<Answer<PolicyFile | null>> {
  // A moved repository belongs to another owner than the first query asked for.
  const owner = core.fullName.slice(0, core.fullName.indexOf('/'));
  const isMoved = owner.toLowerCase() !== (session.organisation ?? session.owner).toLowerCase();
  if (session.account.anonymous)
    return unknown('forbidden', "the organisation's files are looked up only with a token", 'any token');
  try {
    const asked = isMoved || first?.failed !== undefined ? undefined : first;
    const { data, errors } =
      asked ??
      (await ask(session, `query Organisation($owner:String!){${ORGANISATION} ${PRICE}}`, { owner }));
    const repository = data?.organisation as Maybe<Data>;
    const odd = errors.find((error) => error.type !== 'NOT_FOUND' || error.path?.length !== 1);
    if (odd !== undefined) return unknown(isForbidden(odd) ? 'forbidden' : 'failed', odd.message);
    if (!repository) return known(null);
    const wanted = new Set(paths.map((path) => path.toLowerCase()));
    const file = filesOf(repository)
      .filter(({ path }) => wanted.has(path.toLowerCase()))
      .sort((one, other) => (one.path < other.path ? -1 : 1))[0];
    if (file === undefined) return known(null);
    const fullName = textOf(repository.nameWithOwner) || `${owner}/.github`;
    const { path, oid } = file;
    const usual = [repository.policy, repository.hubPolicy] as Maybe<PolicyBlob>[];
    const told = usual.find((blob) => blob?.oid === oid && blob.isTruncated === false)?.text;
    const source = { key: ['policy', fullName, path, oid], isPrivate: repository.isPrivate !== false };
    const text =
      typeof told === 'string'
        ? known(told)
        : await keptOrAsked(session, source, () => policyText(session, owner, path));
    if (!isKnown(text)) return text;
    return known({ path: `${session.endpoints.host}/${fullName}/${path}`, text: text.known });
  } catch (error) {
    if (error instanceof HttpFailure || error instanceof Overload || error instanceof Rejected)
      return unknown('failed', error.message);
    throw error;
  }
}

interface PolicyBlob {
  readonly oid?: string;
  readonly text?: Maybe<string>;
  readonly isTruncated?: boolean;
}

/** GraphQL tells texts of up to half a megabyte; of others REST gives the bytes. */
async function policyText(session: Session, owner: string, path: string): Promise<Answer<string>> {
  const query = `query Policy($owner:String!){repository(owner:$owner,name:".github"){
object(expression:${JSON.stringify(`HEAD:${path}`)}){...on Blob{text isTruncated}}} ${PRICE}}`;
  const { data, errors } = await ask(session, query, { owner });
  if (errors.length > 0) return unknown('failed', errors[0]!.message);
  const { object } = (data?.repository ?? {}) as { object?: Maybe<PolicyBlob> };
  if (typeof object?.text === 'string' && object.isTruncated === false) return known(object.text);
  const question = { path: `/contents/${path.split('/').map(encodeURIComponent).join('/')}`, what: path };
  return askRest(session, question, `${owner}/.github`, (json) => {
    const { content, encoding } = mustBeObject(json);
    if (encoding !== 'base64') throw new UnexpectedShape();
    return Buffer.from(mustBeText(content), 'base64').toString('utf8');
  });
}

const SYMBOLIC_LINK = 0o120000;

/** Empty files and links are not among the files of an archive. */
function filesOf(repository: Data): { path: string; oid: string }[] {
  return Object.entries(FOLDERS).flatMap(([name, folder]) =>
    ((repository[name] as Maybe<RawTree>)?.entries ?? []).flatMap((entry) =>
      entry.type === 'blob' && entry.mode !== SYMBOLIC_LINK && (entry.size ?? 1) > 0
        ? [{ path: `${folder}${entry.name ?? ''}`, oid: textOf(entry.oid) }]
        : [],
    ),
  );
}
