/** Scans labelled subjects and tallies both views by kind. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checks, probes, scanTarget } from '../../src/app.ts';
import type { ProbeResult } from '../../src/core/index.ts';
import { type Case, readCases } from './cases.ts';
import { reportsOf, SPEAKERS, UNMEASURED } from './findings.ts';
import { KINDS, type Kind, type Subject } from './labels.ts';
import { hold, newTally, type Tally } from './match.ts';

export const CASES = join(import.meta.dirname, '../../testdata/truth/cases');

/** Tallies of both views by kind; kinds without a probe are absent. */
export type Measured = ReadonlyMap<Kind, Readonly<Record<'reference' | 'adjusted', Tally>>>;

const known = new Set(probes.map((probe) => probe.id));

/** Kinds no probe speaks of yet. */
export const silentKinds: readonly Kind[] = KINDS.filter(
  (kind) => UNMEASURED.has(kind) || !Object.keys(SPEAKERS[kind]).some((id) => known.has(id)),
);

/** Probes that the reference asks as well; the others say nothing in its view. */
const inReference = new Set(checks.flatMap((check) => check.probes.map((probe) => probe.id)));

/** All probes the kinds are measured by. */
const wanted = [...new Set(KINDS.filter((kind) => !silentKinds.includes(kind)).flatMap(speakersOf))];

function speakersOf(kind: Kind): string[] {
  return Object.keys(SPEAKERS[kind]).filter((id) => known.has(id));
}

export function newMeasured(): Measured {
  const kinds = KINDS.filter((kind) => !silentKinds.includes(kind));
  return new Map(kinds.map((kind) => [kind, { reference: newTally(), adjusted: newTally() }]));
}

/** Scans a folder and adds what was found for the labelled kinds. */
export async function measureFolder(subject: Subject, folder: string, measured: Measured): Promise<void> {
  const { result } = await scanTarget({ kind: 'folder', path: folder }, { probes: wanted, offline: true });
  addTo(subject, result.probes, measured);
}

function addTo(subject: Subject, results: readonly ProbeResult[], measured: Measured): void {
  for (const [kind, tallies] of measured) {
    for (const view of ['reference', 'adjusted'] as const) {
      const told = view === 'adjusted' ? results : results.filter((one) => inReference.has(one.probe));
      hold(subject, kind, reportsOf(kind, told, view), tallies[view]);
    }
  }
}

/** Writes a case out, scans it, and removes it. */
export async function measureCase(one: Case, measured: Measured): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  try {
    for (const [path, bytes] of one.files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
    await measureFolder(one, folder, measured);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All committed cases. */
export async function measureCases(cases: readonly Case[] = readCases(CASES)): Promise<Measured> {
  const measured = newMeasured();
  for (const one of cases) await measureCase(one, measured);
  return measured;
}
