/**
 * What a scenario file (`NAME/scenario.yml`) may say. Everything has a default.
 * Moments are ISO dates or spans from now ("-20d"); the format is told in testdata/README.md.
 */

import type { FaultRule, ScenarioFaults } from '../faults/types.ts';
import type { CommitSpec, HistorySpec, OneOrMany, PullSpec } from './historySpec.ts';
import type { Contributor, Hook, RepoSettings, User, Viewer, WorkflowRun } from './types.ts';

export interface BranchProtectionSpec {
  readonly pattern: string;
  readonly allowsDeletions?: boolean;
  readonly allowsForcePushes?: boolean;
  readonly blocksCreations?: boolean;
  readonly dismissesStaleReviews?: boolean;
  readonly isAdminEnforced?: boolean;
  readonly lockBranch?: boolean;
  readonly requireLastPushApproval?: boolean;
  readonly requiredApprovingReviewCount?: number;
  readonly requiredStatusCheckContexts?: readonly string[];
  readonly requiresApprovingReviews?: boolean;
  readonly requiresCodeOwnerReviews?: boolean;
  readonly requiresCommitSignatures?: boolean;
  readonly requiresConversationResolution?: boolean;
  readonly requiresLinearHistory?: boolean;
  readonly requiresStatusChecks?: boolean;
  readonly requiresStrictStatusChecks?: boolean;
  readonly restrictsPushes?: boolean;
}

