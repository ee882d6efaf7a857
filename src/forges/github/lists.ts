/** Lists that only the REST API gives: releases with their targets, contributors by their number of contributions. */
import { type Answer, type Contributor, known, type Release } from '../../core/index.ts';
import type { PartAnswer } from './batch.ts';
import { askRest, isOn, mustBeList, mustBeNumber, mustBeText, textIfAny } from './rest.ts';
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
    tag: mustBeText(raw.tag_name),
    target: mustBeText(raw.target_commitish),
    htmlUrl: mustBeText(raw.html_url),
    apiUrl: mustBeText(raw.url),
    publishedAt: textIfAny(raw.published_at) || undefined,
    draft: isOn(raw.draft),
    prerelease: isOn(raw.prerelease),
    immutable: isOn(raw.immutable),
    assets: mustBeList(raw.assets).map((asset) => ({
      name: mustBeText(asset.name),
      url: mustBeText(asset.browser_download_url),
      ...(textIfAny(asset.digest) && { digest: textIfAny(asset.digest) }),
    })),
  };
}

/** The first page, as the reference reads it; an empty repository has none (204). */
export function contributorList(session: Session, fullName: string): Promise<Answer<readonly Contributor[]>> {
  return askRest(session, { path: '/contributors', what: 'contributors' }, fullName, contributorsOf);
}

/** @throws UnexpectedShape */
export function contributorsOf(json: unknown): readonly Contributor[] {
  return (json === undefined ? [] : mustBeList(json)).flatMap((raw): Contributor[] => {
    const [login, type] = [textIfAny(raw.login), textIfAny(raw.type)];
    if (login === '') return [];
    const isBot = type === 'Bot' || login.endsWith('[bot]');
    const contributions = mustBeNumber(raw.contributions);
    const kind = type === 'Organization' ? { isOrganization: true } : {};
    return [{ login, isBot, ...kind, contributions, company: '', organizations: [] }];
  });
}
