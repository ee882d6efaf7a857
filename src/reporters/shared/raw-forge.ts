/** The parts of the raw format that a forge tells (formats-and-cli 5). What is not known stands as in the reference. */
import { type Actor, type Answer, type Issue, isKnown } from '../../core/index.ts';
import { badge } from '../../evidence/badge.ts';
import type { BranchSettings } from '../../evidence/branchSettings.ts';
import { changesets } from '../../evidence/changesets.ts';
import { codeOwnersFiles } from '../../evidence/codeOwners.ts';
import { archivedFlag, commits, contributors, createdAt, issues, releases } from '../../evidence/facts.ts';
import { guardedBranches } from '../../evidence/guardedBranches.ts';
import { companyName } from '../../evidence/people.ts';
import type { Known } from './raw-files.ts';

/** The time a Go program writes for "no time". */
const NO_TIME = '0001-01-01T00:00:00Z';

export function rawOfForge(known: Known) {
  return {
    issues: answer(known(issues), []).map(issueOf),
    openssfBestPracticesBadge: { badge: answer(known(badge), 'Unknown') },
    branchProtections: branchProtections(known),
    contributors: { users: users(known) },
    defaultBranchChangesets: changes(known),
    archived: { status: answer(known(archivedFlag), false) },
    createdAt: { timestamp: answer(known(createdAt), NO_TIME) },
    releases: releaseList(known),
  };
}

function answer<T>(given: Answer<T> | undefined, otherwise: T): T {
  return isKnown(given) ? given.known : otherwise;
}

function issueOf({ createdAt: when, author, association, url, comments }: Issue) {
  return {
    createdAt: when,
    author: { repoAssociation: associationOf(association), login: author.login, isBot: author.isBot },
    URL: url,
    comments: comments.map((comment) => ({
      createdAt: comment.createdAt,
      author: { repoAssociation: associationOf(comment.association), login: comment.author, isBot: false },
    })),
  };
}

const associationOf = (text: string): string => text.toUpperCase().replaceAll('-', '_');

function branchProtections(known: Known) {
  const guarded = known(guardedBranches)?.branches ?? [];
  return {
    branches: guarded.map((branch) => ({
      protection: branch.protected ? protection(branch.reference) : null,
      name: branch.name,
    })),
    codeownersFiles: (known(codeOwnersFiles) ?? []).map(({ path }) => path),
  };
}

function protection(settings: BranchSettings) {
  return {
    requiredReviewerCount: settings.reviewCount,
    allowsDeletions: settings.allowDeletions,
    allowsForcePushes: settings.allowForcePushes,
    requiresCodeOwnerReview: settings.codeOwnerReviews,
    // No check asks for it, so it is not kept.
    requiredLinearHistory: null,
    dismissesStaleReviews: settings.dismissStaleReviews,
    enforcesAdmin: settings.enforceAdmins,
    requiresStatuChecks: settings.contexts.length > 0 ? true : null,
    requiresUpdatedBranchesToMerge: settings.upToDate,
    statusChecksContexts: settings.contexts,
  };
}

function users(known: Known) {
  return answer(known(contributors), []).map(({ login, contributions, company, organizations }) => {
    const name = companyName(company);
    return {
      login,
      ...(organizations.length > 0 && { organization: organizations.map((one) => ({ login: one })) }),
      ...(name !== '' && { company: [{ name }] }),
      ...(contributions > 0 && { NumContributions: contributions }),
      isBot: false,
    };
  });
}

const user = ({ login, isBot }: Actor, tellBots = false) => ({ login, isBot: tellBots && isBot });

function changes(known: Known) {
  const grouped = known(changesets);
  if (grouped === undefined || 'unknown' in grouped) return [];
  const bySha = new Map(answer(known(commits), []).map((commit) => [commit.sha, commit]));
  return grouped.reference.map(({ id, platform, votes, author, shas }) => ({
    number: id,
    platform,
    reviews: votes.map(({ state, by }) => ({ state, reviewer: user(by, true) })),
    authors: [user(author)],
    commits: shas.flatMap((sha) => {
      const commit = bySha.get(sha);
      return commit ? [{ message: commit.message, sha, committer: user(commit.committer) }] : [];
    }),
  }));
}

function releaseList(known: Known) {
  return answer(known(releases), []).map(({ tag, apiUrl, assets }) => ({
    tag,
    url: apiUrl,
    assets: assets.map(({ name, url }) => ({ path: name, url })),
  }));
}
