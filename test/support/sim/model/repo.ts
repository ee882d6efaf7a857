/** Builds one repository of the model out of its part of a scenario file. */
import { type DraftCommit, type PullDraft, type Sealed, sealHistory } from '../git/seal.ts';
import { moment, numId } from '../text.ts';
import type { Commit } from './activity.ts';
import { contributorsOf } from './contributors.ts';
import { readFiles } from './files.ts';
import { expandHistory, type HistoryDraft } from './history.ts';
import { issuesOf } from './issues.ts';
import { licenseOf } from './license.ts';
import { checkRunsOf, dayBefore, type People, statusesOf } from './people.ts';
import { pullsOf } from './pulls.ts';
import { releasesOf } from './releases.ts';
import type { RepoSpec } from './spec.ts';
import type { Branch, Repo, RepoFile, Submodule } from './types.ts';

/** Expands a repository; `filesDir` is the folder with its tree, which may be missing. */
export function buildRepo(
  spec: RepoSpec,
  scenario: string,
  filesDir: string | undefined,
  people: People,
): Repo {
  const fullName = spec.repo?.full_name ?? `sim-org/${scenario}`;
  const [ownerLogin = '', name = ''] = fullName.split('/');
  people.get(ownerLogin, { type: spec.owner_type ?? spec.repo?.owner?.type ?? 'Organization' });
  const all = readFiles(filesDir, spec.extra_files ?? []);
  const files = all.filter((f): f is RepoFile => f.mode !== '160000');
  const draft = expandHistory(spec, people.now);
  const commitDrafts = draft.commits.map(
    (c): DraftCommit => ({
      ...c,
      people: {
        author: people.person(c.author ?? 'alice', c.at),
        committer: people.person(c.committer ?? c.author ?? 'alice', c.at),
      },
    }),
  );
  const sealed = sealHistory(all, commitDrafts, pullDrafts(draft, people));
  const commits = commitsOf(fullName, commitDrafts, sealed);
  const defaultBranch = spec.repo?.default_branch ?? 'main';
  const releases = releasesOf(spec, fullName, defaultBranch, sealed.commits, people);
  const branches = branchesOf(spec, defaultBranch, sealed.commits);
  for (const branch of branches) sealed.objects.refs.set(`refs/heads/${branch.name}`, branch.sha);
  for (const release of releases)
    if (release.sha) sealed.objects.refs.set(`refs/tags/${release.tag_name}`, release.sha);
  return {
    ...settingsOf(spec, people, commits[0]?.date),
    scenario,
    full_name: fullName,
    name,
    ownerLogin,
    id: spec.repo?.id ?? numId(`repo:${fullName}`),
    default_branch: defaultBranch,
    description: spec.repo?.description === undefined ? `Sample project ${name}` : spec.repo.description,
    empty: commits.length === 0,
    files,
    submodules: all.filter((f): f is Submodule => f.mode === '160000'),
    license: licenseOf(spec.license, files),
    issues: issuesOf(spec.issues ?? [], fullName, people),
    pulls: pullsOf(draft.pulls, commits, sealed.pullHeads, fullName, people),
    commits,
    branches,
    releases,
    contributors: contributorsOf(spec, commits),
    head: commits[0]?.sha ?? '',
    treeSha: sealed.treeSha,
    tree: sealed.tree,
    objects: sealed.objects,
  };
}

/** Everything that is passed through with a default. */
function settingsOf(spec: RepoSpec, people: People, newestCommit: string | undefined) {
  const at = (value: string | undefined, fallback: string): string => moment(value ?? fallback, people.now);
  const r = spec.repo ?? {};
  const {
    full_name: _name,
    id: _id,
    owner: _owner,
    default_branch: _branch,
    description: _text,
    ...given
  } = r;
  const created_at = at(r.created_at, '-900d');
  const pushed_at = at(r.pushed_at, newestCommit ?? created_at);
  return {
    ...given,
    private: r.private ?? false,
    archived: r.archived ?? false,
    disabled: r.disabled ?? false,
    fork: r.fork ?? false,
    is_template: r.is_template ?? false,
    created_at,
    pushed_at,
    updated_at: at(r.updated_at, pushed_at),
    stargazers_count: r.stargazers_count ?? 42,
    forks_count: r.forks_count ?? 7,
    topics: r.topics ?? [],
    size: r.size ?? 108,
    access: spec.access ?? 'public',
    viewer: { permission: 'READ', token: 'classic', ...spec.viewer },
    languages: spec.languages ?? {},
    hooks: spec.hooks ?? [],
    rulesets: spec.rulesets ?? [],
    protectionRules: spec.branch_protection_rules ?? [],
    workflowRuns: spec.workflow_runs ?? [],
    attestations: spec.attestations ?? {},
    vulnerabilityAlerts: spec.vulnerability_alerts ?? [],
    collaborators: (spec.collaborators ?? []).map((c) =>
      typeof c === 'string' ? { login: c, permission: 'WRITE' } : { permission: 'WRITE', ...c },
    ),
    securityAndAnalysis: spec.security_and_analysis,
    privateVulnerabilityReporting: spec.private_vulnerability_reporting ?? false,
  } as const;
}

function pullDrafts(draft: HistoryDraft, people: People): Map<number, PullDraft> {
  const out = new Map<number, PullDraft>();
  for (const pull of draft.pulls.values()) {
    const user = pull.user === null ? { login: 'ghost', name: 'Ghost' } : people.get(pull.user ?? 'alice');
    const merged = pull.merged_at ? moment(pull.merged_at, people.now) : undefined;
    const date = pull.created_at
      ? moment(pull.created_at, people.now)
      : merged
        ? dayBefore(merged)
        : moment('-5d', people.now);
    const email = `${user.login.replace(/[^a-z0-9]/gi, '')}@example.org`;
    out.set(pull.number, {
      number: pull.number,
      author: { name: user.name, email, date },
      fixedSha: pull.head?.sha,
    });
  }
  return out;
}

function commitsOf(fullName: string, drafts: readonly DraftCommit[], sealed: Sealed): Commit[] {
  return drafts.map((c, i) => {
    const parent = sealed.commits[i + 1];
    return {
      sha: sealed.commits[i] as string,
      parents: parent ? [parent] : [],
      message: c.message ?? '',
      date: c.at,
      ...c.people,
      verification:
        c.verification ?? (c.committer === 'web-flow' ? { verified: true, byGitHub: true } : null),
      prs: c.prNumbers,
      check_runs: checkRunsOf(c.check_runs, c.at, `${fullName}:c${i}`),
      statuses: statusesOf(c.statuses, c.at, `${fullName}:c${i}`),
      files: c.files,
    };
  });
}

/** The default branch and the others; `at` counts commits from the head. */
function branchesOf(spec: RepoSpec, defaultBranch: string, commits: readonly string[]): Branch[] {
  if (commits.length === 0) return [];
  const out = new Map<string, Branch>([[defaultBranch, { name: defaultBranch, sha: commits[0] as string }]]);
  for (const item of spec.branches ?? []) {
    const { name, at = 0 } = typeof item === 'string' ? { name: item } : item;
    const sha = commits[at];
    if (sha === undefined) throw new Error(`branch ${name}: no commit ${at}`);
    if (!out.has(name)) out.set(name, { name, sha });
  }
  return [...out.values()];
}
