import { pinsDependencies } from '../../probes/pinsDependencies/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  inconclusive,
  line,
  weightedProportion,
} from '../../src/core/index.ts';

interface Group {
  readonly name: string;
  readonly success: number;
  readonly total: number;
  readonly weight: number;
}

export const pinnedDependencies = defineCheck({
  name: 'Pinned-Dependencies',
  risk: 'Medium',
  tags: ['supply-chain', 'security', 'dependencies'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Is everything that builds and workflows fetch named by what it contains?',
  motivation:
    'Builds that fetch by tag or version trust whoever can move the tag. Naming content by its hash makes a build repeatable and a swapped dependency visible.',
  scoring:
    'Each kind of dependency is a group with its counts of pinned and all. Weights: GitHub-owned actions 2 and third-party actions 8 (10 when only one of them occurs), every other kind 10. The score is ten times the weighted pinned count over the weighted total, rounded down; nothing fetched is inconclusive.',
  remediation: [
    'Pin actions to full commit hashes; tools such as Dependabot and Renovate keep such pins current.',
    'Pin images to digests.',
    'Install from lock files with hashes (`npm ci`, `pip install --require-hashes`), and verify downloads before running them.',
  ],
  probes: [pinsDependencies],
  score: (findings) => {
    const groups = groupsOf(findings);
    const details = [
      ...findings.flatMap(levelled),
      ...groups.map((group) =>
        line(
          'Info',
          `${String(group.success).padStart(3)} out of ${String(group.total).padStart(3)} ${group.name} dependencies pinned`,
        ),
      ),
    ];
    const score = weightedProportion(groups);
    if (score === undefined) return inconclusive('no dependencies found', details);
    return score === 10
      ? { score, reason: 'all dependencies are pinned', details }
      : { score, reason: `dependency not pinned by hash detected -- score normalized to ${score}`, details };
  },
});

function levelled(finding: Finding): Detail[] {
  if (finding.outcome === 'False') return [detail('Warn', finding)];
  if (finding.outcome === 'Error') return [detail('Info', finding)];
  return finding.outcome === 'NotSupported' ? [detail('Debug', finding)] : [];
}

/** Actions by owner first, then the other kinds by name. */
function groupsOf(findings: readonly Finding[]): Group[] {
  const counts = new Map<string, { success: number; total: number }>();
  for (const finding of findings) {
    if (finding.outcome !== 'True' && finding.outcome !== 'False') continue;
    const name = groupName(finding);
    const count = counts.get(name) ?? { success: 0, total: 0 };
    counts.set(name, count);
    count.total++;
    if (finding.outcome === 'True') count.success++;
  }
  const both = counts.has(OWNED) && counts.has(THIRD);
  const weight = (name: string) => (both && name === OWNED ? 2 : both && name === THIRD ? 8 : 10);
  return [...counts]
    .map(([name, count]) => ({ name, ...count, weight: weight(name) }))
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
}

const OWNED = 'GitHub-owned GitHubAction';
const THIRD = 'third-party GitHubAction';
const rank = (name: string): number => (name === OWNED ? 0 : name === THIRD ? 1 : 2);

function groupName({ values, location }: Finding): string {
  const type = values?.dependencyType ?? 'unknown';
  if (type !== 'GitHubAction') return type;
  const snippet = location?.snippet ?? '';
  return snippet.startsWith('actions/') || snippet.startsWith('github/') ? OWNED : THIRD;
}
