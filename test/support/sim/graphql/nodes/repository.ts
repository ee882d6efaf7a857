/** Repositories: their settings, and the way to everything in them. */
import type * as S from '@octokit/graphql-schema';
import { canWrite, isAdmin, rulesetId } from '../../model/rules.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, nothing, type OrderArgs, ordered, type PageArgs } from '../connection.ts';
import { fieldForbidden, inaccessible } from '../errors.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { objectNode } from './gitObjects.ts';
import { issueNode } from './issues.ts';
import { pullNode, pullState } from './pulls.ts';
import { protectionNode, refConnection, refNode } from './refs.ts';
import { releaseNode } from './releases.ts';
import { alertNode, languageConnection, languageNode, licenseNode } from './repositoryParts.ts';
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
    codeowners: { errors: [] },
  };
}

interface ListArgs extends PageArgs, OrderArgs {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: { readonly states?: readonly string[]; readonly since?: string } | null;
  readonly baseRefName?: string | null;
}

const OLDEST_FIRST = { field: 'CREATED_AT', direction: 'ASC' } as const;
const within = (wanted: readonly string[] | null | undefined, ...values: readonly string[]): boolean =>
  !wanted?.length || values.some((value) => wanted.includes(value));

function listFields(g: Graph, r: Repo): Fields<S.Repository> {
  const releases = [...r.releases].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return {
    issues: (a: ListArgs) => {
      const list = r.issues.filter(
        (x) =>
          within(a.states, x.state.toUpperCase()) &&
          within(a.filterBy?.states, x.state.toUpperCase()) &&
          within(a.labels, ...x.labels) &&
          x.updated_at >= (a.filterBy?.since ?? ''),
      );
      const keys = {
        CREATED_AT: (x: (typeof list)[0]) => x.created_at,
        UPDATED_AT: (x: (typeof list)[0]) => x.updated_at,
        COMMENTS: (x: (typeof list)[0]) => x.comments.length,
      };
      return connection(
        ordered(list, a.orderBy ?? OLDEST_FIRST, keys).map((x) => issueNode(g, r, x)),
        a,
      );
    },
    issue: (a: { number: number }) =>
      issueNode(
        g,
        r,
        r.issues.find((x) => x.number === a.number),
      ),
    pullRequests: (a: ListArgs) => {
      const list = [...r.pulls.values()].filter(
        (p) =>
          within(a.states, pullState(p)) &&
          within(a.labels, ...p.labels) &&
          (a.baseRefName ?? r.default_branch) === r.default_branch,
      );
      const keys = {
        CREATED_AT: (p: (typeof list)[0]) => p.created_at,
        UPDATED_AT: (p: (typeof list)[0]) => p.merged_at ?? p.created_at,
      };
      return connection(
        ordered(list, a.orderBy ?? OLDEST_FIRST, keys).map((p) => pullNode(g, r, p)),
        a,
      );
    },
    pullRequest: (a: { number: number }) => {
      const pull = r.pulls.get(a.number);
      return pull ? pullNode(g, r, pull) : null;
    },
    releases: (a: ListArgs) => {
      const visible = r.releases.filter((x) => !x.draft || canWrite(r));
      const keys = {
        CREATED_AT: (x: (typeof visible)[0]) => x.created_at,
        NAME: (x: (typeof visible)[0]) => x.tag_name,
      };
      return connection(
        ordered(visible, a.orderBy ?? { field: 'CREATED_AT', direction: 'DESC' }, keys).map((x) =>
          releaseNode(g, r, x),
        ),
        a,
      );
    },
    latestRelease: () =>
      releaseNode(
        g,
        r,
        releases.find((x) => !x.draft && !x.prerelease),
      ),
    release: (a: { tagName: string }) =>
      releaseNode(
        g,
        r,
        r.releases.find((x) => x.tag_name === a.tagName),
      ),
    vulnerabilityAlerts: (a: ListArgs) => {
      if (!isAdmin(r) && r.viewer.token !== 'classic') throw fieldForbidden(inaccessible(r.viewer.token));
      const alerts = isAdmin(r)
        ? r.vulnerabilityAlerts.filter((x) => within(a.states, x.state ?? 'OPEN'))
        : [];
      return connection(
        alerts.map((alert, i) => alertNode(g, r, alert, i)),
        a,
      );
    },
    forks: nothing,
    labels: nothing,
    milestones: nothing,
    deployments: nothing,
    discussions: nothing,
    packages: nothing,
    fundingLinks: [],
    issueTemplates: [],
    pullRequestTemplates: [],
    contactLinks: [],
  };
}
