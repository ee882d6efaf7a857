import { type Actor, derive, isKnown, type PullRequest } from '../core/index.ts';
import { commits } from './facts.ts';

/** People who, by the recent commits, decide what gets in. */
export interface Maintainers {
  /** Logins of people who merged a change or pushed one directly, sorted. */
  readonly deciding: readonly string[];
  /** Logins of people who approved somebody else's change, sorted. */
  readonly approving: readonly string[];
  /** Human commits looked at. */
  readonly seen: number;
}

/** An app, or an account whose name says that it is none of a person. */
export function isMachine(actor: Actor | undefined): boolean {
  if (actor === undefined) return false;
  const login = actor.login.toLowerCase();
  return (
    actor.isBot ||
    login.endsWith('[bot]') ||
    login.endsWith('-bot') ||
    login.endsWith('-robot') ||
    MACHINES.has(login)
  );
}

/** Accounts without such an ending that only programs use. */
const MACHINES: ReadonlySet<string> = new Set([
  'actions-user',
  'bors',
  'copybara-service',
  'dependabot',
  'dependabot-preview',
  'github-actions',
  'github-merge-queue',
  'greenkeeper',
  'homu',
  'imgbot',
  'k8s-ci-robot',
  'mergify',
  'openshift-merge-robot',
  'pre-commit-ci',
  'pyup-bot',
  'renovate',
  'semantic-release-bot',
  'snyk-bot',
  'web-flow',
]);

/** The merged pull request of this repository that brought a commit, if any. */
export const mergedHere = (pulls: readonly PullRequest[]): PullRequest | undefined =>
  pulls.find((pull) => !pull.foreign && pull.mergedAt !== undefined);

/** Empty when commits are not known: nothing is concluded then. */
export const maintainers = derive({
  id: 'maintainers',
  version: 1,
  needs: { commits },
  derive: ({ commits }): Maintainers => {
    const deciding = new Set<string>();
    const approving = new Set<string>();
    let seen = 0;
    for (const commit of isKnown(commits) ? commits.known : []) {
      const pull = mergedHere(commit.pullRequests);
      const decider = pull === undefined ? commit.author : pull.mergedBy;
      if (decider !== undefined && decider.login !== '' && !isMachine(decider)) {
        deciding.add(decider.login);
        seen++;
      }
      for (const { author, state } of pull?.reviews ?? []) {
        if (state !== 'APPROVED' || author === undefined || author.login === '' || isMachine(author))
          continue;
        if (author.login !== pull!.author.login) approving.add(author.login);
      }
    }
    return { deciding: [...deciding].sort(), approving: [...approving].sort(), seen };
  },
});

/** Enough was seen, one person decided all of it, and nobody else ever approved. */
export function onlyMaintainer({ deciding, approving, seen }: Maintainers): string | undefined {
  const [person] = deciding;
  if (seen < 5 || deciding.length !== 1 || approving.some((login) => login !== person)) return undefined;
  return person;
}
