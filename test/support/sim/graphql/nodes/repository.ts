/** Repositories: their settings, and the way to everything in them. */
import type * as S from '@octokit/graphql-schema';
import { canWrite, isAdmin, rulesetId } from '../../model/rules.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, nothing, type OrderArgs, type PageArgs } from '../connection.ts';
import { fieldForbidden, inaccessible } from '../errors.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { objectNode } from './gitObjects.ts';
import { protectionNode, refConnection, refNode } from './refs.ts';
import { listFields } from './repositoryLists.ts';
import { languageConnection, languageNode, licenseNode } from './repositoryParts.ts';
import { rulesetNode } from './rulesets.ts';
import { accountNode } from './users.ts';

export function repositoryNode(g: Graph, r: Repo | undefined): Fields<S.Repository> | null {
  if (!r) return null;
  return g.once(r, () => ({
    ...identity(g, r),
    ...state(r),
    ...mergeSettings(r),
    ...gitFields(g, r),
    ...peopleFields(g, r),
    ...listFields(g, r),
  }));
}

function identity(g: Graph, r: Repo): Fields<S.Repository> {
  return {
    __typename: 'Repository',
    id: nodeId('Repository', r.full_name),
    databaseId: r.id,
    name: r.name,
    nameWithOwner: r.full_name,
    owner: () => accountNode(g, g.world.people.get(r.ownerLogin)),
    isInOrganization: g.world.people.get(r.ownerLogin).type === 'Organization',
    url: `${WEB}/${r.full_name}`,
    resourcePath: `/${r.full_name}`,
    sshUrl: `git@github.com:${r.full_name}.git`,
    projectsUrl: `${WEB}/${r.full_name}/projects`,
    description: r.description,
    shortDescriptionHTML: r.description ?? '',
    descriptionHTML: r.description ?? '',
    homepageUrl: r.homepage ?? null,
  };
}

function state(r: Repo): Fields<S.Repository> {
  return {
    isArchived: r.archived,
    archivedAt: r.archived ? r.updated_at : null,
    isPrivate: r.private,
    visibility: r.private ? 'PRIVATE' : 'PUBLIC',
    isFork: r.fork,
    isEmpty: r.empty,
    isDisabled: r.disabled,
    isLocked: false,
    isMirror: r.mirror_url !== undefined,
    mirrorUrl: r.mirror_url ?? null,
    isTemplate: r.is_template,
    isSecurityPolicyEnabled: r.files.some((f) => /^(\.github\/|docs\/)?security\.md$/i.test(f.path)),
    securityPolicyUrl: `${WEB}/${r.full_name}/security/policy`,
    createdAt: r.created_at,
    pushedAt: r.empty ? null : r.pushed_at,
    updatedAt: r.updated_at,
    diskUsage: r.size,
    forkCount: r.forks_count,
    stargazerCount: r.stargazers_count,
    hasIssuesEnabled: r.has_issues ?? true,
    hasWikiEnabled: true,
    hasProjectsEnabled: true,
    hasDiscussionsEnabled: false,
    hasSponsorshipsEnabled: false,
    hasVulnerabilityAlertsEnabled: isAdmin(r) && r.vulnerabilityAlerts.length > 0,
    viewerPermission: r.viewer.permission,
    viewerCanAdminister: isAdmin(r),
    viewerCanUpdateTopics: isAdmin(r),
  };
}

const mergeSettings = (r: Repo): Fields<S.Repository> => ({
  autoMergeAllowed: r.allow_auto_merge ?? false,
  deleteBranchOnMerge: r.delete_branch_on_merge ?? false,
  mergeCommitAllowed: r.allow_merge_commit ?? true,
  rebaseMergeAllowed: r.allow_rebase_merge ?? true,
  squashMergeAllowed: r.allow_squash_merge ?? true,
  forkingAllowed: true,
  webCommitSignoffRequired: r.web_commit_signoff_required ?? false,
});

function gitFields(g: Graph, r: Repo): Fields<S.Repository> {
  return {
    defaultBranchRef: () => refNode(g, r, `refs/heads/${r.default_branch}`),
    ref: (a: { qualifiedName: string }) => refNode(g, r, a.qualifiedName),
    refs: (a: Parameters<typeof refConnection>[2]) => refConnection(g, r, a),
    object: (a: { expression?: string; oid?: string }) => objectNode(g, r, a.expression ?? a.oid),
    branchProtectionRules: (a: PageArgs) => {
      if (!isAdmin(r) && r.viewer.token !== 'classic') throw fieldForbidden(inaccessible(r.viewer.token));
      return connection(isAdmin(r) ? r.protectionRules.map((rule) => protectionNode(g, r, rule)) : [], a);
    },
    rulesets: (a: PageArgs & { targets?: readonly string[] | null }) => {
      const sets = r.rulesets.filter(
        (s) => !a.targets?.length || a.targets.includes((s.target ?? 'branch').toUpperCase()),
      );
      return connection(
        sets.map((set) => rulesetNode(g, r, set)),
        a,
      );
    },
    ruleset: (a: { databaseId: number }) =>
      rulesetNode(
        g,
        r,
        r.rulesets.find((s) => rulesetId(s) === a.databaseId),
      ),
    submodules: (a: PageArgs) =>
      connection(
        r.submodules.map((s) => ({
          name: s.path,
          path: s.path,
          gitUrl: `${WEB}/x/y`,
          subprojectCommitOid: s.sha,
        })),
        a,
      ),
    languages: (a: PageArgs & OrderArgs) => languageConnection(r, a),
    primaryLanguage: () => {
      const [top] = Object.entries(r.languages).sort((x, y) => y[1] - x[1]);
      return top ? languageNode(top[0]) : null;
    },
    licenseInfo: () => licenseNode(r),
    repositoryTopics: (a: PageArgs) =>
      connection(
        r.topics.map((name) => ({
          id: nodeId('RepositoryTopic', name),
          topic: { id: nodeId('Topic', name), name },
          url: `${WEB}/topics/${name}`,
        })),
        a,
      ),
  };
}

function peopleFields(g: Graph, r: Repo): Fields<S.Repository> {
  return {
    collaborators: (a: PageArgs) => {
      if (!canWrite(r)) {
        const text = 'You do not have permission to view repository collaborators.';
        throw fieldForbidden(r.viewer.token === 'classic' ? text : inaccessible(r.viewer.token));
      }
      const page = connection(r.collaborators, a);
      const node = (login: string): object | null => accountNode(g, g.world.people.get(login));
      const edges = page.edges.map(({ node: c, cursor }) => ({
        cursor,
        permission: c.permission,
        node: node(c.login),
      }));
      return { ...page, nodes: page.nodes.map((c) => node(c.login)), edges };
    },
    mentionableUsers: nothing,
    assignableUsers: nothing,
    stargazers: nothing,
    watchers: nothing,
    forks: nothing,
    labels: nothing,
    milestones: nothing,
    deployments: nothing,
    discussions: nothing,
    packages: nothing,
    codeowners: { errors: [] },
    fundingLinks: [],
    issueTemplates: [],
    pullRequestTemplates: [],
    contactLinks: [],
  };
}
