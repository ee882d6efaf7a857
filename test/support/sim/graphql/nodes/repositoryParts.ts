/** Languages, licence and vulnerability alerts of a repository. */
import type * as S from '@octokit/graphql-schema';
import type { VulnerabilityAlertSpec } from '../../model/spec.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, type OrderArgs, ordered, type PageArgs } from '../connection.ts';
import type { Fields, Graph } from '../graph.ts';
import { repositoryNode } from './repository.ts';

export const languageNode = (name: string): Fields<S.Language> => ({
  id: nodeId('Language', name),
  name,
  color: '#888888',
});

/** Languages with their sizes on the edges. */
export function languageConnection(r: Repo, a: PageArgs & OrderArgs): object {
  const all = Object.entries(r.languages);
  const page = connection(ordered(all, a.orderBy, { SIZE: ([, size]) => size }), a);
  return {
    ...page,
    nodes: page.nodes.map(([name]) => languageNode(name)),
    edges: page.edges.map(({ node: [name, size], cursor }) => ({ cursor, size, node: languageNode(name) })),
    totalSize: all.reduce((sum, [, size]) => sum + size, 0),
  };
}

export function licenseNode(r: Repo): Fields<S.License> | null {
  const l = r.license;
  if (!l) return null;
  return {
    id: nodeId('License', l.key),
    key: l.key,
    name: l.name,
    spdxId: l.spdx_id,
    url: l.url,
    pseudoLicense: l.key === 'other',
  };
}

export function alertNode(
  g: Graph,
  r: Repo,
  x: VulnerabilityAlertSpec,
  i: number,
): Fields<S.RepositoryVulnerabilityAlert> {
  const severity = x.severity ?? 'MODERATE';
  return {
    id: nodeId('Alert', `${r.full_name}${i}`),
    number: i + 1,
    state: x.state ?? 'OPEN',
    createdAt: r.created_at,
    vulnerableManifestFilename: x.manifest ?? 'package.json',
    vulnerableManifestPath: x.manifest ?? 'package.json',
    vulnerableRequirements: x.requirements ?? null,
    repository: () => repositoryNode(g, r),
    securityAdvisory: {
      ghsaId: x.ghsa_id,
      severity,
      summary: x.summary ?? '',
      identifiers: [{ type: 'GHSA', value: x.ghsa_id }],
    },
    securityVulnerability: {
      package: { name: x.package ?? 'pkg', ecosystem: x.ecosystem ?? 'NPM' },
      severity,
      vulnerableVersionRange: x.range ?? '< 2.0.0',
    },
  };
}
