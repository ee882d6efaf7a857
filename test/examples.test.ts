/** The examples of the docs: the file as it was has the flaw of its probe, the mended one does not. */
import { describe, expect, it } from 'vitest';
import { probes } from '../probes/index.ts';
import { scanTree } from './support/tree.ts';

const shown = probes.filter((probe) => probe.example !== undefined);

describe('examples', () => {
  it.each(shown.map((probe) => [probe.id, probe] as const))('%s', async (_, probe) => {
    const { path, before, after } = probe.example!;
    const flaws = async (text: string) => {
      const { probes: results } = await scanTree({ probes: [probe] }, { [path]: text });
      const findings = results[0]!.adjusted;
      expect(findings.map((one) => one.outcome)).not.toContain('Error');
      return findings.filter((one) => one.outcome === probe.remediation.on);
    };
    const [found] = await flaws(before);
    expect(found?.location?.path).toBe(path);
    expect(await flaws(after)).toEqual([]);
  });
});
