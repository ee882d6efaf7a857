/** What happened in a repository: commits and what ran on them, pull requests, issues, releases. */
import type { User } from './types.ts';

/** Who stands in a commit, with the account behind the address where there is one. */
export interface GitPerson {
  readonly user: User | null;
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: App;
  readonly started_at: string;
  readonly completed_at: string;
}

/** A check suite without its runs, for apps that report no runs. */
export interface CheckSuite {
  readonly app?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
}

export interface Status {
  readonly id: number;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly target_url: string;
  readonly created_at: string;
}

export interface Verification {
  readonly verified: boolean;
  readonly byGitHub?: boolean;
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly date: string;
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly verification: Verification | null;
  /** Numbers of the pull requests this commit came with. */
  readonly prs: readonly number[];
  readonly check_runs: readonly CheckRun[];
  readonly check_suites?: readonly CheckSuite[];
  readonly statuses: readonly Status[];
  readonly files?: readonly (string | { filename: string })[];
}

export interface Review {
  readonly id: number;
  readonly user: User | null;
  readonly state: string;
  readonly body: string;
  readonly submitted_at: string;
  readonly author_association: string;
}

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly user: User | null;
  readonly state: 'open' | 'closed';
  readonly merged_at: string | null;
  readonly merged_by: User | null;
  readonly created_at: string;
  readonly labels: readonly string[];
  readonly author_association: string;
  /** Another repository the pull request belongs to, where a commit is shared. */
  readonly base_repo: string | null;
  readonly head: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
  readonly draft: boolean;
  readonly reviews: readonly Review[];
  readonly check_runs: readonly CheckRun[];
  readonly check_suites?: readonly CheckSuite[];
  readonly statuses: readonly Status[];
}

export interface Comment {
  readonly id: number;
  readonly user: User | null;
  readonly author_association: string;
  readonly created_at: string;
  readonly body: string;
}

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly user: User | null;
  readonly author_association: string;
  readonly state: 'open' | 'closed';
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly labels: readonly string[];
  readonly comments: readonly Comment[];
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly content_type: string;
  readonly content: Buffer;
  readonly created_at: string;
  readonly state: string;
  readonly download_count: number;
}

export interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly immutable: boolean;
  readonly target_commitish: string;
  readonly created_at: string;
  readonly published_at: string;
  readonly author: User;
  readonly sha: string;
  readonly assets: readonly Asset[];
}
