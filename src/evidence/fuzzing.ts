import {
  type Answer,
  ask,
  CannotJudge,
  derive,
  isKnown,
  perFile,
  type RepoPath,
  type SourceFile,
} from '../core/index.ts';
import { findBytes, linesWith, type Needle, needle } from '../parse/bytes.ts';
import { isCommented, MORE_RULES } from '../parse/fuzz/more-rules.ts';
import { ENGINES, type FuzzRule, REFERENCE_RULES } from '../parse/fuzz/rules.ts';
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
  /** Only the Assay view counts it: another tool, or a file in `testdata/` or `src/test/`. */
  readonly beyond?: 'tool' | 'place';
  /** In code of others that is kept here. */
  readonly vendored?: true;
  /** In a comment. */
  readonly commented?: true;
}

interface Search {
  readonly rule: FuzzRule;
  /** Place in the tables. */
  readonly index: number;
  readonly pass: number;
}

/** Rules that share a needle: its places are looked for once. */
interface SearchGroup {
  readonly needle: Needle;
  readonly searches: readonly Search[];
}

const RULES: readonly FuzzRule[] = [...REFERENCE_RULES, ...MORE_RULES];
const EXTENSIONS = [...new Set(RULES.flatMap(({ extensions }) => extensions))];

/** By extension, made for the first file that has it. */
const GROUPS = new Map<string, readonly SearchGroup[]>();

function groupsOf(extension: string): readonly SearchGroup[] {
  let groups = GROUPS.get(extension);
  if (groups === undefined) {
    groups = [...Map.groupBy(searchesOf(extension), ({ literal }) => literal)].map(([literal, searches]) => ({
      needle: needle(literal),
      searches,
    }));
    GROUPS.set(extension, groups);
  }
  return groups;
}

function searchesOf(wanted: string): (Search & { readonly literal: string })[] {
  return RULES.flatMap((rule, index) =>
    rule.extensions.flatMap((extension, pass) =>
      extension === wanted ? rule.literals.map((literal) => ({ rule, index, pass, literal })) : [],
    ),
  );
}

/** Hits by language and file. The bytes are searched for a literal first; few files hold one. */
export const fuzzTargets = perFile<FuzzTarget>({
  id: 'fuzzTargets',
  version: 2,
  read: 'whole',
  paths: { extensions: EXTENSIONS, where: (path) => !isData(path) },
  visit: (file) => {
    let hits: Map<string, Hit> | undefined;
    for (const { needle, searches } of groupsOf(file.extension)) {
      if (findBytes(file.bytes, needle) < 0) continue;
      hits ??= new Map();
      collect(file, needle, searches, hits);
    }
    return hits === undefined ? [] : targetsOf(file, [...hits.values()]);
  },
});

/** Sources below `src/test/` are tests; those below `testdata/` are data. */
const isData = (path: RepoPath): boolean => path.testData && !path.path.includes('src/test/');

interface Hit {
  readonly search: Search;
  readonly line: number;
  readonly text: string;
  readonly found: RegExpExecArray;
}

function collect(
  file: SourceFile,
  needle: Needle,
  searches: readonly Search[],
  hits: Map<string, Hit>,
): void {
  for (const { number, text } of linesWith(file.bytes, needle)) {
    for (const search of searches) {
      if (search.rule.suffix !== undefined && !file.lowerBase.endsWith(search.rule.suffix)) continue;
      const found = search.rule.line.exec(text);
      if (found !== null) hits.set(`${search.index}:${number}`, { search, line: number, text, found });
    }
  }
}

/** Where package managers and people keep the code of others. */
const VENDORED =
  /(?:^|\/)(?:vendor|node_modules|third_?party|third-party|Pods|Carthage|bower_components|site-packages)\//;

