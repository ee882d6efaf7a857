/** Releases with their assets. */
import { moment, numId } from '../text.ts';
import type { Asset, Release } from './activity.ts';
import type { People } from './people.ts';
import type { AssetSpec, ReleaseSpec, RepoSpec } from './spec.ts';

/** Releases in the order given (newest first); `commits` are ids, newest first. */
export function releasesOf(
  spec: RepoSpec,
  fullName: string,
  defaultBranch: string,
  commits: readonly string[],
  people: People,
): Release[] {
  return (spec.releases ?? []).map((release, i) => {
    const at = moment(release.published_at ?? release.created_at ?? `-${(i + 1) * 20}d`, people.now);
    return {
      id: release.id ?? numId(`${fullName}:${release.tag_name}`),
      tag_name: String(release.tag_name),
      name: release.name ?? String(release.tag_name),
      body: release.body ?? '',
      draft: release.draft ?? false,
      prerelease: release.prerelease ?? false,
      immutable: release.immutable ?? false,
      target_commitish: release.target_commitish ?? defaultBranch,
      created_at: at,
      published_at: at,
      author: people.get(release.author ?? spec.maintainer ?? 'alice'),
      sha: commits[release.commit ?? 0] ?? '',
      assets: assetsOf(release, fullName, at),
    };
  });
}

function assetsOf(release: ReleaseSpec, fullName: string, at: string): Asset[] {
  return (release.assets ?? []).map((item) => {
    const spec: AssetSpec = typeof item === 'string' ? { name: item } : item;
    const text = spec.text ?? `content of ${spec.name} at ${release.tag_name}\n`;
    return {
      id: numId(`${fullName}:${release.tag_name}:${spec.name}`),
      name: spec.name,
      label: spec.label ?? '',
      content_type: spec.content_type ?? 'application/octet-stream',
      content: spec.base64 ? Buffer.from(spec.base64, 'base64') : Buffer.from(text),
      created_at: at,
      state: spec.state ?? 'uploaded',
      download_count: spec.download_count ?? 10,
    };
  });
}
