/** Lists that only the REST API gives: releases with their targets, contributors by their number of contributions. */
import { type Answer, type Contributor, known, type Release } from '../../core/index.ts';
import type { PartAnswer } from './batch.ts';
import { askRest, listOf, mustBeList, textOf } from './rest.ts';
import type { Core, Session } from './session.ts';

/** In the order the reference sees. Nothing is asked when the first query tells that there is none. */
export async function releaseList(
  session: Session,
  core: Core,
  part: PartAnswer,
): Promise<Answer<readonly Release[]>> {
  const { totalCount } = (part.data.releases ?? {}) as { totalCount?: number };
  if (part.failed === undefined && totalCount === 0) return known([]);
  const question = { path: '/releases', what: 'releases' };
  return askRest(session, question, core.fullName, (json) => mustBeList(json).map(releaseOf));
}

function releaseOf(raw: Readonly<Record<string, unknown>>): Release {
  return {
    tag: textOf(raw.tag_name),
    target: textOf(raw.target_commitish),
    htmlUrl: textOf(raw.html_url),
    apiUrl: textOf(raw.url),
    publishedAt: textOf(raw.published_at) || undefined,
    draft: raw.draft === true,
    prerelease: raw.prerelease === true,
    immutable: raw.immutable === true,
    assets: listOf(raw.assets).map((asset) => ({
      name: textOf(asset.name),
      url: textOf(asset.browser_download_url),
      ...(typeof asset.digest === 'string' ? { digest: asset.digest } : {}),
    })),
  };
}

/** The first page, as the reference reads it; an empty repository has none (204). */
export function contributorList(session: Session, fullName: string): Promise<Answer<readonly Contributor[]>> {
  const question = { path: '/contributors', what: 'contributors' };
  return askRest(session, question, fullName, (json) =>
    (json === undefined ? [] : mustBeList(json))
      .filter((raw) => textOf(raw.login) !== '')
      .map(
        (raw): Contributor => ({
          login: textOf(raw.login),
          isBot: raw.type === 'Bot' || textOf(raw.login).endsWith('[bot]'),
          contributions: typeof raw.contributions === 'number' ? raw.contributions : 0,
          company: '',
          organizations: [],
        }),
      ),
  );
}
