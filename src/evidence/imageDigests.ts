import { ask, type Doors, isKnown } from '../core/index.ts';
import { type Dependency, dependencies } from './dependencies.ts';

/** What a registry says of an image that is named without a digest. */
export interface ImageDigest {
  readonly image: string;
  /** `sha256:...` */
  readonly digest?: string;
  /** Why there is none. */
  readonly why?: string;
}

/** Images looked up per scan: each is some requests. */
const MAX_IMAGES = 50;

/** The image a dependency names, where the name is whole. */
export function imageOf({ type, image, name, truth }: Dependency): string | undefined {
  if (type !== 'containerImage' || truth?.verdict !== 'unpinned') return undefined;
  const given = (image ?? name ?? '').replace(/^docker:\/\//, '').replace(/["']/g, '');
  return given === '' || given.includes('$') || given.includes('@') ? undefined : given;
}

/** Digests of the images that have none. Empty unless registries may be asked. */
export const imageDigests = ask({
  id: 'imageDigests',
  version: 1,
  needs: { dependencies },
  ask: async ({ dependencies }, doors): Promise<readonly ImageDigest[]> => {
    const images = new Set(dependencies.list.flatMap((one) => imageOf(one) ?? []));
    const found = await Promise.all([...images].slice(0, MAX_IMAGES).map((image) => lookUp(image, doors)));
    return found.flat();
  },
});

async function lookUp(image: string, doors: Doors): Promise<ImageDigest[]> {
  const answer = await doors.imageDigest(image);
  if (isKnown(answer)) return [{ image, digest: answer.known }];
  return answer.unknown === 'unsupported' ? [] : [{ image, why: answer.why }];
}