/** By rule, then by line. */
function targetsOf({ path, testData }: SourceFile, hits: Hit[]): FuzzTarget[] {
  hits.sort((a, b) => a.search.index - b.search.index || a.line - b.line);
  return hits.map(({ search: { rule, index, pass }, line, text, found }) => {
    const beyond = index >= REFERENCE_RULES.length ? 'tool' : testData ? 'place' : undefined;
    return {
      tool: rule.tool,
      language: rule.language,
      path,
      line,
      snippet: found[0],
      pass,
      ...(beyond === undefined ? {} : { beyond }),
      ...(isCommented(rule.language, text, found.index) ? { commented: true as const } : {}),
      ...(VENDORED.test(path) ? { vendored: true as const } : {}),
    };
  });
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
export interface ReferenceFuzzers {
  /** Found elsewhere than in the sources; without places. */
  readonly services: readonly string[];
  readonly fuzzers: readonly Fuzzer[];
  readonly failed?: string;
  /** OSS-Fuzz lists the origin of this folder; the reference looks for the folder's own name. */
  readonly originListed?: true;
  /** Why it is not known whether OSS-Fuzz lists the repository. */
  readonly ossFuzzUnknown?: string;
}

export const referenceFuzzers = derive({
  id: 'referenceFuzzers',
  version: 1,
  needs: { clusterFuzzLite, ossFuzz, languages, fuzzTargets },
  derive: ({ clusterFuzzLite, ossFuzz, languages, fuzzTargets }): ReferenceFuzzers => {
    const isListed = isKnown(ossFuzz) && ossFuzz.known;
    // Only a forge tells languages.
    const isFolder = 'unknown' in languages && languages.unknown === 'unsupported';
    const services = [
      ...(clusterFuzzLite.length > 0 ? ['ClusterFuzzLite'] : []),
      ...(isListed && !isFolder ? ['OSSFuzz'] : []),
    ];
    const failed = failure(ossFuzz, 'OSS-Fuzz') ?? failure(languages, 'the languages');
    const isProminent = 'known' in languages ? prominent(languages.known) : () => true;
    const counting = fuzzTargets.filter(({ beyond }) => beyond === undefined);
    const byLanguage = Map.groupBy(counting, (target) => target.language);
    const fuzzers = REFERENCE_RULES.filter(({ language }) => isProminent(language)).flatMap(
      ({ language, tool, extensions }) =>
        listed(tool, inPasses(byLanguage.get(language) ?? [], extensions.length)),
    );
    return {
      services,
      fuzzers,
      ...(failed === undefined ? {} : { failed }),
      ...(isListed && isFolder ? { originListed: true as const } : {}),
      ...(isUnsaid(ossFuzz) ? { ossFuzzUnknown: unsaid(ossFuzz, 'OSS-Fuzz') } : {}),
    };
  },
});

type Unsaid = Extract<Answer<unknown>, { readonly unknown: unknown }>;

const isUnsaid = (answer: Answer<unknown>): answer is Unsaid =>
  'unknown' in answer && answer.unknown !== 'unsupported';

const unsaid = ({ why }: Unsaid, what: string): string => `${what} could not be asked for: ${why}`;

/** What ends the check in the reference. `missing` is a question nobody asked (--offline). */
function failure(answer: Answer<unknown>, what: string): string | undefined {
  return isUnsaid(answer) && answer.unknown !== 'missing' ? unsaid(answer, what) : undefined;
}

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

export const FUZZ_IMPROVEMENTS = {
  'more-fuzzers': {
    what: 'More fuzzers and property-test libraries count, in more kinds of files.',
    why: 'Hypothesis, proptest, jqwik, Jazzer’s `@FuzzTest`, rapid, ScalaCheck, FuzzTest and others test with generated inputs as well (ossf/scorecard#3491, #2792).',
  },
  'all-sources': {
    what: 'Tests below `src/test/` are searched, in every language of the repository, and each place is told once.',
    why: 'Java keeps its fuzz targets there (ossf/scorecard#3473), and a small share of a language can still be fuzzed.',
  },
  'live-code': {
    what: 'Comments do not count.',
    why: '`// LLVMFuzzerTestOneInput` runs nothing.',
  },
  origin: {
    what: 'A folder whose origin OSS-Fuzz lists is fuzzed.',
    why: 'The reference looks for the path of the folder in a list of addresses.',
  },
  'services-apart': {
    what: 'When OSS-Fuzz or the languages cannot be asked for, the files still count.',
    why: 'A service that is down says nothing about the repository.',
  },
} as const;

type Adopts = (improvement: keyof typeof FUZZ_IMPROVEMENTS) => boolean;

/** The fuzzers a view sees, from what the reference sees and all hits. */
export function fuzzersFor(
  { fuzzers, services, failed, originListed, ossFuzzUnknown }: ReferenceFuzzers,
  targets: readonly FuzzTarget[],
  adopts: Adopts,
): readonly Fuzzer[] {
  if (failed !== undefined && !adopts('services-apart')) throw new CannotJudge(failed);
  const isLive = ({ commented, vendored }: FuzzTarget) => !((commented || vendored) && adopts('live-code'));
  const told = adopts('all-sources')
    ? byTool(targets.filter(({ beyond }) => beyond !== 'tool').filter(isLive))
    : fuzzers.flatMap(({ tool, targets }) => listed(tool, targets.filter(isLive)));
  const more = adopts('more-fuzzers')
    ? byTool(
        targets
          .filter(({ beyond }) => beyond === 'tool')
          .filter(isLive)
          .filter(isNew(told)),
      )
    : [];
  const outside = originListed && adopts('origin') ? [...services, 'OSSFuzz'] : services;
  const all = [...outside.map((tool) => ({ tool, targets: [] })), ...told, ...more];
  // "Not fuzzed" needs every answer; "fuzzed" needs one.
  if (all.length === 0 && ossFuzzUnknown !== undefined) throw new CannotJudge(ossFuzzUnknown);
  return all;
}

const listed = (tool: string, targets: readonly FuzzTarget[]): Fuzzer[] =>
  targets.length > 0 ? [{ tool, targets }] : [];

function byTool(targets: readonly FuzzTarget[]): Fuzzer[] {
  const groups = Map.groupBy(targets, ({ tool }) => tool);
  return [...groups].map(([tool, hits]) => ({ tool, targets: hits }));
}

/** Passes places not told before, each once: several rules may know a line. */
function isNew(told: readonly Fuzzer[]): (target: FuzzTarget) => boolean {
  const places = new Set(told.flatMap(({ targets }) => targets.map(({ path, line }) => `${path}:${line}`)));
  return ({ path, line }) => places.size < places.add(`${path}:${line}`).size;
}

/** The library or engine behind a tool's name. */
export const engineOf = (tool: string): string => ENGINES[tool] ?? tool;
