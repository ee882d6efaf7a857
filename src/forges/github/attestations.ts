/** What GitHub attests about files by their digest. It is told, not verified. */
import { type Answer, type Attestation, isKnown, known } from '../../core/index.ts';
import { type Kept, keptOrAsked, recallKept } from './kept.ts';
import { askRest, mustBeList, mustBeObject, textOf, UnexpectedShape } from './rest.ts';
import type { Core, Session } from './session.ts';

/** Digests looked up per scan. */
const MAX_DIGESTS = 5;
/** Attestations in one answer, the most GitHub gives. */
const PAGE = 100;

type Attested = Answer<Attestation>;

/** One request for a single digest, and one for several where GitHub offers that. */
export async function attestations(
  session: Session,
  core: Core,
  digests: readonly string[],
): Promise<Answer<readonly Attestation[]>> {
  const asked = digests.filter((digest) => /^sha256:[0-9a-f]{64}$/.test(digest)).slice(0, MAX_DIGESTS);
  const stored = await Promise.all(
    asked.map((digest) => recallKept<Attestation>(session, keptAs(core, digest))),
  );
  const open = asked.filter((_, index) => stored[index] === undefined);
  const bulk = open.length > 1 ? await several(session, core, open) : undefined;
  const answers = await Promise.all(
    asked.map((digest): Promise<Attested> => {
      const found = bulk?.get(digest);
      const ask = async () => (found === undefined ? one(session, core, digest) : known(found));
      return keptOrAsked(session, keptAs(core, digest), ask);
    }),
  );
  const problem = answers.find((answer) => !isKnown(answer));
  if (problem !== undefined) return problem as Answer<never>;
  return known(answers.flatMap((answer) => (isKnown(answer) ? [answer.known] : [])));
}

/** "None" comes without a tag, so it is kept here, for an hour: one may still be published. */
function keptAs(core: Core, digest: string): Kept {
  return { key: ['attestation', core.fullName, digest], isPrivate: core.isPrivate, hours: 1 };
}

async function one(session: Session, core: Core, digest: string): Promise<Attested> {
  const question = { path: `/attestations/${digest}`, what: 'attestations' };
  const answer = await askRest(session, question, core.fullName, (json) => ({
    digest,
    predicates: mustBeList(mustBeObject(json).attestations).flatMap(predicateOf),
  }));
  return !isKnown(answer) && answer.unknown === 'missing' ? known({ digest, predicates: [] }) : answer;
}

/** By the owner, whose other repositories do not count. Undefined where this is not offered, or not told whole. */
async function several(
  session: Session,
  { owner, id, fullName }: Core,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Attestation> | undefined> {
  if (owner === undefined || id === undefined) return undefined;
  const place = owner === 'Organization' ? 'orgs' : 'users';
  const login = encodeURIComponent(fullName.slice(0, fullName.indexOf('/')));
  const question = {
    path: `api:/${place}/${login}/attestations/bulk-list?per_page=${PAGE}`,
    what: 'attestations',
    body: JSON.stringify({ subject_digests: digests }),
  };
  const answer = await askRest(session, question, fullName, (json) => {
    const { attestations_subject_digests: found, page_info: page } = mustBeObject(json);
    if ((page as { has_next?: unknown } | undefined)?.has_next === true) throw new UnexpectedShape();
    // Described as one object, shown as a list of them.
    const byDigest = mustBeObject(Array.isArray(found) ? Object.assign({}, ...mustBeList(found)) : found);
    return new Map(
      digests.map((digest) => {
        const own = mustBeList(byDigest[digest] ?? []).filter((raw) => raw.repository_id === id);
        return [digest, { digest, predicates: own.flatMap(predicateOf) }];
      }),
    );
  });
  return isKnown(answer) ? answer.known : undefined;
}

/** The predicate type inside the signed statement of a bundle. */
function predicateOf(raw: Readonly<Record<string, unknown>>): string[] {
  try {
    const { bundle } = raw as { bundle?: { dsseEnvelope?: { payload?: string } } };
    const payload = Buffer.from(textOf(bundle?.dsseEnvelope?.payload), 'base64');
    const statement = JSON.parse(payload.toString('utf8'));
    return typeof statement?.predicateType === 'string' ? [statement.predicateType] : [];
  } catch {
    return [];
  }
}
