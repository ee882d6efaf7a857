import { ask, perFile, type RepoPath, type SourceFile } from '../core/index.ts';
import { dependabotIdle, renovateIdle } from '../parse/update/idle.ts';
import { topLevelKeys } from '../parse/update/json5-keys.ts';

/** A configuration file of a tool that keeps dependencies up to date. */
export interface UpdateToolFile {
  readonly tool: UpdateTool;
  readonly path: string;
  /** Why the tool does nothing with it. */
  readonly idle?: string;
  /** Only the Assay view counts it. */
  readonly beyond?: true;
}

export type UpdateTool =
  | 'Dependabot'
  | 'RenovateBot'
  | 'scala-steward'
  | 'PyUp'
  | 'Depfu'
  | 'updatecli'
  | 'flake-lock';

const renovate = ['renovate.json', 'renovate.json5'];

/** Whole paths, lower-cased. Reference: file-checks 4.1. */
const TOOL_BY_PATH: ReadonlyMap<string, UpdateToolFile['tool']> = new Map([
  ...['.github/dependabot.yml', '.github/dependabot.yaml'].map((path) => [path, 'Dependabot'] as const),
  ...[
    ...renovate,
    ...renovate.map((name) => `.github/${name}`),
    ...renovate.map((name) => `.gitlab/${name}`),
    '.renovaterc',
    '.renovaterc.json',
    '.renovaterc.json5',
  ].map((path) => [path, 'RenovateBot'] as const),
  ...['.scala-steward.conf', 'scala-steward.conf']
    .flatMap((name) => [name, `.github/${name}`, `.config/${name}`])
    .map((path) => [path, 'scala-steward'] as const),
]);

/** Places that the tools read today and the reference does not know, lower-cased. */
const MORE_BY_PATH: ReadonlyMap<string, UpdateTool> = new Map([
  ...['renovate.jsonc', '.github/renovate.jsonc', '.gitlab/renovate.jsonc', '.renovaterc.jsonc'].map(
    (path) => [path, 'RenovateBot'] as const,
  ),
  ['package.json', 'RenovateBot'],
  ['.pyup.yml', 'PyUp'],
  ['.pyup.yaml', 'PyUp'],
  ['.depfu.yml', 'Depfu'],
  ['updatecli.yaml', 'updatecli'],
  ['updatecli.yml', 'updatecli'],
]);

const isCi = (path: Pick<RepoPath, 'folder' | 'lower' | 'extension'>): boolean =>
  path.lower === '.gitlab-ci.yml' ||
  (path.folder.toLowerCase() === '.github/workflows' &&
    (path.extension === 'yml' || path.extension === 'yaml'));

/** What a pipeline runs when it runs the tool itself, with a word to look for first. */
const RUN_BY_CI: readonly (readonly [literal: string, line: RegExp, tool: UpdateTool])[] = [
  [
    'renovate',
    /uses:\s*["']?renovatebot\/github-action@|(?:image|name):\s*["']?\S*renovate\/renovate|renovate-runner|npx\s+(?:--?\S+\s+)*renovate\b/,
    'RenovateBot',
  ],
  ['scala-steward', /uses:\s*["']?scala-steward-org\/scala-steward-action@/, 'scala-steward'],
  ['update-flake-lock', /uses:\s*["']?DeterminateSystems\/update-flake-lock@/i, 'flake-lock'],
  ['updatecli', /uses:\s*["']?updatecli\/updatecli-action@|\bupdatecli\s+(?:apply|compose)/, 'updatecli'],
];

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Configuration files by name, and pipelines that run such a tool. */
export const updateToolFiles = perFile<UpdateToolFile>({
  id: 'updateToolFiles',
  version: 2,
  read: 'whole',
  maxBytes: 1024 * 1024,
  paths: {
    names: [...new Set([...TOOL_BY_PATH.keys(), ...MORE_BY_PATH.keys(), '.gitlab-ci.yml'].map(baseOf))],
    folders: ['.github/workflows'],
    where: (path) => TOOL_BY_PATH.has(path.lower) || MORE_BY_PATH.has(path.lower) || isCi(path),
  },
  visit: (file) => {
    const tool = TOOL_BY_PATH.get(file.lower);
    if (tool !== undefined) return [{ tool, path: file.path, ...idleness(tool, file) }];
    if (isCi(file)) return runByCi(file);
    const more = MORE_BY_PATH.get(file.lower)!;
    if (file.lower === 'package.json' && !hasRenovateKey(file)) return [];
    return [{ tool: more, path: file.path, beyond: true as const, ...idleness(more, file) }];
  },
});

function idleness(tool: UpdateTool, file: SourceFile): { readonly idle?: string } {
  const idle =
    tool === 'Dependabot'
      ? dependabotIdle(file.text())
      : tool === 'RenovateBot'
        ? renovateIdle(file.text())
        : undefined;
  return idle === undefined ? {} : { idle };
}

function hasRenovateKey(file: SourceFile): boolean {
  return file.text().includes('"renovate"') && topLevelKeys(file.text())?.get('renovate') === '{';
}

function runByCi(file: SourceFile): UpdateToolFile[] {
  const text = file.text();
  const runs = RUN_BY_CI.filter(
    ([literal, line]) =>
      text.includes(literal) &&
      text.split('\n').some((one) => !/^\s*#/.test(one) && line.test(one.slice(0, 1000))),
  );
  return runs.map(([, , tool]) => ({ tool, path: file.path, beyond: true }));
}

/** Account id of `dependabot[bot]`. Reference: file-checks 4.1. */
const DEPENDABOT = 49_699_333;

/** Whether commits of Dependabot were found; asked for only when no configuration file is there. */
export interface UpdateCommits {
  readonly dependabot: boolean;
  readonly failed?: string;
}

export const updateCommits = ask({
  id: 'updateCommits',
  version: 1,
  needs: { updateToolFiles },
  ask: async ({ updateToolFiles }, doors): Promise<UpdateCommits> => {
    if (updateToolFiles.some(({ beyond }) => !beyond)) return { dependabot: false };
    const commits = await doors.commitsByAuthor('dependabot[bot]');
    if ('known' in commits)
      return { dependabot: commits.known.some(({ authorId }) => authorId === DEPENDABOT) };
    return commits.unknown === 'unsupported'
      ? { dependabot: false }
      : { dependabot: false, failed: `commits could not be searched: ${commits.why}` };
  },
});
