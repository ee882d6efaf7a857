/**
 * The full, uniform model of what the simulated forge knows. Scenario files are expanded into it once;
 * REST and GraphQL only read it. Names are GitHub's REST names wherever one exists.
 */
import type { FaultRule } from '../faults/types.ts';
import type { GitObjects } from '../git/objects.ts';
import type { Commit, Issue, Pull, Release } from './activity.ts';
import type { BranchProtectionSpec, RulesetSpec, ScenarioSpec, VulnerabilityAlertSpec } from './spec.ts';

export type AccountType = 'User' | 'Organization' | 'Bot' | 'Mannequin';
export type Permission = 'NONE' | 'READ' | 'TRIAGE' | 'WRITE' | 'MAINTAIN' | 'ADMIN';
export type TokenType = 'classic' | 'fine-grained' | 'app';

export interface User {
  readonly login: string;
  id: number;
  type: AccountType;
  name: string;
  company: string | null;
  email: string | null;
  orgs: readonly string[];
  created_at: string;
  description?: string;
  verified?: boolean;
  /** Answers 404 although named by commits. */
  missing?: boolean;
}

export interface Branch {
  readonly name: string;
  readonly sha: string;
}

/** A blob of the tree: a plain or executable file, or a symbolic link with its target as content. */
export interface RepoFile {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000';
  readonly content: Buffer;
}

/** A submodule: a commit of another repository in the tree. */
export interface Submodule {
  readonly path: string;
  readonly mode: '160000';
  readonly sha: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size?: number;
}

export interface Hook {
  readonly id?: number;
  readonly active?: boolean;
  readonly events?: readonly string[];
  readonly config?: { readonly secret?: string; readonly [key: string]: string | undefined };
}

export interface WorkflowRun {
  readonly workflow: string;
  readonly head_sha?: string;
  readonly head_branch?: string;
  readonly event?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
}

/** Settings of a repository that are passed through as the scenario gives them. */
export interface RepoSettings {
  readonly homepage?: string;
  readonly mirror_url?: string;
  readonly has_issues?: boolean;
  readonly allow_auto_merge?: boolean;
  readonly allow_merge_commit?: boolean;
  readonly allow_rebase_merge?: boolean;
  readonly allow_squash_merge?: boolean;
  readonly delete_branch_on_merge?: boolean;
  readonly web_commit_signoff_required?: boolean;
  readonly default_workflow_permissions?: string;
}

/** What the caller's token may see. */
export interface Viewer {
  readonly permission: Permission;
  readonly token: TokenType;
}

export interface License {
  readonly key: string;
  readonly name: string;
  readonly spdx_id: string;
  readonly url: string | null;
  readonly path: string;
  readonly file: RepoFile | undefined;
}

export interface Repo extends RepoSettings {
  /** Name of the scenario it came with. */
  readonly scenario: string;
  readonly full_name: string;
  readonly name: string;
  readonly ownerLogin: string;
  readonly id: number;
  readonly default_branch: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly disabled: boolean;
  readonly fork: boolean;
  readonly is_template: boolean;
  readonly description: string | null;
  readonly created_at: string;
  readonly pushed_at: string;
  readonly updated_at: string;
  readonly stargazers_count: number;
  readonly forks_count: number;
  readonly topics: readonly string[];
  readonly size: number;
  readonly empty: boolean;
  /** none answers 404, blocked answers 451. */
  readonly access: 'public' | 'none' | 'blocked';
  readonly viewer: Viewer;
  readonly files: readonly RepoFile[];
  readonly submodules: readonly Submodule[];
  readonly languages: Readonly<Record<string, number>>;
  readonly license: License | null;
  readonly hooks: readonly Hook[];
  readonly rulesets: readonly RulesetSpec[];
  readonly protectionRules: readonly BranchProtectionSpec[];
  readonly workflowRuns: readonly WorkflowRun[];
  readonly attestations: Readonly<Record<string, readonly object[]>>;
  readonly vulnerabilityAlerts: readonly VulnerabilityAlertSpec[];
  readonly collaborators: readonly { readonly login: string; readonly permission: string }[];
  readonly contributors: readonly Contributor[];
  readonly securityAndAnalysis: object | undefined;
  readonly privateVulnerabilityReporting: boolean;
  readonly issues: readonly Issue[];
  readonly pulls: ReadonlyMap<number, Pull>;
  /** The default branch, newest first. */
  readonly commits: readonly Commit[];
  readonly branches: readonly Branch[];
  readonly releases: readonly Release[];
  /** Commit id of the default branch; empty when the repository is. */
  readonly head: string;
  readonly treeSha: string;
  readonly tree: readonly TreeEntry[];
  readonly objects: GitObjects;
}

export interface Contributor {
  readonly login?: string;
  readonly email?: string;
  readonly name?: string;
  readonly contributions: number;
}

/** One scenario folder with its main repository and the faults it asks for. */
export interface Scenario {
  readonly name: string;
  readonly spec: ScenarioSpec;
  readonly faults: readonly FaultRule[];
  readonly main: Repo;
}
