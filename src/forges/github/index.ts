/** GitHub, in public or of one's own, as a place where repositories live. */
import type { Forge, OpenOptions, RepoRef } from '../../core/index.ts';
import { Account, type Http } from '../../http/index.ts';
import { appTokens } from './app-token.ts';
import { accountOf, listRepositories } from './list-repositories.ts';
import { type Outside, openRepository } from './open.ts';
import { parseReference } from './reference.ts';
import { type Endpoints, type GithubSettings, PUBLIC } from './settings.ts';

export type { OutsideDoors } from './doors.ts';
export type { Outside } from './open.ts';
export { type GithubSettings, githubSettings } from './settings.ts';

/** Commits to look back when nothing else is said, as the reference. */
const DEPTH = 30;

export interface GithubOptions {
  readonly settings: GithubSettings;
  readonly http: Http;
  readonly outside: Outside;
}

/** Makes the forge. Tokens and their budgets are shared by all repositories opened through it. */
export function createGithub({ settings, http, outside }: GithubOptions): Forge {
  const { endpoints, tokens, app } = settings;
  const source = app && tokens.length === 0 ? appTokens(app, endpoints, http) : undefined;
  const own = new Account(tokens, source);
  const nobody = new Account([]);
  const hosts = [...new Set([endpoints.host, PUBLIC.host])];
  // Tokens of one GitHub are never shown to another.
  const whom = (host: string): { endpoints: Endpoints; account: Account } =>
    host === endpoints.host ? { endpoints, account: own } : { endpoints: PUBLIC, account: nobody };
  return {
    id: 'github',
    parse: (text) => parseReference(text, hosts),
    repositoriesOf: (text, signal) => {
      const named = accountOf(text, hosts);
      return named && listRepositories({ ...whom(named.host), http: http.scope(signal) }, named);
    },
    open: (ref: RepoRef, options: OpenOptions) => {
      const { host = endpoints.host, owner = '', repo = '' } = ref;
      const stop = new AbortController();
      const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
      const keys = options.facts ?? [];
      const session = {
        ...whom(host),
        http: http.scope(signal),
        owner,
        name: repo,
        rev: options.commit,
        depth: (options.commitDepth ?? 0) > 0 ? options.commitDepth! : DEPTH,
        checks: {
          ofPulls: keys.includes('pullRequestChecks'),
          ofCommits: keys.includes('directChecks'),
        },
      };
      return openRepository(session, ref, options, outside, () => stop.abort());
    },
  };
}
