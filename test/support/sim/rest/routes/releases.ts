/** Releases, assets and attestations. */
import { notFound } from '../../http/exchange.ts';
import type { Release } from '../../model/activity.ts';
import { canWrite } from '../../model/rules.ts';
import type { Repo } from '../../model/types.ts';
import { json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { assetDigest, assetShape, releaseShape } from '../shapes/release.ts';

/** Drafts are shown to writers only. */
const visible = (r: Repo): Release[] => r.releases.filter((x) => !x.draft || canWrite(r));

function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

export const releaseRoutes: RepoRoutes = {
  '/releases': (c, r) => list(c, visible(r), (x) => releaseShape(c, r, x)),
  '/releases/latest': (c, r) =>
    json(releaseShape(c, r, found(r.releases.find((x) => !x.draft && !x.prerelease)))),
  '/releases/tags/{tag*}': (c, r) => {
    const tag = decodeURIComponent(c.params.tag ?? '');
    return json(releaseShape(c, r, found(visible(r).find((x) => x.tag_name === tag))));
  },
  '/releases/assets/{id}': (c, r) => {
    const all = r.releases.flatMap((release) => release.assets.map((asset) => ({ release, asset })));
    const { release, asset } = found(all.find((x) => String(x.asset.id) === c.params.id));
    if (c.accept.includes('octet-stream')) return { raw: asset.content, type: 'application/octet-stream' };
    return json(assetShape(c, r, release, asset));
  },
  '/releases/{id}': (c, r) =>
    json(releaseShape(c, r, found(visible(r).find((x) => String(x.id) === c.params.id)))),
  '/releases/{id}/assets': (c, r) => {
    const release = found(visible(r).find((x) => String(x.id) === c.params.id));
    return list(c, release.assets, (asset) => assetShape(c, r, release, asset));
  },
  '/attestations/{digest}': (c, r) => {
    const attestations = found(attestationShapes(r, decodeURIComponent(c.params.digest ?? '')));
    return json({ attestations });
  },
};

/** Undefined when nothing is attested of the digest. */
export function attestationShapes(r: Repo, digest: string): object[] | undefined {
  return attestationsOf(r, digest)?.map((b) => ({
    bundle: 'bundle' in b ? b.bundle : b,
    repository_id: r.id,
    bundle_url: '',
  }));
}

/** Attestations are given by digest or by the name of an asset. */
function attestationsOf(r: Repo, digest: string): readonly object[] | undefined {
  const assets = r.releases.flatMap((release) => release.assets);
  const name = Object.keys(r.attestations).find((key) =>
    assets.some((a) => a.name === key && assetDigest(a) === digest),
  );
  return r.attestations[digest] ?? (name === undefined ? undefined : r.attestations[name]);
}
