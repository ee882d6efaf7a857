/** From what a user names to an opened repository: a folder, a forge's repository, a package, any git URL. */
import type { ScanOptions } from './app.ts';
import { environment } from './config/environment.ts';
import type { Target } from './config/target.ts';
import { type Doors, type RepoSnapshot, ScanError } from './core/index.ts';
import type { Plan } from './engine/index.ts';
import { localDoors } from './local-doors.ts';
import type { Network } from './network.ts';
import { folderDoors } from './sources/folder.ts';
import { looksLikeGitUrl } from './sources/git-url.ts';
import { openSource } from './sources/open.ts';
import { tool } from './tool.ts';

/** A target ready to be scanned. */
export interface OpenedTarget {
  readonly snapshot: RepoSnapshot;
  readonly doors: Doors;
  close(): Promise<void>;
}

type OpenTargetOptions = Pick<
  ScanOptions,
  | 'offline'
  | 'osvDb'
  | 'signal'
  | 'commit'
  | 'commitDepth'
  | 'fileMode'
  | 'source'
  | 'network'
  | 'networkOptions'
>;

/**
 * Opens any kind of target. What `plan` will ask for is fetched meanwhile.
 * @throws ScanError target-not-found, target-empty, network, ...
 */
export async function openTarget(
  target: Target,
  options: OpenTargetOptions,
  plan: Pick<Plan, 'facts' | 'perFile'>,
): Promise<OpenedTarget> {
  const network = lazyNetwork(options);
  const openHere = async (text: string): Promise<OpenedTarget> => {
    const snapshot = await openSource(text, options);
    const doors = folderDoors(localDoors({ ...options, ref: snapshot.ref }, network.get));
    return { snapshot, doors, close: () => snapshot.close().finally(network.close) };
  };
  if (target.kind === 'folder') return openHere(target.path);
  try {
    if (target.kind === 'package') return await openPackage(target.name, options, plan, network);
    if (options.source === 'git') return await openHere(target.name);
    const { forges } = await network.get();
    for (const forge of forges) {
      const ref = forge.parse(target.name);
      if (ref === undefined) continue;
      const { commit, commitDepth, fileMode, signal } = options;
      const files = plan.perFile.length > 0;
      const { facts } = plan;
      const opened = await forge.open(ref, { commit, commitDepth, fileMode, signal, facts, files });
      return { ...opened, close: () => opened.snapshot.close().finally(network.close) };
    }
    if (looksLikeGitUrl(target.name)) return await openHere(target.name);
    throw new ScanError('usage', `${target.name} is no folder here and no repository on a known host`);
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** Opens the repository a package is made from; how that is known is a notice. */
async function openPackage(
  name: string,
  options: OpenTargetOptions,
  plan: Pick<Plan, 'facts' | 'perFile'>,
  own: ReturnType<typeof lazyNetwork>,
): Promise<OpenedTarget> {
  const network = await own.get();
  const { repository, told } = await network.findSource(name, options.signal);
  const target: Target = { kind: 'repository', name: `https://${repository}` };
  const { snapshot, doors, close } = await openTarget(target, { ...options, network }, plan);
  const notice = { code: 'package-source', message: told };
  return {
    doors,
    snapshot: {
      ref: snapshot.ref,
      commit: snapshot.commit,
      branch: snapshot.branch,
      source: snapshot.source,
      files: (wanted) => snapshot.files(wanted),
      facts: (keys) => snapshot.facts(keys),
      notices: () => [notice, ...snapshot.notices()],
      requests: () => snapshot.requests?.() ?? {},
      close: () => snapshot.close(),
    },
    close: () => close().finally(own.close),
  };
}

type NetworkWishes = 'networkOptions' | 'offline' | 'osvDb' | 'resolveImages';

/** The network of the scan: loaded and opened at the first use, closed only when it is this scan's own. */
function lazyNetwork({
  network,
  networkOptions,
  offline,
  osvDb,
  resolveImages,
}: Pick<ScanOptions, 'network' | NetworkWishes>) {
  let own: Promise<Network> | undefined;
  return {
    get: async () =>
      network ?? (await (own ??= openSharedNetwork({ networkOptions, offline, osvDb, resolveImages }))),
    close: async () => (await own)?.close(),
  };
}

/** Opens a network for several scans: one budget, one cache, one set of connections. To be closed by the caller. */
export async function openSharedNetwork({
  networkOptions,
  offline,
  osvDb,
  resolveImages,
}: Pick<ScanOptions, NetworkWishes>): Promise<Network> {
  const { openNetwork } = await import('./network.ts');
  return openNetwork({
    variables: environment().variables,
    userAgent: `assay/${tool.version}`,
    ...networkOptions,
    offline,
    osvDb,
    resolveImages,
  });
}
