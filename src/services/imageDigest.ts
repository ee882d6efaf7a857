/** The digest of a container image, asked of the registry its name states, without credentials. Only on request. */
import { isIP } from 'node:net';
import { type Answer, known, unknown } from '../core/index.ts';
import { type Http, HttpFailure, type HttpResponse, placeOf } from '../http/index.ts';

/** Where an image is kept. */
export interface ImagePlace {
  /** `host` or `host:port`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** How registries are asked. */
export interface Registries {
  readonly http: Http;
  /** Stands before every registry's host instead of `https://`, for mirrors and tests. */
  readonly mirror?: string;
}

const MAX_NAME = 512;
const REPOSITORY = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^[a-z0-9][a-z0-9.-]*(?::\d{1,5})?$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What a registry may answer with: lists of several platforms first, because their digest fits every machine. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Reads `[host[:port]/]path[:tag]`; undefined for anything else: names with a digest, with variables left in them, and
 * of hosts that no public registry has (addresses in numbers, this machine).
 */
export function imagePlace(image: string): ImagePlace | undefined {
  if (image.length > MAX_NAME) return undefined;
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  const rest = hasHost ? image.slice(slash + 1) : image;
  const colon = rest.indexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? 'latest' : rest.slice(colon + 1);
  const registry = hasHost ? first.toLowerCase() : 'docker.io';
  if (!REPOSITORY.test(path) || !TAG.test(tag) || !HOST.test(registry) || isHere(registry)) return undefined;
  return registry === 'docker.io' || registry === 'index.docker.io'
    ? { registry: 'registry-1.docker.io', repository: path.includes('/') ? path : `library/${path}`, tag }
    : { registry, repository: path, tag };
}

function isHere(registry: string): boolean {
  const host = registry.replace(/:\d+$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || isIP(host) !== 0 || /^[\d.]+$/.test(host);
}

/** Asks for the digest of `image`. Never throws: it answers, or says why it cannot. */
export async function imageDigest({ http, mirror }: Registries, image: string): Promise<Answer<string>> {
  const place = imagePlace(image);
  if (place === undefined) return unknown('missing', 'the image cannot be looked up');
  const base = mirror === undefined ? `https://${place.registry}` : `${mirror}/${place.registry}`;
  const url = `${base}/v2/${place.repository}/manifests/${place.tag}`;
  try {
    let response = await askManifest(http, url);
    if (response.status === 401) {
      const token = await anonymousToken(http, response, place, mirror);
      if (token !== undefined) response = await askManifest(http, url, token);
    }
    if (response.status !== 200)
      return unknown('failed', `${placeOf(url)} answers with status ${response.status}`);
    const digest = response.headers['docker-content-digest'];
    return typeof digest === 'string' && DIGEST.test(digest)
      ? known(digest)
      : unknown('failed', `${placeOf(url)} tells no digest`);
  } catch (error) {
    return unknown(
      'failed',
      error instanceof HttpFailure ? error.message : `${placeOf(url)} was not waited for`,
    );
  }
}

function askManifest(http: Http, url: string, token?: string): Promise<HttpResponse> {
  const headers = { accept: MANIFESTS, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  return http.send({ url, method: 'HEAD', headers, kind: 'images', impatient: true });
}

/** Registries hand a token for reading to everybody who asks at the address they name. */
async function anonymousToken(
  http: Http,
  response: HttpResponse,
  { repository }: ImagePlace,
  mirror: string | undefined,
): Promise<string | undefined> {
  const challenge = String(response.headers['www-authenticate'] ?? '').slice(0, 2000);
  const parameter = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = URL.parse(parameter('realm') ?? '');
  if (!/^bearer /i.test(challenge) || realm === null) return undefined;
  const isMirror = mirror !== undefined && realm.href.startsWith(`${mirror}/`);
  if (!isMirror && (realm.protocol !== 'https:' || isHere(realm.host))) return undefined;
  const service = parameter('service');
  if (service !== undefined) realm.searchParams.set('service', service);
  realm.searchParams.set('scope', `repository:${repository}:pull`);
  const answer = await http.send({ url: realm.href, kind: 'images', maxBytes: 256 * 1024, impatient: true });
  if (answer.status !== 200) return undefined;
  try {
    const { token, access_token } = JSON.parse(answer.body.toString('utf8')) as Record<string, unknown>;
    const given = token ?? access_token;
    return typeof given === 'string' && /^[\x21-\x7e]{1,16384}$/.test(given) ? given : undefined;
  } catch {
    return undefined;
  }
}
