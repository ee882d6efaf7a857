/** Annotations: read with all their mistakes, laid over a result without touching its scores. */
import { describe, expect, it } from 'vitest';
import { annotate } from '../src/annotations/apply.ts';
import {
  type Check,
  defineCheck,
  defineProbe,
  type EvidenceSet,
  type Finding,
  fingerprint,
  no,
  proportional,
  type ScanResult,
  yes,
} from '../src/core/index.ts';
import { bestChanges, evaluate } from '../src/engine/index.ts';
import { parseAnnotations } from '../src/parse/annotations.ts';
import { cpuTime } from './support/cpu.ts';

const pins = defineProbe({
  id: 'pins',
  lifecycle: 'stable',
  summary: '',
  motivation: '',
  implementation: '',
  outcomes: { True: '', False: '' },
  remediation: { on: 'False', effort: 'Low', steps: [] },
  forges: ['local'],
  needs: {},
  run: () => [
    no('a', { location: { path: 'test/x.sh', type: 'source', lineStart: 3, snippet: 'curl a' } }),
    no('b', { location: { path: 'ci/y.sh', type: 'source', lineStart: 7, lineEnd: 9, snippet: 'curl b' } }),
    yes('c', { location: { path: 'ci/y.sh', type: 'source', lineStart: 1 } }),
    yes('d'),
  ],
});

const pinned = defineCheck({
  name: 'Pinned',
  risk: 'Medium',
  tags: [],
  forges: ['local'],
  atCommit: true,
  onFolder: true,
  summary: '',
  motivation: '',
  scoring: '',
  remediation: [],
  probes: [pins],
  score: (findings) =>
    proportional(findings.filter((one) => one.outcome === 'True').length, findings.length, 'pinned'),
});

const checks: readonly Check[] = [pinned];
const view = { adopts: () => true, now: new Date('2026-06-01') };

function evidenceOf(files: Record<string, string>): EvidenceSet {
  return {
    format: 'assay-evidence/1',
    tool: { version: '0', commit: '0' },
    repo: { name: 'r', commit: 'c', source: 'folder' },
    now: '2026-06-01T00:00:00.000Z',
    evidence: {
      annotationFiles: {
        version: 1,
        value: Object.entries(files).map(([path, text]) => parseAnnotations(text, path)),
      },
    },
    notices: [],
  };
}

function scan(files: Record<string, string>): ScanResult {
  const set = evidenceOf(files);
  const result = evaluate(set, { checks, probes: [pins], tool: set.tool });
  return annotate(result, set, { checks, probes: [pins], view });
}

