/** The neighbouring services an analyser asks, by host name. */
import { type Exchange, plainText, type Reply } from '../http/exchange.ts';
import type { RegistryKind } from '../model/spec.ts';
import type { World } from '../model/world.ts';
import { answerBadge } from './badge.ts';
import { answerDepsDev } from './depsDev.ts';
import { answerOssFuzz } from './ossFuzz.ts';
import { answerOsv } from './osv.ts';
import { answerRegistry } from './registries.ts';

/** Answers one service; undefined where it has no such page. */
export type Service = (world: World, x: Exchange) => Reply | undefined;

const SERVICES: Readonly<Record<string, Service>> = {
  'api.deps.dev': answerDepsDev,
  'api.osv.dev': answerOsv,
  'bestpractices.coreinfrastructure.org': answerBadge,
  'bestpractices.dev': answerBadge,
  'oss-fuzz-build-logs.storage.googleapis.com': answerOssFuzz,
  'www.bestpractices.dev': answerBadge,
};

/** Hosts that answer, beside GitHub's own. */
export const SERVICE_HOSTS: readonly string[] = Object.keys(SERVICES);

/** Host names under which package look-ups are answered, given at start. */
export type RegistryHosts = Readonly<Record<string, RegistryKind>>;

/**
 * Reads "npm=HOST,pypi=HOST".
 * @throws Error when a kind of registry is not known
 */
export function parseRegistries(text: string): RegistryHosts {
  const out: Record<string, RegistryKind> = {};
  for (const pair of text.split(',').filter(Boolean)) {
    const [kind, host] = pair.split('=');
    if (!host || !['npm', 'pypi', 'rubygems', 'nuget'].includes(kind ?? ''))
      throw new Error(`not KIND=HOST: ${pair}`);
    out[host.toLowerCase()] = kind as RegistryKind;
  }
  return out;
}

/** The answer of a neighbouring service to a request. */
export function answerService(world: World, registries: RegistryHosts, x: Exchange): Reply {
  const registry = registries[x.host];
  const reply = registry ? answerRegistry(world, registry, x) : SERVICES[x.host]?.(world, x);
  return reply ?? plainText(404, 'Not Found');
}
