/** Where the services are asked. */
import type { Environment } from '../http/index.ts';

/** Base addresses without a slash at the end; the OSS-Fuzz one is the whole address of its list. */
export interface ServiceSettings {
  readonly osv: string;
  /** Where OSV publishes all entries of an ecosystem as one file. */
  readonly osvData: string;
  /** A folder asked instead of OSV. */
  readonly osvFolder?: string;
  readonly ossFuzz: string;
  readonly badge: string;
  readonly depsDev: string;
  /** Image registries may be asked. */
  readonly resolveImages?: boolean;
  /** Stands before the host of every image registry instead of `https://`. */
  readonly imageMirror?: string;
}

const USUAL: ServiceSettings = {
  osv: 'https://api.osv.dev',
  osvData: 'https://osv-vulnerabilities.storage.googleapis.com',
  ossFuzz: 'https://oss-fuzz-build-logs.storage.googleapis.com/status.json',
  badge: 'https://www.bestpractices.dev',
  depsDev: 'https://api.deps.dev',
};

export function serviceSettings(environment: Environment): ServiceSettings {
  const first = (usual: string, ...names: string[]) =>
    (names.map((name) => environment[name]?.trim()).find((value) => value) ?? usual).replace(/\/+$/, '');
  return {
    osv: first(USUAL.osv, 'ASSAY_OSV_URL'),
    osvData: first(USUAL.osvData, 'ASSAY_OSV_DATA_URL'),
    ossFuzz: first(USUAL.ossFuzz, 'ASSAY_OSS_FUZZ_URL'),
    badge: first(USUAL.badge, 'ASSAY_BADGE_URL', 'CII_BEST_PRACTICES_URL'),
    depsDev: first(USUAL.depsDev, 'ASSAY_DEPS_DEV_URL'),
    imageMirror: first('', 'ASSAY_IMAGE_MIRROR_URL') || undefined,
  };
}
