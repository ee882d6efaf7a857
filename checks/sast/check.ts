import { sastToolConfigured } from '../../probes/sastToolConfigured/probe.ts';
import { sastToolRunsOnAllCommits } from '../../probes/sastToolRunsOnAllCommits/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  type Judgement,
  line,
  proportion,
  scored,
} from '../../src/core/index.ts';

export const sast = defineCheck({
  name: 'SAST',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'testing'],
  forges: ['github', 'azure', 'local'],
  atCommit: false,
  onFolder: true,
  summary: 'Is the code analysed by tools that look for flaws?',
  motivation: 'Static analysis finds known kinds of flaws early and on every change.',
  scoring:
    'Any configured tool but CodeQL: 10. Else the share of merged changes that were analysed gives up to 10; CodeQL configured raises it to at least 7, and to 10 when no merged change can be looked at. In the adjusted score only tools that look for weaknesses in the code count like this, when a pipeline runs them; one that is only set up gives at least 7, general analysis that a pipeline runs at least 3, analysis of workflows alone nothing.',
  remediation: [
    'Run CodeQL or another analyser for your languages in CI.',
    'Let it run on every pull request, not only on a schedule.',
  ],
  probes: [sastToolConfigured, sastToolRunsOnAllCommits],
  score: (findings) => {
    const tools = findings.filter((one) => one.probe === sastToolConfigured.id && one.outcome === 'True');
    const coverage = findings.find((one) => one.probe === sastToolRunsOnAllCommits.id);
    const details = detailsOf(findings, tools, coverage);
    const share = shareOf(coverage);
    if (tools.some((one) => one.values?.kind !== undefined)) return byKind(tools, share, details);
    const codeql = tools.some((one) => one.values?.tool === 'CodeQL');
    if (tools.some((one) => one.values?.tool !== 'CodeQL')) return scored(10, 'SAST tool detected', details);
    if (share === undefined) {
      return codeql ? scored(10, 'SAST tool detected', details) : scored(0, 'no SAST tool detected', details);
    }
    if (share === 10) return scored(10, 'SAST tool is run on all commits', details);
    if (codeql)
      return scored(
        Math.floor((3 * share + 70) / 10),
        'SAST tool detected but not run on all commits',
        details,
      );
    return scored(share, `SAST tool is not run on all commits -- score normalized to ${share}`, details);
  },
});

/** With tools told apart: what each of them is worth beside the share of analysed changes. */
function byKind(tools: readonly Finding[], share: number | undefined, details: readonly Detail[]): Judgement {
  const code = tools.filter((one) => one.values?.kind === 'code');
  const running = code.filter((one) => one.values?.runs === 'ci');
  const isUnseen = share === undefined && running.length > 0;
  if (isUnseen || running.some((one) => one.values?.tool !== 'CodeQL'))
    return scored(10, 'code is analysed for weaknesses', details);
  if (share === 10) return scored(10, 'SAST tool is run on all commits', details);
  const seen = share ?? 0;
  if (code.length > 0) {
    const reason =
      running.length > 0 ? 'SAST tool detected but not run on all commits' : 'SAST tool is set up';
    return scored(Math.floor((3 * seen + 70) / 10), reason, details);
  }
  const general = tools.some((one) => one.values?.kind === 'general');
  return scored(Math.max(seen, general ? 3 : 0), 'no tool looks for weaknesses in the code', details);
}

/** 0..10, undefined when no merged change was found. */
function shareOf(coverage: Finding | undefined): number | undefined {
  const { totalPullRequestsAnalyzed, totalPullRequestsMerged } = coverage?.values ?? {};
  if (totalPullRequestsMerged === undefined) return undefined;
  return proportion(Number(totalPullRequestsAnalyzed), Number(totalPullRequestsMerged));
}

function detailsOf(
  findings: readonly Finding[],
  tools: readonly Finding[],
  coverage: Finding | undefined,
): Detail[] {
  const errors = findings.filter((one) => one.outcome === 'Error').map((one) => detail('Info', one));
  const configured = tools.map((one) =>
    one.values?.kind === undefined
      ? line('Info', `SAST configuration detected: ${one.values?.tool}`)
      : detail('Info', one),
  );
  const last = coverage ? [detail(coverage.outcome === 'True' ? 'Info' : 'Warn', coverage)] : [];
  return [...errors, ...configured, ...last];
}
