/** Composition of everything that needs the network: the door, the forges, the services. Loaded only when it is used. */
import type { Doors, Forge, RepoRef } from './core/index.ts';
import { createGithub, githubSettings } from './forges/github/index.ts';
import {
  createHttp,
  type Environment,
  type Http,
  type HttpSettings,
  httpSettings,
  userCache,
  type Wait,
} from './http/index.ts';
import { serviceDoors, serviceSettings } from './services/index.ts';
import type { PackageSource } from './services/packages/index.ts';

export interface NetworkOptions {
  /** The variables that name tokens, proxies, addresses and the cache folder. */
  readonly variables: Environment;
  readonly userAgent: string;
  readonly offline?: boolean;
  /** Most that may be waited for request budgets, in seconds; 300 when absent. */
  readonly maxWait?: number;
  /** Keep answers on disk; true when absent. */
  readonly cache?: boolean;
  /** Keep those about private repositories as well. */
  readonly cachePrivate?: boolean;
  /** A folder of OSV data, asked instead of the service. */
  readonly osvDb?: string;
  /** Image registries may be asked. */
  readonly resolveImages?: boolean;
  /** Told before each wait. */
  readonly onWait?: (wait: Wait) => void;
  /** What else may differ from the usual: timeouts, tries, a log of requests. */
  readonly http?: Partial<Pick<HttpSettings, 'timeouts' | 'attempts' | 'retryPause' | 'onRequest'>>;
}

export interface FolderDoors extends Pick<Doors, 'vulnerabilities' | 'imageDigest'> {
  readonly http: Http;
  /** `name` is `host/owner/name`. */
  ossFuzz(name: string): ReturnType<Doors['ossFuzz']>;
}

/** The network of one process: connections, budgets and cache are shared by all scans. */
export interface Network {
  readonly forges: readonly Forge[];
  /** Doors for a folder; `signal` bounds them. */
  folderDoors(signal?: AbortSignal): FolderDoors;
  /** The repository a package is made from. @throws ScanError usage, target-not-found, network, unauthorized */
  findSource(text: string, signal?: AbortSignal): Promise<PackageSource>;
  close(): Promise<void>;
}

/** Seconds a scan of a folder waits for a service. */
const FOLDER_PATIENCE = 5;

export function openNetwork(options: NetworkOptions): Network {
  const { variables } = options;
  const http = createHttp(
    httpSettings(variables, {
      userAgent: options.userAgent,
      offline: options.offline,
      onWait: options.onWait,
      ...(options.maxWait === undefined ? {} : { maxWait: options.maxWait * 1000 }),
      cache:
        options.cache === false ? undefined : userCache(variables, process.platform, options.cachePrivate),
      ...options.http,
    }),
  );
  const services = {
    ...serviceSettings(variables),
    osvFolder: options.osvDb,
    resolveImages: options.resolveImages,
  };
  const outside = (ref: RepoRef, fullName: string, scope: Http) => {
    const host = ref.name.slice(0, ref.name.indexOf('/'));
    return serviceDoors(scope, services, ref.name, `${host}/${fullName}`);
  };
  return {
    forges: [createGithub({ settings: githubSettings(variables), http, outside })],
    folderDoors: (signal) => {
      const patience = AbortSignal.timeout(FOLDER_PATIENCE * 1000);
      const scope = http.scope(signal ? AbortSignal.any([signal, patience]) : patience);
      const { vulnerabilities, imageDigest } = serviceDoors(scope, services, '');
      return {
        http: scope,
        vulnerabilities,
        imageDigest,
        ossFuzz: (name) => serviceDoors(scope, services, name).ossFuzz(),
      };
    },
    findSource: async (text, signal) => {
      const { findSource } = await import('./services/packages/index.ts');
      const hosts = [githubSettings(variables).endpoints.host];
      return findSource(
        http.scope(signal),
        { depsDev: services.depsDev, environment: variables, hosts },
        text,
      );
    },
    close: () => http.close(),
  };
}
