/** `npm run new -- probe ID` and `npm run new -- check Name`: the two files of a unit, ready to fill in. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { camel, type Generated } from './lists.ts';

const PROBE = /^[a-z][A-Za-z0-9]{2,63}$/;
const CHECK = /^[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*$/;

/**
 * The files of a new unit.
 * @throws Error when the name is not spelled as units are, or the unit exists.
 */
export function newUnit(root: string, kind: string | undefined, name: string | undefined): Generated[] {
  if (kind === 'probe' && name !== undefined) {
    if (!PROBE.test(name))
      throw new Error(`a probe is a camelCase question such as hasLicenseFile, not ${name}`);
    return inFolder(root, `probes/${name}`, { 'probe.ts': probeText(name), 'cases.ts': probeCases });
  }
  if (kind === 'check' && name !== undefined) {
    if (!CHECK.test(name)) throw new Error(`a check is spelled like Token-Permissions, not ${name}`);
    const texts = { 'check.ts': checkText(name), 'cases.ts': checkCases };
    return inFolder(root, `checks/${name.toLowerCase()}`, texts);
  }
  throw new Error('say what: npm run new -- probe hasSomething, or npm run new -- check Some-Thing');
}

function inFolder(root: string, folder: string, texts: Readonly<Record<string, string>>): Generated[] {
  if (existsSync(join(root, folder))) throw new Error(`${folder} is there already`);
  return Object.entries(texts).map(([file, text]) => ({ path: `${folder}/${file}`, text }));
}

const probeText = (
  id: string,
): string => `import { defineProbe, no, notAvailable, yes } from '../../src/core/index.ts';
import { archivedFlag } from '../../src/evidence/facts.ts';

export const ${id} = defineProbe({
  id: '${id}',
  lifecycle: 'experimental',
  summary: 'One line: the question.',
  motivation: 'Why the answer matters.',
  implementation: 'How it is looked at.',
  outcomes: {
    True: 'When the answer is yes.',
    False: 'When the answer is no.',
    NotAvailable: 'When this source cannot tell.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'What to do in a few words',
    steps: ['What to do, naming {path} and {line} where there is one.'],
  },
  forges: ['github', 'gitlab', 'local'],
  // The evidence the answer comes from: objects out of src/evidence, typed into run().
  needs: { archived: archivedFlag },
  // Shown on the probe's page and run by the tests: a file { path, before, after }, what a forge tells, or { nothing }.
  example: { before: { archived: false }, after: { archived: true } },
  run: ({ archived }) => {
    if (!('known' in archived)) return [notAvailable(archived.why)];
    return archived.known ? [yes('say what was found')] : [no('say what was not found')];
  },
});
`;

const probeCases = `import { known, type ProbeCase, unknown } from '../../src/core/index.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'yes', evidence: { archived: known(true) }, findings: [{ outcome: 'True' }] },
  { name: 'no', evidence: { archived: known(false) }, findings: [{ outcome: 'False' }] },
  {
    name: 'a source that cannot tell',
    evidence: { archived: unknown('unsupported', 'a folder cannot tell') },
    findings: [{ outcome: 'NotAvailable' }],
  },
];
`;

const checkText = (
  name: string,
): string => `import { dependencyUpdateToolConfigured } from '../../probes/dependencyUpdateToolConfigured/probe.ts';
import { defineCheck, detailsByOutcome, inconclusive, scored } from '../../src/core/index.ts';

export const ${camel(name.toLowerCase())} = defineCheck({
  name: '${name}',
  risk: 'Medium',
  tags: ['supply-chain', 'security'],
  forges: ['github', 'gitlab', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'One line: the question.',
  motivation: 'Why the score matters.',
  scoring: 'How the score comes about.',
  remediation: ['What to do, most useful first.'],
  // The probes it is made of: objects, in the order their findings reach score().
  probes: [dependencyUpdateToolConfigured],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    if (findings.length === 0) return inconclusive('say what is missing');
    return findings.some((finding) => finding.outcome === 'True')
      ? scored(10, 'say what is well', details)
      : scored(0, 'say what is missing', details);
  },
});
`;

const checkCases = `import type { CheckCase } from '../../src/core/index.ts';

const probe = 'dependencyUpdateToolConfigured';

export const cases: readonly CheckCase[] = [
  { name: 'yes', findings: [{ probe, outcome: 'True' }], score: 10, levels: ['Info'] },
  { name: 'no', findings: [{ probe, outcome: 'False' }], score: 0, levels: ['Warn'] },
  { name: 'nothing to judge', findings: [], score: 'inconclusive' },
];
`;

async function main([kind, name]: readonly string[]): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  try {
    for (const { path, text } of newUnit(root, kind, name)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
    spawnSync(process.execPath, [join(import.meta.dirname, 'gen.ts')], { cwd: root, stdio: 'inherit' });
    console.log('Fill it in, then npm run gen and npm run check.');
  } catch (error) {
    console.error(`new: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main(process.argv.slice(2));
