import { type Answer, ask, derive, perFile, type SourceFile } from '../core/index.ts';
import { linesWith, type Needle, needle } from '../parse/bytes.ts';
import { type FuzzRule, REFERENCE_RULES } from '../parse/fuzz/rules.ts';
import { hasCommands } from '../parse/has-commands.ts';
import { languages } from './facts.ts';

/** A line that shows a fuzz target or a property test. */
export interface FuzzTarget {
  readonly tool: string;
  readonly language: string;
  readonly path: string;
  readonly line: number;
  /** The text that was recognised. */
  readonly snippet: string;
  /** Place of the file's extension among those of its language: the reference searches them one after another. */
  readonly pass: number;
}

interface Search {
  readonly rule: FuzzRule;
  readonly needles: readonly Needle[];
  readonly pass: number;
}

/** Rules by extension, with the literals encoded. */
const SEARCHES: ReadonlyMap<string, readonly Search[]> = Map.groupBy(
  REFERENCE_RULES.flatMap((rule) =>
    rule.extensions.map((extension, pass) => ({ extension, rule, pass, needles: rule.literals.map(needle) })),
  ),
  ({ extension }) => extension,
);

/** Hits by language and file. The bytes are searched for a literal first; few files hold one. */
export const fuzzTargets = perFile<FuzzTarget>({
  id: 'fuzzTargets',
  version: 1,
  read: 'whole',
  paths: {
    extensions: [...SEARCHES.keys()],
    where: (path) => !path.testData && (path.extension !== 'go' || path.lowerBase.endsWith('_test.go')),
  },
  visit: (file) => (SEARCHES.get(file.extension) ?? []).flatMap((search) => targetsIn(file, search)),
});

function targetsIn({ path, bytes }: SourceFile, { rule, needles, pass }: Search): FuzzTarget[] {
  const found: FuzzTarget[] = [];
  for (const { number, text } of linesWith(bytes, needles)) {
    const snippet = rule.line.exec(text)?.[0];
    if (snippet !== undefined)
      found.push({ tool: rule.tool, language: rule.language, path, line: number, snippet, pass });
  }
  return found;
}

/** `.clusterfuzzlite/Dockerfile` at the root, in this case only, when it has commands. Reference: file-checks 5.1. */
export const clusterFuzzLite = perFile<{ readonly path: string }>({
  id: 'clusterFuzzLite',
  version: 1,
  read: 'whole',
  paths: { names: ['Dockerfile'], where: (path) => path.path === '.clusterfuzzlite/Dockerfile' },
  visit: (file) => (hasCommands(file.text()) ? [{ path: file.path }] : []),
});

/** Whether OSS-Fuzz lists the repository. */
export const ossFuzz = ask({
  id: 'ossFuzz',
  version: 1,
  needs: {},
  ask: (_, doors): Promise<Answer<boolean>> => doors.ossFuzz(),
});

/** A tool as the reference reports it: without files, or with one hit per line. */
export interface Fuzzer {
  readonly tool: string;
  readonly targets: readonly FuzzTarget[];
}

/** The reference's list, or why it cannot be made. */
export const referenceFuzzers = derive({
  id: 'referenceFuzzers',
  version: 1,
  needs: { clusterFuzzLite, ossFuzz, languages, fuzzTargets },
  derive: ({
    clusterFuzzLite,
    ossFuzz,
    languages,
    fuzzTargets,
  }): { fuzzers: readonly Fuzzer[]; failed?: string } => {
    if ('unknown' in ossFuzz && ossFuzz.unknown !== 'unsupported')
      return { fuzzers: [], failed: `OSS-Fuzz could not be asked: ${ossFuzz.why}` };
    if ('unknown' in languages && languages.unknown !== 'unsupported')
      return { fuzzers: [], failed: `the languages could not be asked for: ${languages.why}` };
    const isProminent = 'known' in languages ? prominent(languages.known) : () => true;
    const byLanguage = Map.groupBy(fuzzTargets, (target) => target.language);
    return {
      fuzzers: [
        ...(clusterFuzzLite.length > 0 ? [{ tool: 'ClusterFuzzLite', targets: [] }] : []),
        ...('known' in ossFuzz && ossFuzz.known ? [{ tool: 'OSSFuzz', targets: [] }] : []),
        ...REFERENCE_RULES.filter(({ language }) => isProminent(language)).flatMap(
          ({ language, tool, extensions }) => {
            const targets = inPasses(byLanguage.get(language) ?? [], extensions.length);
            return targets.length === 0 ? [] : [{ tool, targets }];
          },
        ),
      ],
    };
  },
});

/** Languages of at least a quarter of the average size. Reference: file-checks 5.2, integer divisions. */
function prominent(sizes: Readonly<Record<string, number>>): (language: string) => boolean {
  const all = Object.entries(sizes);
  const total = all.reduce((sum, [, bytes]) => sum + bytes, 0);
  const threshold = all.length === 0 ? 0 : Math.trunc(Math.trunc(total / all.length) / 4);
  const names = new Set(all.filter(([, bytes]) => bytes >= threshold).map(([name]) => name.toLowerCase()));
  return (language) => names.has(language);
}

/** Hits pile up from one file pattern to the next, so those of the first are told again (file-checks 5.3, kept). */
function inPasses(targets: readonly FuzzTarget[], passes: number): FuzzTarget[] {
  const told: FuzzTarget[] = [];
  const piled: FuzzTarget[] = [];
  for (let pass = 0; pass < passes; pass++) {
    for (const target of targets) if (target.pass === pass) piled.push(target);
    for (const target of piled) told.push(target);
  }
  return told;
}
