/** Runs the case tables beside probes and checks, and laws that hold for every unit. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { probes } from '../probes/index.ts';
import type { Adopting, CheckCase, Finding, ProbeCase, View } from '../src/core/index.ts';

const root = join(import.meta.dirname, '..');
const NOW = '2026-01-01T00:00:00Z';

function viewOf(adopts: Adopting = 'none', now = NOW): View {
  const adopting = (name: string) => adopts === 'all' || (adopts !== 'none' && adopts.includes(name));
  return { adopts: adopting, now: new Date(now) };
}

async function casesOf<T>(folder: string): Promise<readonly T[]> {
  return ((await import(join(root, folder, 'cases.ts'))) as { cases: readonly T[] }).cases;
}

describe.each(probes.map((probe) => [probe.id, probe] as const))('probe %s', async (id, probe) => {
  const cases = await casesOf<ProbeCase>(`probes/${id}`);
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const run = () => probe.run(one.evidence as never, viewOf(one.adopts, one.now));
    if (one.cannotJudge !== undefined) return void expect(run).toThrow(one.cannotJudge);
    const findings = run();
    expect(findings).toMatchObject(one.findings as object[]);
    expect(findings).toHaveLength(one.findings!.length);
  });
  it('shows every outcome of its description, and no other', () => {
    const seen = new Set(cases.flatMap((one) => (one.findings ?? []).map((finding) => finding.outcome)));
    expect([...seen].sort()).toEqual(Object.keys(probe.outcomes).sort());
  });
  it('has a case for each improvement', () => {
    for (const name of Object.keys(probe.improvements ?? {})) {
      const changed = cases.filter((one) => {
        const under = (adopts: Adopting) =>
          said(() => probe.run(one.evidence as never, viewOf(adopts, one.now)));
        return under('none') !== under([name]);
      });
      expect(changed.length, `${name} changes the outcome of no case`).toBeGreaterThan(0);
      expect(changed.length, `${name} changes the outcome of every case`).toBeLessThan(cases.length);
    }
  });
});

describe.each(checks.map((check) => [check.name, check] as const))('check %s', async (name, check) => {
  const cases = await casesOf<CheckCase>(`checks/${name.toLowerCase()}`);
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const findings = one.findings.map((finding): Finding => ({ message: '', outcome: 'True', ...finding }));
    const judged = check.score(findings, viewOf(one.adopts));
    expect(judged.score).toBe(one.score);
    if (one.reason !== undefined) expect(judged.reason).toContain(one.reason);
    if (one.range !== undefined)
      expect('range' in judged ? judged.range : undefined).toEqual(one.range ?? undefined);
    if (one.levels !== undefined)
      expect((judged.details ?? []).map((detail) => detail.level)).toEqual(one.levels);
  });
  it('gives 0..10, inconclusive or error under any improvements', () => {
    for (const one of cases) {
      const findings = one.findings.map((finding): Finding => ({ message: '', outcome: 'True', ...finding }));
      for (const adopts of ['none', 'all'] as const) {
        const judged = check.score(findings, viewOf(adopts));
        if (typeof judged.score !== 'number') continue;
        const { score } = judged;
        expect(score >= 0 && score <= 10 && Number.isInteger(score)).toBe(true);
        const range = 'range' in judged ? judged.range : undefined;
        if (range !== undefined) expect(range.min <= score && score <= range.max).toBe(true);
      }
    }
  });
});

describe('case tables', () => {
  it('exist for every unit', () => {
    for (const folder of ['probes', 'checks']) {
      for (const name of readdirSync(join(root, folder)).filter((entry) => !entry.endsWith('.ts'))) {
        expect(existsSync(join(root, folder, name, 'cases.ts')), `${folder}/${name}/cases.ts`).toBe(true);
      }
    }
  });
});

/** Findings as text, or the reason why there are none. */
function said(run: () => unknown): string {
  try {
    return JSON.stringify(run());
  } catch (error) {
    return `cannot judge: ${(error as Error).message}`;
  }
}
