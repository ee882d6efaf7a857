/** Who contributed: as the scenario says, else counted from the commits. */

import type { Commit } from './activity.ts';
import type { RepoSpec } from './spec.ts';
import type { Contributor } from './types.ts';

/** Contributors, most commits first when counted. */
export function contributorsOf(spec: RepoSpec, commits: readonly Commit[]): Contributor[] {
  if (spec.contributors) return spec.contributors.map((c) => ({ ...c, contributions: c.contributions ?? 1 }));
  const counts = new Map<string, number>();
  for (const { author } of commits) {
    if (author.user) counts.set(author.user.login, (counts.get(author.user.login) ?? 0) + 1);
  }
  return [...counts]
    .map(([login, contributions]) => ({ login, contributions }))
    .sort((a, b) => b.contributions - a.contributions);
}
