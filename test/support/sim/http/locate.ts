/** Finds out what a request is about: which part of GitHub or which service, and in whose style links go. */
import type { IncomingMessage } from 'node:http';
import type { RegistryHosts } from '../services/index.ts';
import { SERVICE_HOSTS } from '../services/index.ts';
import type { Area, Exchange, Links, RequestKind } from './exchange.ts';
import type { RateLimits } from './rates.ts';

export const GITHUB_HOSTS: readonly string[] = [
  'api.github.com',
  'codeload.github.com',
  'github.com',
  'objects.githubusercontent.com',
  'raw.githubusercontent.com',
  'uploads.github.com',
  'www.github.com',
];
/** A stranger that answers, to see who sends it a token. */
export const STRANGER = 'elsewhere.example';

const KINDS: Readonly<Record<Area, RequestKind>> = {
  archive: 'download',
  asset: 'download',
  control: 'control',
  elsewhere: 'service',
  git: 'git',
  graphql: 'graphql',
  raw: 'download',
  rest: 'rest',
  service: 'service',
};

const REAL_LINKS: Links = {
  api: 'https://api.github.com',
  web: 'https://github.com',
  codeload: 'https://codeload.github.com',
  raw: 'https://raw.githubusercontent.com',
};

const GIT_PATH = /^\/[^/]+\/[^/]+?(\.git)?\/(info\/refs|git-upload-pack|HEAD|objects\/.*)$/;
const ASSET_PATH = /^\/[^/]+\/[^/]+\/releases\/download\//;

interface Place {
  readonly area: Area;
  readonly host: string;
  readonly path: string;
  readonly links: Links;
}

/** Reads the request line and headers; the body is handed in. */
export function locate(
  request: IncomingMessage,
  body: Buffer,
  scheme: 'http' | 'https',
  context: { readonly rates: RateLimits; readonly registries: RegistryHosts; readonly httpPort: number },
): Exchange {
  const { authority, url } = target(request);
  const host = authority.replace(/:\d+$/, '');
  const cut = url.search(/[?#]/);
  const path = (cut < 0 ? url : url.slice(0, cut)).replace(/^\/+/, '/');
  const search = cut < 0 ? '' : url.slice(cut).replace(/#.*$/, '');
  const origin = `${scheme}://${authority}`;
  const place = placeOf(host, path, origin, context.registries);
  const isReal = GITHUB_HOSTS.includes(host) || SERVICE_HOSTS.includes(host) || host in context.registries;
  const token = (request.headers.authorization ?? '').replace(/^(bearer|token|basic)\s+/i, '');
  return {
    ...place,
    startedAt: Date.now(),
    kind: KINDS[place.area],
    method: request.method ?? 'GET',
    search,
    query: new URLSearchParams(search),
    headers: request.headers,
    body,
    token: token || 'anonymous',
    origin,
    url,
    elsewhere: isReal ? `https://${STRANGER}/` : `http://localhost:${context.httpPort}/_elsewhere/`,
    rates: context.rates,
    scenario: undefined,
    resource: undefined,
    rate: undefined,
    charged: false,
    plan: undefined,
    notes: [],
  };
}

/** Host and path, also of requests in a proxy's absolute form. */
function target(request: IncomingMessage): { authority: string; url: string } {
  const url = request.url ?? '/';
  const absolute = /^https?:\/\/([^/]+)(\/.*)?$/.exec(url);
  const authority = absolute?.[1] ?? request.headers.host ?? 'localhost';
  return { authority: authority.toLowerCase(), url: absolute ? (absolute[2] ?? '/') : url };
}

function placeOf(host: string, path: string, origin: string, registries: RegistryHosts): Place {
  const links = { api: origin, web: origin, codeload: `${origin}/_codeload`, raw: `${origin}/_raw` };
  if (path.startsWith('/_sim/')) return { area: 'control', host, path, links };
  if (host === STRANGER || path.startsWith('/_elsewhere'))
    return { area: 'elsewhere', host: 'elsewhere', path, links };
  if (SERVICE_HOSTS.includes(host) || host in registries) return { area: 'service', host, path, links };
  const service = /^\/_svc\/([^/]+)(\/.*)?$/.exec(path);
  if (service)
    return { area: 'service', host: (service[1] as string).toLowerCase(), path: service[2] ?? '/', links };
  if (GITHUB_HOSTS.includes(host)) return { area: areaOfHost(host, path), host, path, links: REAL_LINKS };
  return { host, ...areaOfPath(path, links) };
}

function areaOfHost(host: string, path: string): Area {
  if (host === 'api.github.com') return path === '/graphql' ? 'graphql' : 'rest';
  if (host === 'codeload.github.com') return 'archive';
  if (host === 'raw.githubusercontent.com') return 'raw';
  return GIT_PATH.test(path) ? 'git' : 'asset';
}

/** Under the simulator's own address everything is told apart by path; "/api/v3" is Enterprise style. */
function areaOfPath(path: string, links: Links): Omit<Place, 'host'> {
  if (/^\/api\/v3(\/|$)/.test(path)) {
    return {
      area: 'rest',
      path: path.slice('/api/v3'.length) || '/',
      links: { ...links, api: `${links.api}/api/v3` },
    };
  }
  if (path === '/graphql' || path === '/api/graphql') return { area: 'graphql', path, links };
  if (path.startsWith('/_codeload/'))
    return { area: 'archive', path: path.slice('/_codeload'.length), links };
  if (path.startsWith('/_raw/')) return { area: 'raw', path: path.slice('/_raw'.length), links };
  if (GIT_PATH.test(path)) return { area: 'git', path, links };
  if (ASSET_PATH.test(path) && !path.startsWith('/repos/')) return { area: 'asset', path, links };
  return { area: 'rest', path, links };
}
