/** Repositories as REST gives them. */
import { hasPermission, isAdmin } from '../../model/rules.ts';
import type { License, Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import type { Call } from '../reply.ts';
import { userShape } from './user.ts';

export const apiUrl = (c: Call, r: Repo): string => `${c.api}/repos/${r.full_name}`;
export const webUrl = (c: Call, r: Repo): string => `${c.web}/${r.full_name}`;

/** Address templates of a repository, by the name of their field. */
const LINKS: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  downloads_url: '/downloads',
  events_url: '/events',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issues_url: '/issues{/number}',
  languages_url: '/languages',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  statuses_url: '/statuses/{sha}',
  tags_url: '/tags',
  trees_url: '/git/trees{/sha}',
  url: '',
};

export const licenseShape = (l: License | null): object | null =>
  l && { key: l.key, name: l.name, spdx_id: l.spdx_id, url: l.url, node_id: nodeId('License', l.key) };

const permissionsShape = (r: Repo): object => ({
  admin: hasPermission(r, 'ADMIN'),
  maintain: hasPermission(r, 'MAINTAIN'),
  push: hasPermission(r, 'WRITE'),
  triage: hasPermission(r, 'TRIAGE'),
  pull: hasPermission(r, 'READ'),
});

export function repoShape(c: Call, r: Repo): object {
  const owner = c.world.people.get(r.ownerLogin);
  const web = webUrl(c, r);
  return {
    id: r.id,
    node_id: nodeId('Repository', r.full_name),
    name: r.name,
    full_name: r.full_name,
    private: r.private,
    owner: userShape(c, owner),
    html_url: web,
    description: r.description,
    fork: r.fork,
    ...Object.fromEntries(Object.entries(LINKS).map(([field, end]) => [field, apiUrl(c, r) + end])),
    git_url: `git://github.com/${r.full_name}.git`,
    ssh_url: `git@github.com:${r.full_name}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: r.mirror_url ?? null,
    homepage: r.homepage ?? null,
    ...counts(r),
    ...settings(r),
    created_at: r.created_at,
    updated_at: r.updated_at,
    pushed_at: r.pushed_at,
    license: licenseShape(r.license),
    permissions: permissionsShape(r),
    ...(owner.type === 'Organization' ? { organization: userShape(c, owner) } : {}),
    ...(isAdmin(r) ? adminSettings(r) : {}),
  };
}

function counts(r: Repo): object {
  const open = r.issues.filter((x) => x.state === 'open').length;
  const [top] = Object.entries(r.languages).sort((a, b) => b[1] - a[1]);
  return {
    size: r.size,
    stargazers_count: r.stargazers_count,
    watchers_count: r.stargazers_count,
    watchers: r.stargazers_count,
    forks_count: r.forks_count,
    forks: r.forks_count,
    open_issues_count: open,
    open_issues: open,
    network_count: r.forks_count,
    subscribers_count: 3,
    language: top?.[0] ?? null,
  };
}

const settings = (r: Repo): object => ({
  has_issues: r.has_issues ?? true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  archived: r.archived,
  disabled: r.disabled,
  allow_forking: true,
  is_template: r.is_template,
  web_commit_signoff_required: r.web_commit_signoff_required ?? false,
  topics: r.topics,
  visibility: r.private ? 'private' : 'public',
  default_branch: r.default_branch,
});

const OFF = { status: 'disabled' };

const adminSettings = (r: Repo): object => ({
  allow_squash_merge: r.allow_squash_merge ?? true,
  allow_merge_commit: r.allow_merge_commit ?? true,
  allow_rebase_merge: r.allow_rebase_merge ?? true,
  allow_auto_merge: r.allow_auto_merge ?? false,
  delete_branch_on_merge: r.delete_branch_on_merge ?? false,
  security_and_analysis: r.securityAndAnalysis ?? {
    secret_scanning: OFF,
    secret_scanning_push_protection: OFF,
    dependabot_security_updates: OFF,
  },
});
