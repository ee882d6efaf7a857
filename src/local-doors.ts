/** What a scan of a folder, git repository or archive may ask of services. Loads the network only for a question. */
import { type Doors, known, type RepoRef, unknown } from './core/index.ts';
import type { Network } from './network.ts';

export interface LocalQuestions {
  readonly ref: RepoRef;
  readonly offline?: boolean;
  /** A folder of OSV data, asked instead of the service. */
  readonly osvDb?: string;
  /** Image registries may be asked. */
  readonly resolveImages?: boolean;
  readonly signal?: AbortSignal;
}

export type LocalDoors = Pick<Doors, 'ossFuzz' | 'vulnerabilities' | 'imageDigest'>;

const notAsked = unknown('unsupported', 'not asked');
const offlineAnswer = unknown('unsupported', 'the scan is offline');

/** Doors to OSV and OSS-Fuzz, and to image registries on request. */
export function localDoors(
  { ref, offline, osvDb, resolveImages, signal }: LocalQuestions,
  network: () => Promise<Network>,
): LocalDoors {
  const doors = async () => (await network()).folderDoors(signal);
  let registries: ReturnType<typeof doors> | undefined;
  return {
    ossFuzz: async () => {
      if (offline) return unknown('missing', 'the scan is offline');
      // The list names repositories as host/owner/name: nothing else can be on it.
      return ref.host === undefined ? known(false) : (await doors()).ossFuzz(ref.name);
    },
    vulnerabilities: async (packages, commit) => {
      if (offline && osvDb === undefined) return offlineAnswer;
      if (packages.length === 0 && commit === undefined) return known({ packages: [], commit: [] });
      if (osvDb === undefined) return (await doors()).vulnerabilities(packages, commit);
      const { folderVulnerabilities } = await import('./services/osv-folder.ts');
      return folderVulnerabilities(osvDb)(packages, commit);
    },
    imageDigest: async (image) =>
      resolveImages && !offline ? (await (registries ??= doors())).imageDigest(image) : notAsked,
  };
}
