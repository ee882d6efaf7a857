import { archived } from '../../probes/archived/probe.ts';
import { createdRecently } from '../../probes/createdRecently/probe.ts';
import { hasRecentCommits } from '../../probes/hasRecentCommits/probe.ts';
import { issueActivityByProjectMember } from '../../probes/issueActivityByProjectMember/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  inconclusive,
  type Judgement,
  line,
  proportion,
  proportional,
  scored,
  type View,
} from '../../src/core/index.ts';

/** One activity a week over 90 days. */
const ENOUGH = Math.trunc(90 / 7);

/** Days without a commit after which a project no longer passes for finished. */
const TWO_YEARS = 730;

export const maintained = defineCheck({
  name: 'Maintained',
  risk: 'High',
  tags: ['supply-chain', 'security'],
  forges: ['github', 'gitlab'],
  atCommit: false,
  onFolder: false,
  summary: 'Does somebody look after the project?',
  motivation:
    'A project that nobody looks after does not mend flaws, neither its own nor those of its dependencies. Whoever depends on it inherits them.',
  scoring:
    'Commits of the last 90 days and issues that people of the project took part in count; 12 together, about one a week, give 10. Archived repositories and those created within the last 90 days get 0. In the Assay view a young repository is inconclusive, and a quiet one is judged by the share of outsiders’ issues that do not wait for an answer.',
  remediation: [
    'Answer issues and keep dependencies up to date.',
    'Archive what nobody maintains and name a successor, so that users know.',
  ],
  probes: [archived, hasRecentCommits, issueActivityByProjectMember, createdRecently],
  improvements: {
    'young-project': {
      what: 'A repository younger than 90 days cannot be judged yet: inconclusive, with a warning.',
      why: 'Every new project gets 0 and a high alert in the reference, whatever it does (ossf/scorecard#2150, scorecard-action#45).',
    },
    'finished-project': {
      what: 'A quiet project with a commit within the last two years is judged by how it answers outsiders: the share of their issues that do not wait; with none at all there is nothing to judge by.',
      why: 'Finished and small projects need no weekly commit (ossf/scorecard#3821, attune-io/attune#80).',
    },
  },
  score,
});

function score(findings: readonly Finding[], view: View): Judgement {
  const by = (probe: { readonly id: string }) => findings.find((finding) => finding.probe === probe.id);
  const probes = [archived, hasRecentCommits, issueActivityByProjectMember, createdRecently];
  if (probes.some((probe) => by(probe) === undefined))
    return { score: 'error', reason: 'findings of Maintained are incomplete' };
  const isArchived = by(archived)!.outcome === 'True';
  const isYoung = by(createdRecently)!.outcome === 'True';
  const details: Detail[] = [archived, createdRecently]
    .map((probe) => by(probe)!)
    .filter((finding) => finding.outcome === 'True')
    .map((finding) => detail('Warn', finding));
  if (isArchived) return scored(0, 'project is archived', details);
  if (isYoung && view.adopts('young-project'))
    return inconclusive('project was created within the last 90 days: too young to judge', details);
  if (isYoung)
    return scored(
      0,
      'project was created within the last 90 days; look through its content with care',
      details,
    );
  const commits = count(by(hasRecentCommits)!, 'commitsWithinThreshold');
  const issue = by(issueActivityByProjectMember)!;
  const issues = count(issue, 'numberOfIssuesUpdatedWithinThreshold');
  if (commits === undefined || issues === undefined)
    return { score: 'error', reason: 'the number of commits or issues is missing' };
  const reason = `${commits} commit(s) and ${issues} issue activity found in the last 90 days`;
  const usual = proportional(commits + issues, ENOUGH, reason, details);
  const days = Number.parseInt(by(hasRecentCommits)!.values?.daysSinceLastCommit ?? '', 10);
  const rests = view.adopts('finished-project') && days <= TWO_YEARS;
  return rests ? (finished(usual, issue, commits + issues) ?? usual) : usual;
}

/** Only findings that say yes carry a number that counts. */
function count(finding: Finding, value: string): number | undefined {
  if (finding.outcome !== 'True') return 0;
  const number = Number.parseInt(finding.values?.[value] ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}

/** The better judgement of a quiet project, if there is one. */
function finished(usual: Judgement, issue: Finding, activity: number): Judgement | undefined {
  const asked = Number.parseInt(issue.values?.issuesByOutsiders ?? '', 10);
  const waiting = Number.parseInt(issue.values?.issuesWaiting ?? '', 10);
  if (typeof usual.score !== 'number' || usual.score === 10 || Number.isNaN(asked) || Number.isNaN(waiting))
    return undefined;
  const details = usual.details ?? [];
  if (asked === 0) {
    if (activity > 0) return undefined;
    return inconclusive('nothing happened in the last 90 days, and nothing waits for an answer', details);
  }
  const answered = proportion(asked - waiting, asked);
  if (answered <= usual.score) return undefined;
  const reason = `${usual.reason.replace(/ -- score.*/, '')}, but ${asked - waiting} of ${asked} issues of outsiders do not wait for an answer`;
  return scored(answered, reason, [...details, line('Info', reason)]);
}
