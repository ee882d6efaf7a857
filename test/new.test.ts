/** `npm run new`: what it writes compiles in place, passes its own cases, and refuses bad names. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check, CheckCase, Finding, Probe, ProbeCase } from '../src/core/index.ts';
import { newUnit } from '../src/dev/new.ts';
import { root } from './support/command-line.ts';

const place = join(root, '.cache/new-test');
const view = { adopts: () => false, now: new Date('2026-01-01T00:00:00Z') };

beforeAll(() => {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, 'probes'), { recursive: true });
  symlinkSync(join(root, 'src'), join(place, 'src'), 'junction');
  const used = 'probes/dependencyUpdateToolConfigured';
  symlinkSync(join(root, used), join(place, used), 'junction');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function write(kind: string, name: string): string {
  const files = newUnit(place, kind, name);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  return join(place, dirname(files[0]!.path));
}

describe('npm run new', () => {
  it('writes a probe whose cases pass', async () => {
    const folder = write('probe', 'hasNewThing');
    const { hasNewThing } = (await import(join(folder, 'probe.ts'))) as { hasNewThing: Probe };
    const { cases } = (await import(join(folder, 'cases.ts'))) as { cases: readonly ProbeCase[] };
    const outcomes = cases.map((one) =>
      hasNewThing.run(one.evidence as never, view).map((two) => two.outcome),
    );
    expect(outcomes).toEqual(cases.map((one) => one.findings!.map((finding) => finding.outcome)));
    expect(outcomes.flat().sort()).toEqual(Object.keys(hasNewThing.outcomes).sort());
  });

  it('writes a check whose cases pass', async () => {
    const folder = write('check', 'New-Thing');
    const { newThing } = (await import(join(folder, 'check.ts'))) as { newThing: Check };
    const { cases } = (await import(join(folder, 'cases.ts'))) as { cases: readonly CheckCase[] };
    const scores = cases.map((one) => newThing.score(one.findings as readonly Finding[], view).score);
    expect(scores).toEqual([10, 0, 'inconclusive']);
  });

  it.each([
    ['probe', 'HasThing', /camelCase/],
    ['probe', '../x', /camelCase/],
    ['check', 'newThing', /Token-Permissions/],
    ['check', 'New Thing', /Token-Permissions/],
    ['evidence', 'x', /say what/],
    [undefined, undefined, /say what/],
  ])('refuses %s %s', (kind, name, message) => {
    expect(() => newUnit(place, kind, name)).toThrow(message);
  });

  it('overwrites nothing', () => {
    expect(() => newUnit(root, 'probe', 'dependencyUpdateToolConfigured')).toThrow(/is there already/);
  });
});