describe('annotations', () => {
  it('take the shape of the reference', () => {
    const result = scan({
      '.scorecard.yml':
        'annotations:\n  - checks:\n      - PINNED\n    reasons:\n      - reason: test-data\n',
    });
    expect(result.checks[0]).toMatchObject({
      score: 5,
      annotations: [expect.stringContaining('tests')],
      annotated: { reasons: ['test-data'], score: 10 },
    });
    expect(result.notices).toEqual([]);
  });

  it.each([
    ['a path', 'paths: ["test/**"]', 7],
    ['a line inside a finding', 'line: 8', 7],
    [
      'a fingerprint',
      `fingerprint: ${fingerprint({ probe: 'pins', location: { path: 'ci/y.sh', type: 'source', snippet: 'curl b' } })}`,
      7,
    ],
    ['nothing further', 'note: all of it', 10],
  ])('can be narrowed by %s', (_, narrow, score) => {
    const result = scan({
      '.assay.yml': `annotations:\n  - probe: pins\n    reason: remediated\n    ${narrow}\n`,
    });
    expect(result.checks[0]!.annotated!.score).toBe(score);
    expect(result.checks[0]!.score).toBe(5);
    expect(result.checks[0]!.adjusted.score).toBe(5);
  });

  it.each([
    [
      'runs out',
      '  - probe: pins\n    reason: remediated\n    expires: 2026-05-31\n',
      'annotation-expired',
      2,
    ],
    [
      'matches nothing',
      '  - probe: pins\n    path: nowhere\n    reason: remediated\n',
      'annotation-unused',
      2,
    ],
    ['names an unknown check', '  - check: Pined\n    reason: remediated\n', 'annotation-mistake', 2],
    ['has an unknown reason', '  - check: Pinned\n    reason: because\n', 'annotation-mistake', 3],
    [
      'has an unknown key',
      '  - check: Pinned\n    reason: remediated\n    pathes: x\n',
      'annotation-mistake',
      4,
    ],
    [
      'has a bad date',
      '  - check: Pinned\n    reason: remediated\n    expires: tomorrow\n',
      'annotation-mistake',
      4,
    ],
  ])('warn when one %s, with file and line', (_, text, code, line) => {
    const result = scan({ '.assay.yml': `annotations:\n${text}` });
    expect(result.notices).toContainEqual(expect.objectContaining({ code, path: '.assay.yml', line }));
  });

  it('keep the good entries beside a bad one', () => {
    const text =
      'annotations:\n  - check: Pinned\n    reason: nonsense\n  - check: Pinned\n    reason: not-applicable\n';
    expect(scan({ '.assay.yml': text }).checks[0]!.annotated!.reasons).toEqual(['not-applicable']);
  });

  it.each([
    ['an unknown key', 'paht: test/**'],
    ['a bad line', 'line: 0'],
    ['a bad date', 'expires: soon'],
    ['a day that does not exist', 'expires: 2027-02-30'],
    ['a map for a glob', 'path: { a: b }'],
  ])('with %s hold for nothing, not for more than was meant', (_, text) => {
    const entry = `  - check: Pinned\n    reason: test-data\n    ${text}\n`;
    const result = scan({ '.assay.yml': `annotations:\n${entry}` });
    expect(result.checks[0]!.annotated).toBeUndefined();
    expect(result.notices).toMatchObject([{ code: 'annotation-mistake', line: 4 }]);
  });

  it.each([
    ['owner: @docs', 5],
    ['path: **/*.sh', 5],
    ['note: see issue: 12', 5],
    ['paths: [a, b', 6],
  ])('hold beside an entry that is no YAML: %s', (text, line) => {
    const good = (name: string) => `  - check: Pinned\n    reason: ${name}\n`;
    const bad = `  - check: Pinned\n    ${text}\n    reason: remediated\n`;
    const result = scan({ '.assay.yml': `annotations:\n${good('test-data')}${bad}${good('not-detected')}` });
    expect(result.checks[0]!.annotated!.reasons).toEqual(['test-data', 'not-detected']);
    expect(result.checks[0]!.annotated!.by.map((one) => one.line)).toEqual([2, 7]);
    expect(result.notices).toMatchObject([{ code: 'annotation-mistake', line }]);
  });

  it('take a fingerprint as SARIF numbers it', () => {
    const print = fingerprint({
      probe: 'pins',
      location: { path: 'ci/y.sh', type: 'source', snippet: 'curl b' },
    });
    const result = scan({
      '.assay.yml': `annotations:\n  - fingerprint: ${print.toUpperCase()}:1\n    reason: remediated\n`,
    });
    expect(result.checks[0]!.annotated).toMatchObject({ fingerprints: [print], score: 7 });
    expect(result.notices).toEqual([]);
  });

  it('may name units of a plugin that is not there', () => {
    const text =
      'annotations:\n  - checks: [house/Rules]\n    probes: [house/ruled]\n    reason: remediated\n';
    expect(scan({ '.assay.yml': text }).notices).toEqual([]);
  });

  it('speak of findings that only the reference has', () => {
    const only = no('x', { location: { path: 'test/lib.so', type: 'source' } });
    const set = evidenceOf({
      '.assay.yml': 'annotations:\n  - check: Pinned\n    path: test/lib.so\n    reason: test-data\n',
    });
    const result = evaluate(set, { checks, probes: [pins], tool: set.tool });
    const probes = result.probes.map((one) => ({
      ...one,
      reference: [...one.reference, { probe: 'pins', ...only }],
    }));
    const annotated = annotate({ ...result, probes }, set, { checks, probes: [pins], view });
    expect(annotated.checks[0]!.annotated).toMatchObject({
      fingerprints: [fingerprint({ probe: 'pins', ...only })],
      score: 5,
    });
    expect(annotated.notices).toEqual([]);
  });

  it.each([
    ['globs', (at: number) => `check: Pinned\n    path: "${'*w'.repeat(450)}${at}"`],
    ['fingerprints', (at: number) => `fingerprint: ${at.toString(16).padStart(16, '0')}`],
  ])(
    'full of hostile %s cost a moment and a notice',
    (_, narrow) => {
      const entries = Array.from({ length: 1000 }, (_, at) => `  - ${narrow(at)}\n    reason: test-data\n`);
      const set = evidenceOf({ '.assay.yml': `annotations:\n${entries.join('')}` });
      const result = evaluate(set, { checks, probes: [pins], tool: set.tool });
      const many = Array.from({ length: 5000 }, (_, at) => ({
        probe: 'pins',
        ...no('x', {
          location: {
            path: `${'w'.repeat(100)}${at % 50}.yml`,
            type: 'source',
            lineStart: at,
            snippet: `u${at}`,
          },
        }),
      }));
      const probes = result.probes.map((one) => ({ ...one, reference: many, adjusted: many }));
      const started = cpuTime();
      const annotated = annotate({ ...result, probes }, set, { checks, probes: [pins], view });
      expect(cpuTime() - started).toBeLessThan(10_000);
      expect(annotated.notices.length).toBeGreaterThan(0);
    },
    60_000,
  );

  it('say where a file is no YAML', () => {
    expect(scan({ '.assay.yml': 'annotations: [\n' }).notices[0]).toMatchObject({
      code: 'annotation-mistake',
      path: '.assay.yml',
    });
  });

  it('are read from the first file of the reference only, and from our own as well', () => {
    const own = 'annotations:\n  - check: Pinned\n    reason: not-detected\n';
    const result = scan({
      'scorecard.yml': own.replace('not-detected', 'test-data'),
      '.github/scorecard.yml': own.replace('not-detected', 'remediated'),
      '.assay.yml': own,
    });
    expect(result.checks[0]!.annotated!.reasons).toEqual(['test-data', 'not-detected']);
  });
});

