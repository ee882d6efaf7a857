import { ask, perFile } from '../core/index.ts';

/** A configuration file of a tool that keeps dependencies up to date. */
export interface UpdateToolFile {
  readonly tool: 'Dependabot' | 'RenovateBot' | 'scala-steward';
  readonly path: string;
}

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

/** Files by name only: the reference never reads them. */
export const updateToolFiles = perFile<UpdateToolFile>({
  id: 'updateToolFiles',
  version: 1,
  read: 'name',
  paths: {
    names: [...new Set([...TOOL_BY_PATH.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)))],
    where: (path) => TOOL_BY_PATH.has(path.lower),
  },
  visit: (file) => [{ tool: TOOL_BY_PATH.get(file.lower)!, path: file.path }],
});

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
    if (updateToolFiles.length > 0) return { dependabot: false };
    const commits = await doors.commitsByAuthor('dependabot[bot]');
    if ('known' in commits)
      return { dependabot: commits.known.some(({ authorId }) => authorId === DEPENDABOT) };
    return commits.unknown === 'unsupported'
      ? { dependabot: false }
      : { dependabot: false, failed: `commits could not be searched: ${commits.why}` };
  },
});
