/** Releases and their assets. */
import type * as S from '@octokit/graphql-schema';
import type { Asset, Release } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { commitBySha } from './commits.ts';
import { refNode } from './refs.ts';
import { repositoryNode } from './repository.ts';
import { accountNode } from './users.ts';

export function releaseNode(g: Graph, r: Repo, x: Release | undefined): Fields<S.Release> | null {
  if (!x) return null;
  const page = `/${r.full_name}/releases/tag/${x.tag_name}`;
  return {
    __typename: 'Release',
    id: nodeId('Release', x.id),
    databaseId: x.id,
    name: x.name,
    tagName: x.tag_name,
    description: x.body,
    descriptionHTML: x.body,
    isDraft: x.draft,
    isPrerelease: x.prerelease,
    isLatest: r.releases[0] === x,
    createdAt: x.created_at,
    publishedAt: x.published_at,
    updatedAt: x.published_at,
    url: WEB + page,
    resourcePath: page,
    author: () => accountNode(g, x.author),
    repository: () => repositoryNode(g, r),
    tag: () => refNode(g, r, `refs/tags/${x.tag_name}`),
    tagCommit: () => commitBySha(g, r, x.sha),
    releaseAssets: (a: PageArgs & { name?: string | null }) =>
      connection(
        x.assets
          .filter((asset) => !a.name || asset.name === a.name)
          .map((asset) => assetNode(g, r, x, asset)),
        a,
      ),
    mentions: nothing,
    reactions: nothing,
  };
}

const assetNode = (g: Graph, r: Repo, x: Release, asset: Asset): Fields<S.ReleaseAsset> => ({
  __typename: 'ReleaseAsset',
  id: nodeId('Asset', asset.id),
  name: asset.name,
  size: asset.content.length,
  contentType: asset.content_type,
  downloadCount: asset.download_count,
  downloadUrl: `${WEB}/${r.full_name}/releases/download/${x.tag_name}/${asset.name}`,
  url: `https://api.github.com/repos/${r.full_name}/releases/assets/${asset.id}`,
  createdAt: asset.created_at,
  updatedAt: asset.created_at,
  uploadedBy: () => accountNode(g, x.author),
  release: () => releaseNode(g, r, x),
});
