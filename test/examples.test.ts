/** The examples of the docs: before, the probe finds what its remediation is for; after, it finds the good outcome. */
import { describe, expect, it } from 'vitest';
import { probes } from '../probes/index.ts';
import {
  type Doors,
  type Facts,
  type FileExample,
  type Finding,
  known,
  type Outcome,
  type Probe,
  type Told,
  type ToldExample,
  type Vulnerability,
} from '../src/core/index.ts';
import { type Around, scanTree } from './support/tree.ts';

const FIXED: Vulnerability = { id: 'GHSA-35jh-r3h4-6jhm', aliases: [], summary: '', fixed: '4.17.21' };

/** A vulnerability database that knows one. */
const vulnerabilities: Doors['vulnerabilities'] = async (packages) =>
  known({
    commit: [],
    packages: packages.map(({ name, version }) =>
      name === 'lodash' && version === '4.17.15' ? [FIXED] : [],
    ),
  });

/** Two values told together: fields of both, where both have fields. */
function joined(a: unknown, b: unknown): unknown {
  const haveFields = [a, b].every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  return haveFields ? { ...(a as object), ...(b as object) } : (b ?? a);
}

const DOORS: ReadonlySet<string> = new Set<keyof Doors>(['bestPracticesBadge', 'packageProvenance']);

function around(beside: Told = {}, told: Told = {}): Around {
  const facts: Record<string, unknown> = {};
  const doors: Record<string, unknown> = { vulnerabilities };
  for (const name of new Set([...Object.keys(beside), ...Object.keys(told)]) as Set<keyof Told>) {
    const answer = { known: joined(beside[name], told[name]) };
    if (DOORS.has(name)) doors[name] = async () => answer;
    else facts[name] = answer;
  }
  return { facts: facts as Partial<Facts>, doors: doors as Partial<Doors> };
}

function treeOf(example: FileExample | ToldExample, side: 'before' | 'after'): Record<string, string> {
  if (!('path' in example)) return example.files ?? {};
  return example[side] === '' ? {} : { [example.path]: example[side] };
}

/** What a forge tells of files it reads itself. */
function forgeReads({ LICENSE }: Record<string, string>): Told {
  if (LICENSE === undefined) return {};
  const spdxId = /^SPDX-License-Identifier: (\S+)$/m.exec(LICENSE)?.[1] ?? 'NOASSERTION';
  return { license: { spdxId, name: spdxId, path: 'LICENSE' } };
}

/** What the probe finds on one side of its example, in both views. */
async function findings(probe: Probe, example: FileExample | ToldExample, side: 'before' | 'after') {
  const tree = treeOf(example, side);
  const told = 'path' in example ? forgeReads(tree) : example[side];
  const result = await scanTree({ probes: [probe] }, tree, around(example.beside, told));
  const { reference, adjusted } = result.probes[0]!;
  return { reference, adjusted };
}

/** Where there are permissions at all, the reference tells its search for an excuse in the same words as a flaw. */
const NEVER_GOOD_IN_REFERENCE: ReadonlySet<string> = new Set(['hasNoGitHubWorkflowPermissionUnknown']);

const outcomes = (found: readonly Finding[]): Outcome[] => found.map((one) => one.outcome);
const cases = probes.map((probe) => [probe.id, probe] as const);

describe('the example of', () => {
  it.each(cases)('%s', async (_, probe) => {
    const { example } = probe;
    if (example === undefined) throw new Error('there is none');
    if ('nothing' in example) return void expect(example.nothing).toMatch(/\.$/);
    const bad = probe.remediation.on;
    const good = bad === 'True' ? 'False' : 'True';
    const before = await findings(probe, example, 'before');
    const after = await findings(probe, example, 'after');
    for (const view of ['reference', 'adjusted'] as const) {
      expect(outcomes(before[view]), `${view}, before`).toContain(bad);
      if (view === 'reference' && NEVER_GOOD_IN_REFERENCE.has(probe.id)) continue;
      expect(new Set(outcomes(after[view])), `${view}, after`).toEqual(new Set([good]));
    }
    if (!('path' in example)) return;
    for (const { location } of before.adjusted)
      if (location !== undefined) expect(location.path).toBe(example.path);
  });
});
