/** Releases and assets as REST gives them. */
import type { Asset, Release } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, sha256 } from '../../text.ts';
import type { Call } from '../reply.ts';
import { apiUrl, webUrl } from './repository.ts';
import { userShape } from './user.ts';

export const assetDigest = (asset: Asset): string => `sha256:${sha256(asset.content)}`;

export function releaseShape(c: Call, r: Repo, x: Release): object {
  const api = apiUrl(c, r);
  const url = `${api}/releases/${x.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${webUrl(c, r)}/releases/tag/${x.tag_name}`,
    id: x.id,
    author: userShape(c, x.author),
    node_id: nodeId('Release', x.id),
    tag_name: x.tag_name,
    target_commitish: x.target_commitish,
    name: x.name,
    draft: x.draft,
    immutable: x.immutable,
    prerelease: x.prerelease,
    created_at: x.created_at,
    updated_at: x.published_at,
    published_at: x.published_at,
    assets: x.assets.map((asset) => assetShape(c, r, x, asset)),
    tarball_url: `${api}/tarball/${x.tag_name}`,
    zipball_url: `${api}/zipball/${x.tag_name}`,
    body: x.body,
  };
}

export const assetShape = (c: Call, r: Repo, x: Release, asset: Asset): object => ({
  url: `${apiUrl(c, r)}/releases/assets/${asset.id}`,
  id: asset.id,
  node_id: nodeId('Asset', asset.id),
  name: asset.name,
  label: asset.label,
  uploader: userShape(c, x.author),
  content_type: asset.content_type,
  state: asset.state,
  size: asset.content.length,
  digest: assetDigest(asset),
  download_count: asset.download_count,
  created_at: asset.created_at,
  updated_at: asset.created_at,
  browser_download_url: `${webUrl(c, r)}/releases/download/${x.tag_name}/${encodeURIComponent(asset.name)}`,
});
