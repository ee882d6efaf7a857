/** What every request of one scan needs to know. */
import type { Facts } from '../../core/index.ts';
import type { Account, Http } from '../../http/index.ts';
import type { ChecksWanted } from './parts.ts';
import type { Endpoints } from './settings.ts';

export interface Session {
  readonly http: Http;
  readonly account: Account;
  readonly endpoints: Endpoints;
  readonly owner: string;
  readonly name: string;
  /** The commit, tag or branch that was named; undefined for the newest state. */
  readonly rev: string | undefined;
  /** Commits to look back. */
  readonly depth: number;
  readonly checks: ChecksWanted;
  /** Whose `.github` the first query asks for, when it is not `owner`. */
  readonly organisation?: string;
  /** Filled in when GraphQL turned out not to serve at all. */
  readonly outage?: { why?: string };
  /** The token may not see who belongs to which organisation by GraphQL. */
  readonly withoutOrganisations?: boolean;
}

/** What the core part told of the repository. */
export interface Core {
  /** `owner/name` as GitHub spells it. */
  readonly fullName: string;
  readonly commit: string;
  readonly branch: string | undefined;
  readonly isDisabled: boolean;
  readonly isEmpty: boolean;
  readonly isPrivate: boolean;
  /** The token's owner administers the repository. */
  readonly admin: boolean;
  /** GitHub's number for it. */
  readonly id?: number;
  /** `Organization` or `User`. */
  readonly owner?: string;
  readonly facts: Pick<Facts, 'fullName' | 'defaultBranch' | 'createdAt' | 'archived'>;
}
