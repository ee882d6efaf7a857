import type { CheckCase, FindingDraft } from '../../src/core/index.ts';

type Row = Partial<FindingDraft> & { probe: string };

const row = (probe: string, permissionLevel: string, tokenName?: string, path = 'a.yml'): Row => ({
  probe,
  outcome: permissionLevel === 'read' ? 'True' : 'False',
  values: { permissionLevel, ...(tokenName ? { tokenName } : {}) },
  location: { path, type: 'source', lineStart: 1 },
});
const job = (level: string, name?: string, path?: string) => row('jobLevelPermissions', level, name, path);
const top = (level: string, name?: string, path?: string) => row('topLevelPermissions', level, name, path);
const inherited: Row = { probe: 'hasInheritedSecrets', outcome: 'True' };
const all = (name: string, score: number, ...findings: Row[]): CheckCase => ({ name, score, findings });

/** Reference: file-checks 12.3, measured. */
export const cases: readonly CheckCase[] = [
  all('absent and absent', 0, job('undeclared'), top('undeclared')),
  all('absent top, read-all job', 9, job('read'), top('undeclared')),
  all('absent top, empty job', 9, job('none'), top('undeclared')),
  all('absent top, writing job', 9, job('write', 'contents'), top('undeclared')),
  all('absent top, one job declared and one not', 0, job('read'), job('undeclared'), top('undeclared')),
  all('read-all top', 10, job('undeclared'), top('read')),
  all('empty top', 10, job('undeclared'), top('none')),
  all('write-all top, absent job', 0, job('undeclared'), top('write', 'write-all')),
  all('write-all top, reading job', 9, job('read'), top('write', 'write-all')),
  all('write-all top, writing job', 0, job('write', 'contents'), top('write', 'write-all')),
  all('contents: write', 0, job('undeclared'), top('write', 'contents')),
  all('packages: write', 0, job('undeclared'), top('write', 'packages')),
  all('checks: write', 9, job('undeclared'), top('write', 'checks')),
  all('checks and statuses', 9, job('undeclared'), top('write', 'checks'), top('write', 'statuses')),
  all(
    'security-events and deployments',
    8,
    job('read'),
    top('write', 'security-events'),
    top('write', 'deployments'),
  ),
  all('id-token is free', 10, job('undeclared'), top('unknown', 'id-token')),
  {
    ...all('read-all top, writing job', 10, job('write', 'contents'), top('read')),
    levels: ['Warn', 'Info'],
  },
  all(
    'three files with absent top',
    8,
    ...['a', 'b', 'c'].map((path) => job('read', undefined, path)),
    ...['a', 'b', 'c'].map((path) => top('undeclared', undefined, path)),
  ),
  {
    ...all('all secrets handed on, twice', 9, top('read'), inherited, inherited),
    reason: 'all secrets are handed',
    levels: ['Info', 'Info', 'Warn', 'Warn'],
  },
  all('beside a right to write', 0, job('undeclared'), top('write', 'contents'), inherited),
  all('no secrets handed on', 10, top('read'), { probe: 'hasInheritedSecrets', outcome: 'False' }),
  {
    name: 'no workflows',
    findings: [{ probe: 'topLevelPermissions', outcome: 'NotApplicable' }],
    score: 'inconclusive',
  },
];
