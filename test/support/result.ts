/** A result with a bit of everything, some of it hostile, and the descriptions it needs. */
import {
  type Catalogue,
  defineCheck,
  defineProbe,
  type Finding,
  fingerprint,
  no,
  type ReportOptions,
  type ScanResult,
  scored,
  yes,
} from '../../src/core/index.ts';

export const HOSTILE = 'bad\u001b[31m<script>alert(1)</script>\n![x](https://evil.example/) | `tick` \u202e';

const pins = defineProbe({
  id: 'pinsThings',
  lifecycle: 'stable',
  summary: 'Are things pinned?',
  motivation: 'Because.',
  implementation: 'By looking.',
  outcomes: { True: 'yes', False: 'no' },
  remediation: {
    on: 'False',
    effort: 'Medium',
    steps: ['Pin it in {path} at line {line}, as {value:name}.', 'Again.'],
  },
  forges: ['local'],
  needs: {},
  run: () => [],
});

const open = defineProbe({
  ...pins,
  id: 'hasPolicy',
  summary: 'Is there a policy?',
  remediation: { on: 'False', effort: 'Low', steps: ['Write one.'] },
});

const check = (name: string, risk: 'Critical' | 'High' | 'Medium' | 'Low') =>
  defineCheck({
    name,
    risk,
    tags: ['security'],
    forges: ['local'],
    atCommit: true,
    onFolder: true,
    summary: `Is ${name} well?`,
    motivation: 'It matters.',
    scoring: 'By counting.',
    remediation: ['Mend it.'],
    probes: [pins, open],
    score: () => scored(10, ''),
  });

const units = [check('Bad-Thing', 'Critical'), check('Good-Thing', 'Low'), check('Unknown-Thing', 'Medium')];

export const catalogue: Catalogue = {
  checks: new Map(units.map((unit) => [unit.name, unit])),
  probes: new Map([pins, open].map((probe) => [probe.id, probe])),
};

const of = (probe: string, draft: Omit<Finding, 'probe'>): Finding => ({ probe, ...draft });
const source = (path: string, lineStart: number, more: object = {}) =>
  ({ path, type: 'source', lineStart, ...more }) as const;

export const unpinned = of(
  'pinsThings',
  no('not pinned', {
    location: source('a dir/ü#1.yml', 3, { lineEnd: 5, snippet: 'uses: x@v1' }),
    values: { name: 'x', a: '1' },
  }),
);
const twin = of(
  'pinsThings',
  no('not pinned', {
    location: source('a dir/ü#1.yml', 9, { snippet: 'uses: x@v1' }),
    values: { name: 'x', a: '1' },
  }),
);
const hostile = of('pinsThings', no(HOSTILE, { location: source(HOSTILE, 0) }));
const binary = of(
  'pinsThings',
  no('compiled', { location: { path: 'bin/tool', type: 'binary', lineStart: 1 } }),
);
const patched = of(
  'pinsThings',
  no('mendable', {
    location: source('b.yml', 1),
    remedy: { text: 'Write `y` here.', patch: '--- a\n+++ b\n' },
  }),
);
const lost = of('pinsThings', no('lost its remediation', { remediated: false }));
const pinned = of('pinsThings', yes('pinned <&>', { location: source('c.yml', 2) }));
const missing = of('hasPolicy', no('no policy'));
const findings = [unpinned, twin, hostile, binary, patched, lost, pinned];

const warn = (finding: Finding) =>
  ({ level: 'Warn', text: finding.message, location: finding.location, finding }) as const;
const details = [
  ...findings.filter((one) => one.outcome === 'False').map(warn),
  warn(missing),
  { level: 'Info', text: pinned.message, location: pinned.location, finding: pinned } as const,
  { level: 'Debug', text: 'looked at 3 files' } as const,
];

export const result: ScanResult = {
  format: 'assay/1',
  repo: {
    name: 'github.com/o/r',
    commit: `${'c0ffee'.repeat(6).slice(0, 36)}cafe`,
    branch: 'main',
    source: 'folder',
  },
  date: '2026-03-01T23:30:00.123Z',
  tool: { version: '1.2.3', commit: 'abc' },
  score: 3.96,
  adjusted: 5,
  checks: [
    {
      name: 'Bad-Thing',
      score: 0,
      reason: `bad <b> & ${HOSTILE}`,
      details,
      adjusted: { score: 3, reason: 'better than it looks', details: details.slice(1) },
      improvements: ['some-rule'],
      annotations: ['Only tests or examples are concerned, nothing that is shipped.'],
      annotated: {
        reasons: ['test-data'],
        by: [
          {
            file: '.assay.yml',
            line: 2,
            checks: [],
            probes: ['pinsThings'],
            paths: ['b.yml'],
            reasons: ['test-data'],
          },
        ],
        fingerprints: [fingerprint(patched)],
        score: 5,
      },
    },
    {
      name: 'Good-Thing',
      score: 10,
      reason: 'all is well',
      details: [],
      adjusted: { score: 10, reason: 'all is well', details: [] },
      improvements: [],
    },
    {
      name: 'Unknown-Thing',
      score: -1,
      reason: 'cannot tell',
      details: [],
      error: 'cannot tell',
      adjusted: { score: -1, reason: 'cannot tell', details: [], error: 'cannot tell' },
      improvements: [],
    },
  ],
  probes: [
    { probe: 'pinsThings', reference: findings, adjusted: findings.slice(1) },
    { probe: 'hasPolicy', reference: [missing], adjusted: [missing] },
  ],
  skipped: [{ name: 'Other-Thing', why: 'a folder cannot tell' }],
  notices: [
    { code: 'file-too-large', message: 'too large', path: 'big.yml', line: 4 },
    { code: 'general', message: HOSTILE },
  ],
  metadata: ['a', '<b>'],
  probeMode: false,
};

export const probeResult: ScanResult = { ...result, checks: [], score: -1, adjusted: -1, probeMode: true };

export const empty: ScanResult = {
  ...result,
  checks: [],
  probes: [],
  skipped: [],
  notices: [],
  metadata: [],
  score: -1,
  adjusted: -1,
};

export const options: ReportOptions = {
  catalogue,
  showDetails: true,
  showAnnotations: true,
  color: false,
  verbose: false,
  changes: () => [
    {
      check: 'Bad-Thing',
      probe: 'pinsThings',
      path: 'a dir/ü#1.yml',
      findings: [unpinned, twin],
      checkBefore: 3,
      checkAfter: 8,
      totalAfter: 8.25,
    },
  ],
};
