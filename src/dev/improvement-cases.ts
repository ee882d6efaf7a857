/** Which cases show what an improvement changes: found by judging every case with and without it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../checks/index.ts';
import { probes } from '../../probes/index.ts';
import type { Check, CheckCase, Finding, Improvement, Probe, ProbeCase, View } from '../core/index.ts';
import { ENGINE_IMPROVEMENTS } from '../engine/index.ts';

/** A case or test and the file its name stands in. */
export interface NamedCase {
  readonly file: string;
  readonly name: string;
}

/** An improvement of one unit, with the cases it changes: those first that were written for it. */
export interface ImprovementCases {
  readonly unit: string;
  readonly improvement: string;
  readonly said: Improvement;
  readonly cases: readonly NamedCase[];
}

const ROOT = join(import.meta.dirname, '../..');

/** Of the engine, which has no case tables. */
const ENGINE_TESTS: Readonly<Record<string, NamedCase>> = {
  'no-ignored-files': {
    file: 'test/ignored.test.ts',
    name: 'count in the reference view only; tracked and new ones count in both',
  },
};

/** Every improvement there is: of the engine, of checks, of probes. */
export async function improvementCases(): Promise<ImprovementCases[]> {
  const engine = Object.entries(ENGINE_IMPROVEMENTS).map(([improvement, said]): ImprovementCases => {
    const test = ENGINE_TESTS[improvement];
    return { unit: 'every check', improvement, said, cases: test === undefined ? [] : [test] };
  });
  const ofChecks = await Promise.all(checks.map(casesOfCheck));
  const ofProbes = await Promise.all(probes.map(casesOfProbe));
  return [...engine, ...ofChecks.flat(), ...ofProbes.flat()];
}

async function casesOfProbe(probe: Probe): Promise<ImprovementCases[]> {
  const file = `probes/${probe.id}/cases.ts`;
  const { cases } = (await import(join(ROOT, file))) as { cases: readonly ProbeCase[] };
  const home = homes(file);
  return Object.entries(probe.improvements ?? {}).map(([improvement, said]) => {
    const changed = cases.filter((one) => {
      const under = (view: View) => outcome(() => probe.run(one.evidence as never, view));
      return under(viewOf(undefined, one.now)) !== under(viewOf(improvement, one.now));
    });
    return { unit: probe.id, improvement, said, cases: written(changed, improvement).map(home) };
  });
}

async function casesOfCheck(check: Check): Promise<ImprovementCases[]> {
  const file = `checks/${check.name.toLowerCase()}/cases.ts`;
  const { cases } = (await import(join(ROOT, file))) as { cases: readonly CheckCase[] };
  const home = homes(file);
  return Object.entries(check.improvements ?? {}).map(([improvement, said]) => {
    const further = new Set((check.further?.[improvement] ?? []).map(({ id }) => id));
    const changed = cases.filter(({ findings }) => {
      const all = findings.map((one): Finding => ({ message: '', outcome: 'True', ...one }));
      const without = all.filter((one) => !further.has(one.probe));
      const judged = (some: readonly Finding[], view: View) => outcome(() => check.score(some, view));
      return judged(without, viewOf(undefined)) !== judged(all, viewOf(improvement));
    });
    return { unit: check.name, improvement, said, cases: written(changed, improvement).map(home) };
  });
}

function viewOf(improvement: string | undefined, now = '2026-01-01'): View {
  return { adopts: (name) => name === improvement, now: new Date(now) };
}

function outcome(run: () => unknown): string {
  try {
    return JSON.stringify(run());
  } catch (error) {
    return `cannot judge: ${(error as Error).message}`;
  }
}

/** Those that adopt it by name, else those that adopt all, else any it changes. */
function written<T extends ProbeCase | CheckCase>(changed: readonly T[], improvement: string): readonly T[] {
  const byName = changed.filter(
    ({ adopts = 'none' }) => typeof adopts !== 'string' && adopts.includes(improvement),
  );
  const byAll = changed.filter(({ adopts }) => adopts === 'all');
  return byName.length > 0 ? byName : byAll.length > 0 ? byAll : changed;
}

/** Finds the file a case's name stands in: the unit's own table, or one that several units share. */
function homes(own: string): (one: { readonly name: string }) => NamedCase {
  const folder = own.split('/', 1)[0]!;
  const shared = globSync(`${folder}/*Cases.ts`, { cwd: ROOT }).sort();
  const texts = [own, ...shared].map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  return ({ name }) => ({ name, file: texts.find(({ text }) => text.includes(name))?.file ?? own });
}
