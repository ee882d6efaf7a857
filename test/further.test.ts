/** Probes that the reference does not ask: they speak in the adjusted view of their check, or when asked by id. */
import { describe, expect, it } from 'vitest';
import { dangerousWorkflow } from '../checks/dangerous-workflow/check.ts';
import { hasUntrustedArtifactExecution } from '../probes/hasUntrustedArtifactExecution/probe.ts';
import type { FileExample } from '../src/core/index.ts';
import { evaluate, makePlan } from '../src/engine/index.ts';
import { compositeActions } from '../src/evidence/compositeActions.ts';
import { workflows } from '../src/evidence/workflows.ts';
import { probe as probeFormat } from '../src/reporters/probe.ts';
import { evidenceOf, scanTree } from './support/tree.ts';

const id = hasUntrustedArtifactExecution.id;
const example = hasUntrustedArtifactExecution.example as FileExample;
const tree = { [example.path]: example.before };

describe('further probes of a check', () => {
  it('change its adjusted view only', async () => {
    const result = await scanTree({ checks: [dangerousWorkflow] }, tree);
    const [check] = result.checks;
    expect([check!.score, check!.adjusted.score]).toEqual([10, 0]);
    expect(check!.improvements).toContain('untrusted-artifacts');
    expect(check!.details).toEqual([]);
    expect(check!.adjusted.details.map((one) => one.finding?.probe)).toEqual([id]);
  });
  it('are told in no format of the reference', async () => {
    const result = await scanTree({ checks: [dangerousWorkflow] }, tree);
    const own = result.probes.find((one) => one.probe === id)!;
    expect([own.reference.length, own.adjusted.length]).toEqual([0, 1]);
    const probes = new Map(makePlan([dangerousWorkflow], []).probes.map((one) => [one.id, one]));
    const options = { catalogue: { checks: new Map(), probes } } as unknown as Parameters<
      typeof probeFormat.render
    >[1];
    expect(probeFormat.render(result, options)).not.toContain(id);
  });
  it('speak in both views when asked by id', async () => {
    const result = await scanTree({ probes: [hasUntrustedArtifactExecution] }, tree);
    expect(result.probes[0]!.reference.map((one) => one.outcome)).toEqual(['True']);
  });
  it('are silent when their improvement is left out', async () => {
    const { probes } = makePlan([dangerousWorkflow], []);
    const evidence = {
      workflows: { version: workflows.version, value: await evidenceOf(workflows, tree) },
      compositeActions: { version: compositeActions.version, value: [] },
    };
    const set = {
      format: 'assay-evidence/1' as const,
      tool: { version: '0', commit: '0' },
      repo: { name: 'github.com/o/r', commit: '0', source: 'git' },
      now: '2026-01-01T00:00:00Z',
      evidence,
      notices: [],
    };
    const judged = evaluate(set, {
      checks: [dangerousWorkflow],
      probes,
      tool: set.tool,
      without: new Set(['untrusted-artifacts']),
    });
    expect(judged.checks[0]!.improvements).not.toContain('untrusted-artifacts');
    expect(judged.checks[0]!.adjusted.score).toBe(10);
  });
});
