/** Services beside the forge, as doors. */
import pLimit from 'p-limit';
import { type Doors, unknown } from '../core/index.ts';
import type { Http } from '../http/index.ts';
import { bestPracticesBadge } from './badge.ts';
import { packageProvenance } from './depsDev.ts';
import { imageDigest } from './imageDigest.ts';
import { ossFuzz } from './ossFuzz.ts';
import { vulnerabilities } from './osv.ts';
import { folderVulnerabilities } from './osv-folder.ts';
import type { ServiceSettings } from './settings.ts';

export { type ServiceSettings, serviceSettings } from './settings.ts';

/** Doors to services; every other door belongs to a forge. */
export type ServiceDoors = Pick<
  Doors,
  'ossFuzz' | 'bestPracticesBadge' | 'vulnerabilities' | 'packageProvenance' | 'imageDigest'
>;

const notAsked = async () => unknown('unsupported', 'images are not looked up in their registries');

/** Milliseconds waited for one image. */
const IMAGE_PATIENCE = 5000;

/** A few at a time, each with a patience of its own. */
function imageDigests(http: Http, mirror: string | undefined): Doors['imageDigest'] {
  const turn = pLimit(8);
  return (image) =>
    turn(() => imageDigest({ http: http.scope(AbortSignal.timeout(IMAGE_PATIENCE)), mirror }, image));
}

/**
 * Makes the doors for one repository, `name` as `host/owner/name`. Each is asked at most once. `forgeName` is the name
 * as the forge spells it today, where it is known: the reference looks into the list of OSS-Fuzz under that one, and
 * asks every other service for the name as typed.
 */
export function serviceDoors(
  http: Http,
  settings: ServiceSettings,
  name: string,
  forgeName = name,
): ServiceDoors {
  const once = <T>(ask: () => Promise<T>) => {
    let asked: Promise<T> | undefined;
    return () => (asked ??= ask());
  };
  return {
    ossFuzz: once(() => ossFuzz({ http, base: settings.ossFuzz }, forgeName)),
    bestPracticesBadge: once(() => bestPracticesBadge({ http, base: settings.badge }, name)),
    packageProvenance: once(() => packageProvenance({ http, base: settings.depsDev }, name)),
    vulnerabilities:
      settings.osvFolder === undefined
        ? (packages, commit) => vulnerabilities({ http, base: settings.osv }, packages, commit)
        : folderVulnerabilities(settings.osvFolder),
    imageDigest: settings.resolveImages ? imageDigests(http, settings.imageMirror) : notAsked,
  };
}