export interface RuleSpec {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface RulesetSpec {
  readonly id?: number;
  readonly name: string;
  readonly target?: string;
  readonly source_type?: string;
  readonly enforcement?: string;
  readonly conditions?: {
    readonly ref_name?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  };
  readonly bypass_actors?: readonly {
    readonly actor_id?: number;
    readonly actor_type?: string;
    readonly bypass_mode?: string;
    readonly name?: string;
  }[];
  readonly rules?: readonly RuleSpec[];
}

export interface IssueSpec {
  readonly number?: number;
  readonly title?: string;
  readonly body?: string;
  readonly user?: string | null;
  readonly author_association?: string;
  readonly state?: 'open' | 'closed';
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly closed_at?: string;
  readonly labels?: readonly string[];
  readonly comments?: readonly {
    readonly user?: string;
    readonly author_association?: string;
    readonly created_at?: string;
    readonly body?: string;
  }[];
}

export interface AssetSpec {
  readonly name: string;
  readonly label?: string;
  readonly content_type?: string;
  readonly text?: string;
  readonly base64?: string;
  readonly state?: string;
  readonly download_count?: number;
}

export interface ReleaseSpec {
  readonly id?: number;
  readonly tag_name: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly immutable?: boolean;
  readonly target_commitish?: string;
  readonly created_at?: string;
  readonly published_at?: string;
  readonly author?: string;
  /** Which commit, counted from the head. */
  readonly commit?: number;
  readonly assets?: readonly (string | AssetSpec)[];
}

/** Content a plain folder cannot hold: bytes, links, submodules, other modes. */
export interface ExtraFileSpec {
  readonly path: string;
  readonly text?: string;
  readonly hex?: string;
  readonly base64?: string;
  readonly pad_to?: number;
  readonly pad_byte?: number;
  readonly repeat?: number;
  readonly mode?: '100644' | '100755';
  readonly symlink?: string;
  readonly submodule?: string;
}

export interface VulnerabilityAlertSpec {
  readonly ghsa_id: string;
  readonly severity?: string;
  readonly package?: string;
  readonly ecosystem?: string;
  readonly state?: string;
  readonly manifest?: string;
  readonly requirements?: string;
  readonly summary?: string;
  readonly range?: string;
}

export interface OsvSpec {
  readonly id: string;
  readonly withdrawn?: string;
  /** Answers commit queries for the head of the main repository. */
  readonly affects_head?: boolean;
  readonly affected?: readonly {
    readonly package?: { readonly name: string; readonly ecosystem: string };
    readonly versions?: readonly string[];
    readonly ranges?: readonly {
      readonly type: string;
      readonly events: readonly {
        readonly introduced?: string;
        readonly fixed?: string;
        readonly last_affected?: string;
      }[];
    }[];
  }[];
  readonly [key: string]: unknown;
}

export interface LicenseSpec {
  readonly key?: string;
  readonly spdx_id?: string;
  readonly name?: string;
  readonly path?: string;
}

/** One repository of a scenario. */
export interface RepoSpec {
  readonly repo?: RepoSettings & {
    readonly full_name?: string;
    readonly id?: number;
    readonly owner?: { readonly type?: User['type'] };
    readonly default_branch?: string;
    readonly private?: boolean;
    readonly archived?: boolean;
    readonly disabled?: boolean;
    readonly fork?: boolean;
    readonly is_template?: boolean;
    readonly description?: string | null;
    readonly created_at?: string;
    readonly pushed_at?: string;
    readonly updated_at?: string;
    readonly stargazers_count?: number;
    readonly forks_count?: number;
    readonly topics?: readonly string[];
    readonly size?: number;
  };
  readonly owner_type?: User['type'];
  readonly access?: 'public' | 'none' | 'blocked';
  readonly moved_from?: readonly string[];
  readonly empty?: boolean;
  readonly viewer?: Partial<Viewer>;
  readonly maintainer?: string;
  readonly languages?: Readonly<Record<string, number>>;
  /** null or false: the API knows none. Left out: guessed from the files. */
  readonly license?: LicenseSpec | null | false;
  readonly history?: OneOrMany<HistorySpec>;
  readonly commits?: readonly CommitSpec[];
  readonly pulls?: readonly PullSpec[];
  readonly branches?: readonly (string | { readonly name: string; readonly at?: number })[];
  readonly branch_protection_rules?: readonly BranchProtectionSpec[];
  readonly rulesets?: readonly RulesetSpec[];
  readonly issues?: readonly IssueSpec[];
  readonly releases?: readonly ReleaseSpec[];
  readonly hooks?: readonly Hook[];
  readonly contributors?: readonly (Omit<Contributor, 'contributions'> & {
    readonly contributions?: number;
  })[];
  readonly collaborators?: readonly (string | { readonly login: string; readonly permission?: string })[];
  readonly workflow_runs?: readonly WorkflowRun[];
  readonly attestations?: Readonly<Record<string, readonly object[]>>;
  readonly vulnerability_alerts?: readonly VulnerabilityAlertSpec[];
  readonly security_and_analysis?: object;
  readonly private_vulnerability_reporting?: boolean;
  readonly extra_files?: readonly ExtraFileSpec[];
}

/** Names of package registries a scenario can answer for. */
export type RegistryKind = 'npm' | 'pypi' | 'rubygems' | 'nuget';

export interface ScenarioSpec extends RepoSpec {
  readonly description?: string;
  /** Scan under this name instead (renames, other letter case). */
  readonly scan?: string;
  readonly args?: readonly (string | number)[];
  readonly users?: Readonly<Record<string, Partial<Omit<User, 'login'>> | null>>;
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  readonly osv?: { readonly vulns?: readonly OsvSpec[] };
  readonly oss_fuzz?: true | readonly object[];
  readonly cii?: string | readonly object[];
  readonly deps_dev?: {
    readonly versions?: readonly object[];
    /** `system/name` to versions to what deps.dev tells of them; the last version is the usual one. */
    readonly packages?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  };
  readonly registries?: Partial<
    Record<RegistryKind, Readonly<Record<string, string | { readonly url: string }>>>
  >;
  /** The reference's own answer varies from run to run: left out of comparisons. */
  readonly unstable_reference?: boolean;
  readonly extra_repos?: readonly (RepoSpec & { readonly files_dir?: string })[];
  readonly faults?: ScenarioFaults & { readonly inject?: readonly FaultRule[] };
}
