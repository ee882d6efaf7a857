/** Examples that several probes share: what a forge tells before and after. */
import type { CheckRun, Part, ToldExample } from '../src/core/index.ts';

/** A release that gets a further file. */
export function releaseExample(added: string): ToldExample {
  const release = (...names: readonly string[]) => ({
    releases: [
      {
        tag: 'v1.2.0',
        draft: false,
        publishedAt: '2025-12-01T09:00:00Z',
        assets: names.map((name) => ({ name })),
      },
    ],
  });
  return { before: release('tool.tar.gz'), after: release('tool.tar.gz', added) };
}

const LENA = { login: 'lena', isBot: false };
const TIME = '2025-12-20T09:00:00Z';

/** A merged pull request on whose head one more check runs. */
export function checkRunExample(before: readonly Part<CheckRun>[], added: Part<CheckRun>): ToldExample {
  const checks = (checkRuns: readonly Part<CheckRun>[]) => ({
    pullRequestChecks: [{ sha: 'c1', statuses: [], checkRuns }],
  });
  const request = { number: 41, headSha: 'c1', mergedAt: TIME, author: LENA, labels: [], reviews: [] };
  const commit = { sha: 'c2', message: 'Read tabs (#41)', committedAt: TIME, author: LENA };
  return {
    before: checks(before),
    after: checks([...before, added]),
    beside: { commits: [{ ...commit, pullRequests: [request] }] },
  };
}

/** A check that passed. */
export const passed = (name: string, app: string): Part<CheckRun> => ({
  name,
  app,
  status: 'completed',
  conclusion: 'success',
});
