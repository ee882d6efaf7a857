import {
  CannotJudge,
  defineProbe,
  type FindingDraft,
  no,
  notApplicable,
  notAvailable,
  type View,
  yes,
} from '../../src/core/index.ts';
import { type CiRecord, ciRecords } from '../../src/evidence/ciRecords.ts';
import { checkRunExample, passed } from '../toldExamples.ts';
import { looksLikeTest, namesTest } from './words.ts';

export const testsRunInCI = defineProbe({
  id: 'testsRunInCI',
  lifecycle: 'stable',
  summary: 'Did tests run on recent changes before they were merged?',
  motivation:
    'Tests that run on every change find mistakes, security flaws among them, before they reach users, and give contributors a fair measure.',
  implementation:
    'For the recent commits that came with a merged pull request, reads commit statuses and check runs of the head of that request. A successful status whose context or address names a test or a CI service counts, else a completed, successful check run of an app that does.',
  outcomes: {
    True: 'A test passed on the change; one finding per head of a merged pull request.',
    False: 'No passed test shows on the change.',
    NotApplicable: 'No recent commit came with a merged pull request.',
    NotAvailable: 'Assay view only: the token may not read checks.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Run the tests on every pull request',
    steps: ['Run the tests on every pull request, e.g. with a workflow that starts on `pull_request`.'],
  },
  forges: ['github', 'gitlab'],
  needs: { ciRecords },
  improvements: {
    'test-words': {
      what: '`test` counts as a word, not as four letters of `latest` or `attestation`, and more CI services are known.',
      why: 'Any status that mentions `latest` passes for a test in the reference, while several CI services go unseen (ossf/scorecard#3976, #1335, #1322).',
    },
    'direct-commits': {
      what: 'Commits that no pull request brought count with the checks that ran on them; one without any, among others with some, came in the same push and is left out.',
      why: 'Projects that push directly, or mirror, test too; the reference sees none of it (ossf/scorecard#1921, #2750, #4393).',
    },
    'merged-request': {
      what: 'Of several pull requests of a commit the one that brought it counts.',
      why: 'The first of the list may be one that was never merged (ossf/scorecard#1921).',
    },
    'check-rights': {
      what: 'Where the token may not read checks the answer is not available, naming the permission, instead of an error.',
      why: 'A missing permission is no fault of the scanned project (ossf/scorecard#3399).',
    },
  },
  example: checkRunExample([], passed('unit tests', 'github-actions')),
  run: ({ ciRecords }, view) => {
    const { unknown } = ciRecords;
    if (unknown !== undefined) {
      if (unknown.needs === undefined || !view.adopts('check-rights'))
        throw new CannotJudge(`checks cannot be read: ${unknown.why}`);
      return [notAvailable(`checks cannot be read: ${unknown.why}`, { values: { needs: unknown.needs } })];
    }
    const pulls = view.adopts('merged-request') ? ciRecords.actual : ciRecords.reference;
    const records = view.adopts('direct-commits') ? [...pulls, ...pushes(ciRecords.direct)] : pulls;
    if (records.length === 0) return [notApplicable('no merged pull requests found')];
    return records.map((record) => judge(record, view));
  },
});

/** Checks run on the newest commit of a push only: where checks run at all, commits without any tell nothing. */
function pushes(direct: readonly CiRecord[]): readonly CiRecord[] {
  const checked = direct.filter((one) => one.checkRuns.length + one.statuses.length > 0);
  return checked.length > 0 ? checked : direct;
}

function judge({ sha, pullRequest, checkRuns, statuses }: CiRecord, view: View): FindingDraft {
  const isTest = view.adopts('test-words') ? namesTest : looksLikeTest;
  const what = pullRequest === undefined ? `commit ${sha}` : `pull request ${pullRequest}`;
  const status = statuses.find(
    ({ state, context, targetUrl }) => state === 'success' && (isTest(context) || isTest(targetUrl)),
  );
  if (status !== undefined) {
    const location = { path: status.url, type: 'url' as const };
    return yes(`test passed on ${what} at ${sha}: ${status.context}`, { location });
  }
  const run = checkRuns.find(
    ({ status, conclusion, app }) => status === 'completed' && conclusion === 'success' && isTest(app),
  );
  if (run !== undefined)
    return yes(`test passed on ${what}: ${run.app}`, { location: { path: run.url, type: 'url' } });
  return no(`${what} has no passed test at ${sha}`);
}
