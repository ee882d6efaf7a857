import type { ProbeCase } from '../../src/core/index.ts';

const lodash = {
  ecosystem: 'npm',
  name: 'lodash',
  version: '4.17.15',
  path: 'package-lock.json',
  line: 7,
  scope: 'runtime',
};
const jest = { ecosystem: 'npm', name: 'jest', version: '1.0.0', path: 'package-lock.json', scope: 'dev' };
const inner = { ...lodash, path: 'web/app/package-lock.json' };
const nio = {
  ecosystem: 'SwiftURL',
  name: 'github.com/apple/swift-nio',
  version: '2.0.0',
  path: 'Package.resolved',
  scope: 'runtime',
  beyond: true,
};

const ghsa = { id: 'GHSA-aaaa', aliases: ['CVE-2020-1'], summary: 's', severity: 'HIGH', fixed: '4.17.21' };
const cve = { id: 'CVE-2020-1', aliases: [], summary: 's' };
const other = { id: 'PYSEC-2021-3', aliases: ['CVE-2021-9'], summary: 's' };

const report = (found: readonly unknown[], more: object = {}) => ({
  lookedUp: 5,
  found,
  commit: [],
  ...more,
});
const config = (path: string, more: object) => ({ path, vulnerabilities: [], packages: [], ...more });
const plain = (id: string) => ({
  outcome: 'True' as const,
  message: `known vulnerability: https://osv.dev/${id}`,
});

export const cases: readonly ProbeCase[] = [
  {
    name: 'none known',
    evidence: { vulnerabilities: report([]), osvConfigs: [] },
    findings: [{ outcome: 'False', message: 'no known vulnerabilities' }],
  },
  {
    name: 'two names of one vulnerability are one finding, under the CVE',
    evidence: {
      vulnerabilities: report([{ package: lodash, vulnerabilities: [ghsa, cve] }]),
      osvConfigs: [],
    },
    findings: [plain('CVE-2020-1')],
  },
  {
    name: 'different ones are different findings; those of the commit come first',
    evidence: {
      vulnerabilities: report([{ package: lodash, vulnerabilities: [ghsa] }], { commit: [other] }),
      osvConfigs: [],
    },
    findings: [plain('PYSEC-2021-3'), plain('GHSA-aaaa')],
  },
  {
    name: 'development dependencies count',
    evidence: { vulnerabilities: report([{ package: jest, vulnerabilities: [ghsa] }]), osvConfigs: [] },
    findings: [plain('GHSA-aaaa')],
  },
  {
    name: 'but not for what is shipped',
    adopts: ['shipped-dependencies'],
    evidence: { vulnerabilities: report([{ package: jest, vulnerabilities: [ghsa] }]), osvConfigs: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'files the reference does not read',
    evidence: { vulnerabilities: report([{ package: nio, vulnerabilities: [ghsa] }]), osvConfigs: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'files the reference does not read, looked at',
    adopts: ['more-lock-files'],
    evidence: { vulnerabilities: report([{ package: nio, vulnerabilities: [ghsa] }]), osvConfigs: [] },
    findings: [plain('GHSA-aaaa')],
  },
  {
    name: 'an ignored alias sets the vulnerability aside',
    evidence: {
      vulnerabilities: report([{ package: lodash, vulnerabilities: [ghsa, other] }]),
      osvConfigs: [config('osv-scanner.toml', { vulnerabilities: [{ id: 'CVE-2020-1' }] })],
    },
    findings: [plain('PYSEC-2021-3')],
  },
  {
    name: 'until its time is over',
    evidence: {
      vulnerabilities: report([{ package: lodash, vulnerabilities: [ghsa] }]),
      osvConfigs: [
        config('osv-scanner.toml', {
          vulnerabilities: [{ id: 'GHSA-aaaa', until: '2025-12-31T00:00:00.000Z' }],
        }),
      ],
    },
    findings: [plain('GHSA-aaaa')],
  },
  {
    name: 'while its time is not over',
    now: '2025-06-01T00:00:00Z',
    evidence: {
      vulnerabilities: report([{ package: lodash, vulnerabilities: [ghsa] }]),
      osvConfigs: [
        config('osv-scanner.toml', {
          vulnerabilities: [{ id: 'GHSA-aaaa', until: '2025-12-31T00:00:00.000Z' }],
        }),
      ],
    },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'an ignored package',
    evidence: {
      vulnerabilities: report([
        { package: lodash, vulnerabilities: [ghsa] },
        { package: jest, vulnerabilities: [other] },
      ]),
      osvConfigs: [
        config('osv-scanner.toml', { packages: [{ name: 'lodash', ecosystem: 'npm', ignores: 'package' }] }),
      ],
    },
    findings: [plain('PYSEC-2021-3')],
  },
  {
    name: 'an ignore file does not hold for the folders below',
    evidence: {
      vulnerabilities: report([{ package: inner, vulnerabilities: [ghsa] }]),
      osvConfigs: [config('osv-scanner.toml', { vulnerabilities: [{ id: 'GHSA-aaaa' }] })],
    },
    findings: [plain('GHSA-aaaa')],
  },
  {
    name: 'unless it is taken so',
    adopts: ['ignore-file-below'],
    evidence: {
      vulnerabilities: report([{ package: inner, vulnerabilities: [ghsa] }]),
      osvConfigs: [config('osv-scanner.toml', { vulnerabilities: [{ id: 'GHSA-aaaa' }] })],
    },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'with place, package and fix',
    adopts: ['located-vulnerabilities'],
    evidence: {
      vulnerabilities: report([
        { package: lodash, vulnerabilities: [ghsa] },
        { package: inner, vulnerabilities: [ghsa] },
      ]),
      osvConfigs: [],
    },
    findings: [
      {
        outcome: 'True',
        message: 'lodash 4.17.15 is vulnerable: https://osv.dev/GHSA-aaaa, fixed in 4.17.21, in 2 files',
        location: { path: 'package-lock.json', type: 'source', lineStart: 7 },
        values: {
          id: 'GHSA-aaaa',
          severity: 'HIGH',
          ecosystem: 'npm',
          package: 'lodash',
          version: '4.17.15',
          scope: 'runtime',
          fixed: '4.17.21',
          files: '2',
        },
      },
    ],
  },
  {
    name: 'how many were looked up',
    adopts: 'all',
    evidence: { vulnerabilities: report([]), osvConfigs: [] },
    findings: [{ outcome: 'False', values: { packages: '5' } }],
  },
  {
    name: 'nobody could be asked',
    evidence: {
      vulnerabilities: { lookedUp: 3, found: [], commit: [], unknown: 'no network' },
      osvConfigs: [],
    },
    findings: [
      { outcome: 'NotAvailable', message: 'known vulnerabilities could not be looked up: no network' },
    ],
  },
];