describe('best changes', () => {
  it('weigh the gain against the number of places', () => {
    const changes = bestChanges(scan({}), { checks, view });
    expect(changes).toMatchObject([
      { check: 'Pinned', probe: 'pins', checkBefore: 5, checkAfter: 10, totalAfter: 10 },
    ]);
    expect(changes[0]!.findings.map((finding) => finding.location?.path)).toEqual(['test/x.sh', 'ci/y.sh']);
  });
  it('are none when nothing is left to mend', () => {
    const mended = scan({});
    const perfect = {
      ...mended,
      probes: [
        { probe: 'pins', reference: [], adjusted: [yes('c')].map((one) => ({ probe: 'pins', ...one })) },
      ],
    };
    expect(bestChanges(perfect, { checks, view })).toEqual([]);
  });
});

describe('fingerprint', () => {
  const finding: Pick<Finding, 'probe' | 'location' | 'values'> = {
    probe: 'pins',
    location: { path: 'a', type: 'source', lineStart: 3, snippet: 'curl  x' },
  };
  it('stays when lines move or blanks change, and differs by path', () => {
    expect(
      fingerprint({ ...finding, location: { ...finding.location!, lineStart: 9, snippet: 'curl x ' } }),
    ).toBe(fingerprint(finding));
    expect(fingerprint({ ...finding, location: { ...finding.location!, path: 'b' } })).not.toBe(
      fingerprint(finding),
    );
    expect(fingerprint(finding)).toMatch(/^[0-9a-f]{16}$/);
  });
});
