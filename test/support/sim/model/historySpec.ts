/** How a scenario file describes commits and pull requests: one by one, or by a generator. */
import type { CheckSuite } from './activity.ts';

export type OneOrMany<T> = T | readonly T[];

export interface CheckRunSpec {
  readonly app?: string | { readonly slug: string };
  readonly name?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
}

export interface StatusSpec {
  readonly context?: string;
  readonly state?: string;
  readonly description?: string;
  readonly target_url?: string;
}

export interface PullSpec {
  readonly number: number;
  readonly title?: string;
  readonly body?: string;
  readonly user?: string | null;
  readonly state?: 'open' | 'closed';
  readonly merged_at?: string | null;
  readonly merged_by?: string;
  readonly created_at?: string;
  readonly labels?: readonly string[];
  readonly author_association?: string;
  readonly base_repo?: string;
  readonly head?: { readonly sha?: string; readonly ref?: string };
  readonly draft?: boolean;
  readonly reviews?: readonly {
    readonly user: string | null;
    readonly state?: string;
    readonly body?: string;
    readonly submitted_at?: string;
    readonly author_association?: string;
  }[];
  readonly check_runs?: readonly (string | CheckRunSpec)[];
  readonly check_suites?: readonly CheckSuite[];
  readonly statuses?: readonly StatusSpec[];
}

export type PersonSpec =
  | string
  | { readonly login?: string; readonly name?: string; readonly email?: string; readonly date?: string };

export interface CommitSpec {
  readonly message?: string;
  readonly author?: PersonSpec;
  readonly committer?: PersonSpec;
  readonly date?: string;
  readonly pr?: OneOrMany<number | PullSpec>;
  readonly prs?: OneOrMany<number | PullSpec>;
  readonly check_runs?: readonly (string | CheckRunSpec)[];
  readonly statuses?: readonly StatusSpec[];
  readonly verification?: { readonly verified: boolean; readonly byGitHub?: boolean };
  readonly files?: readonly (string | { filename: string })[];
}

/** A generator of commits, with or without pull requests. */
export interface HistorySpec {
  readonly commits?: number;
  readonly newest?: string;
  readonly step?: string;
  readonly via?: 'squash' | 'merge' | 'rebase' | 'direct';
  readonly message?: string;
  readonly authors?: readonly string[];
  readonly committer?: PersonSpec;
  readonly reviewers?: readonly string[];
  readonly merged_by?: string;
  readonly unreviewed_every?: number;
  readonly direct_every?: number;
  readonly review_state?: string;
  readonly labels?: readonly string[];
  readonly check_runs?: readonly (string | CheckRunSpec)[];
  readonly checks_every?: number;
  readonly statuses?: readonly StatusSpec[];
  readonly statuses_every?: number;
  readonly direct_check_runs?: readonly (string | CheckRunSpec)[];
}
