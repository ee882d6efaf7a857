import { hasInheritedSecrets } from '../../probes/hasInheritedSecrets/probe.ts';
import { hasNoGitHubWorkflowPermissionUnknown } from '../../probes/hasNoGitHubWorkflowPermissionUnknown/probe.ts';
import { jobLevelPermissions } from '../../probes/jobLevelPermissions/probe.ts';
import { topLevelPermissions } from '../../probes/topLevelPermissions/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  inconclusive,
  line,
  scored,
} from '../../src/core/index.ts';

export const tokenPermissions = defineCheck({
  name: 'Token-Permissions',
  risk: 'High',
  tags: ['supply-chain', 'security', 'infrastructure'],
  forges: ['github', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Do workflows ask for no more rights than they need?',
  motivation:
    'Every action and script of a workflow can use its token. Least rights keep a compromised step from pushing code or publishing packages.',
  scoring:
    'Starts at 10. Writing `contents`, `packages` or `actions` at the top level takes 10, `deployments` or `security-events` 1, `checks` or `statuses` ½; no permissions at the top level, or `write-all`, takes ½ when every job sets its own and all 10 when one does not. In the adjusted score jobs that hand all secrets to another repository take 1 together. Rounded down.',
  remediation: [
    'Set `permissions: contents: read` (or `{}`) at the top of every workflow.',
    'Give `write` scopes only to the job that needs them.',
  ],
  probes: [hasNoGitHubWorkflowPermissionUnknown, jobLevelPermissions, topLevelPermissions],
  improvements: {
    'inherited-secrets': {
      what: 'Jobs that hand all secrets to a workflow of another repository take 1 point.',
      why: 'The reference looks at the token only; `secrets: inherit` gives away more than any scope of it.',
    },
  },
  further: { 'inherited-secrets': [hasInheritedSecrets] },
  score: (findings) => {
    if (findings.some((finding) => finding.outcome === 'NotApplicable'))
      return inconclusive('no workflows found');
    const handed = findings.filter((one) => one.probe === hasInheritedSecrets.id && one.outcome === 'True');
    const tokens = weigh(findings.filter((one) => one.probe !== hasInheritedSecrets.id));
    const details = [...tokens.details, ...handed.map((one) => detail('Warn', one))];
    if (tokens.score === 10 && handed.length > 0)
      return scored(9, 'all secrets are handed to another repository', details);
    const score = tokens.score - (handed.length > 0 ? 1 : 0);
    if (score === 10)
      return scored(10, 'GitHub workflow tokens follow principle of least privilege', details);
    return scored(
      Math.trunc(Math.max(0, score)),
      'detected GitHub workflow tokens with excessive permissions',
      details,
    );
  },
});

/** Points a top-level write scope takes; others take none. Reference: file-checks 12.3. */
const COST: Readonly<Record<string, number>> = {
  contents: 10,
  packages: 10,
  actions: 10,
  deployments: 1,
  'security-events': 1,
  checks: 0.5,
  statuses: 0.5,
};

interface FileState {
  undeclaredJob: boolean;
  writingJob: boolean;
}

/** Walks the findings in probe order: all jobs come before the top levels. */
function weigh(findings: readonly Finding[]): { score: number; details: Detail[] } {
  const states = new Map<string, FileState>();
  const details: Detail[] = [];
  let score = 10;
  let anyJobWrite = false;
  for (const finding of findings) {
    const level = finding.values?.permissionLevel;
    if (finding.outcome === 'Error') details.push(detail('Info', finding));
    if (finding.outcome === 'True' && finding.location) details.push(detail('Info', finding));
    // A grant the Assay view finds needed takes nothing, but is one.
    if (finding.outcome === 'True' && level === 'write') anyJobWrite = true;
    if (finding.outcome !== 'False' || !finding.location) continue;
    const state = stateOf(states, finding.location.path);
    if (level === 'none') details.push(detail('Info', finding));
    else if (level === 'unknown') details.push(detail('Debug', finding));
    else if (finding.probe === 'jobLevelPermissions') {
      if (level === 'undeclared') state.undeclaredJob = true;
      if (level === 'write') state.writingJob = anyJobWrite = true;
      details.push(detail(level === 'write' ? 'Warn' : 'Debug', finding));
    } else if (finding.probe === 'topLevelPermissions') {
      details.push(detail('Warn', finding));
      const name = finding.values?.tokenName;
      if (level === 'undeclared') score -= state.undeclaredJob ? 10 : 0.5;
      else if (name !== 'write-all') score -= COST[name ?? ''] ?? 0;
      else if (state.writingJob || state.undeclaredJob) return { score: 0, details };
      else score -= 0.5;
    }
    score = Math.max(0, score);
  }
  if (!anyJobWrite) details.push(line('Info', 'no job gives itself write permissions'));
  return { score, details };
}

function stateOf(states: Map<string, FileState>, path: string): FileState {
  const known = states.get(path);
  if (known !== undefined) return known;
  const fresh = { undeclaredJob: false, writingJob: false };
  states.set(path, fresh);
  return fresh;
}
