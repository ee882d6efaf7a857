/** `assay doctor`: what this machine and token can do. Composition of the network door, the forge and the services. */
import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, type FactKey, type Facts, ScanError } from './core/index.ts';
import { makePlan } from './engine/index.ts';
import { examineTokens, permissionIn, type TokenReport } from './forges/github/examine.ts';
import { githubSettings, tokenVariable } from './forges/github/settings.ts';
import { createHttp, type Environment, HttpFailure, httpSettings, placeOf, userCache } from './http/index.ts';
import { openNetwork } from './network.ts';
import { serviceSettings } from './services/index.ts';

export interface ServiceReport {
  readonly name: string;
  readonly address: string;
  readonly reachable: boolean;
  readonly problem?: string;
}

/** Something a check cannot see. */
export interface BlindSpot {
  readonly checks: readonly string[];
  readonly why: string;
  /** The permission that would show it. */
  readonly needs?: string;
}

export interface RepositoryReport {
  readonly name: string;
  readonly permission?: string;
  readonly blindSpots: readonly BlindSpot[];
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface Diagnosis {
  readonly versions: { readonly assay: string; readonly node: string; readonly git?: string };
  readonly github: {
    readonly host: string;
    readonly rest: string;
    readonly graphql: string;
    /** The variable the tokens come from. */
    readonly variable?: string;
    readonly tokens: readonly TokenReport[];
  };
  readonly services: readonly ServiceReport[];
  readonly proxy: { readonly http?: string; readonly https?: string; readonly none?: string };
  readonly authorities: readonly { readonly file: string; readonly readable: boolean }[];
  readonly cache?: { readonly folder: string; readonly files: number; readonly bytes: number };
  readonly repository?: RepositoryReport;
  /** GitHub answers, at least one token (or none at all) is taken, and the repository can be looked at. */
  readonly usable: boolean;
}

export interface DoctorOptions {
  readonly variables: Environment;
  readonly version: string;
  readonly offline?: boolean;
  readonly checks: readonly Check[];
  /** A repository to look at as well. */
  readonly repository?: string;
}

/** The answer comes soon: nothing is waited for. */
const HASTE = { connect: 5000, headers: 10_000, idle: 10_000, total: 20_000 };

/** @throws ScanError usage when `repository` names none */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { variables, version, offline } = options;
  const userAgent = `assay/${version}`;
  const http = createHttp(
    httpSettings(variables, { userAgent, offline, maxWait: 0, attempts: 2, timeouts: HASTE }),
  );
  try {
    const settings = githubSettings(variables);
    const [tokens, services, git] = await Promise.all([
      examineTokens(http, settings),
      Promise.all(servicesOf(variables).map((service) => reach(http, service))),
      gitVersion(),
    ]);
    const alive = tokens.some((token) => token.problem === undefined);
    const repository =
      options.repository === undefined || !alive
        ? undefined
        : await lookAt(http, options, options.repository);
    const { proxy, authorities } = http.settings;
    const variable = tokenVariable(variables);
    return {
      versions: { assay: version, node: process.version, ...(git !== undefined && { git }) },
      github: { ...settings.endpoints, ...(variable !== undefined && { variable }), tokens },
      services,
      proxy: {
        ...(proxy.http && { http: placeOf(proxy.http) }),
        ...(proxy.https && { https: placeOf(proxy.https) }),
        ...(proxy.none && { none: proxy.none }),
      },
      authorities: authorities.map((file) => ({ file, readable: isReadable(file) })),
      ...cacheOf(variables),
      ...(repository && { repository }),
      usable: alive && repository?.problem === undefined,
    };
  } finally {
    await http.close();
  }
}

function servicesOf(variables: Environment): { readonly name: string; readonly address: string }[] {
  const { osv, ossFuzz, badge, depsDev } = serviceSettings(variables);
  return [
    { name: 'OSV', address: osv },
    { name: 'OSS-Fuzz', address: ossFuzz },
    { name: 'best-practices badge', address: badge },
    { name: 'deps.dev', address: depsDev },
  ];
}

type Door = ReturnType<typeof createHttp>;

/** Any answer but a fault of the server will do: it is there. */
async function reach(
  http: Door,
  service: { readonly name: string; readonly address: string },
): Promise<ServiceReport> {
  const address = placeOf(service.address);
  const report = { name: service.name, address };
  try {
    const { status } = await http.send({ url: service.address, method: 'HEAD', kind: service.name });
    if (status < 500) return { ...report, reachable: true };
    return { ...report, reachable: false, problem: `${address} answers with status ${status}` };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { ...report, reachable: false, problem: error.message };
  }
}

async function lookAt(http: Door, options: DoctorOptions, text: string): Promise<RepositoryReport> {
  const { variables, version, checks, offline } = options;
  const network = openNetwork({
    variables,
    userAgent: `assay/${version}`,
    offline,
    cache: false,
    maxWait: 0,
  });
  try {
    const [forge] = network.forges;
    const ref = forge!.parse(text);
    if (ref?.owner === undefined || ref.repo === undefined)
      throw new ScanError('usage', `${text} is no repository on GitHub (owner/name)`);
    const report = { name: ref.name, blindSpots: [] };
    try {
      const { facts: keys } = makePlan(checks, []);
      const { snapshot } = await forge!.open(ref, { facts: keys, files: false });
      try {
        const facts = await snapshot.facts(keys);
        const permission = await permissionIn(http, githubSettings(variables), ref.owner, ref.repo);
        return { ...report, ...(permission && { permission }), blindSpots: blindSpots(checks, facts) };
      } finally {
        await snapshot.close();
      }
    } catch (thrown) {
      if (!(thrown instanceof ScanError)) throw thrown;
      return { ...report, problem: { code: thrown.code, message: thrown.message } };
    }
  } finally {
    await network.close();
  }
}

/** Everything that was not told for want of a permission, with the checks that wanted it. */
function blindSpots(checks: readonly Check[], facts: Partial<Facts>): BlindSpot[] {
  const spots = new Map<string, { checks: Set<string>; why: string; needs?: string }>();
  for (const check of checks) {
    for (const key of makePlan([check], []).facts as readonly FactKey[]) {
      for (const { why, needs } of hidden(facts[key])) {
        const id = `${why} ${needs ?? ''}`;
        const spot = spots.get(id) ?? {
          checks: new Set<string>(),
          why,
          ...(needs !== undefined && { needs }),
        };
        spot.checks.add(check.name);
        spots.set(id, spot);
      }
    }
  }
  return [...spots.values()].map((spot) => ({ ...spot, checks: [...spot.checks].sort() }));
}

/** Answers of the kind "forbidden" anywhere in a value. */
function* hidden(value: unknown, depth = 0): Generator<{ readonly why: string; readonly needs?: string }> {
  if (typeof value !== 'object' || value === null || depth > 6) return;
  const { unknown, why, needs } = value as { unknown?: unknown; why?: unknown; needs?: unknown };
  if (unknown === 'forbidden' && typeof why === 'string')
    yield { why, ...(typeof needs === 'string' && { needs }) };
  else for (const inner of Object.values(value)) yield* hidden(inner, depth + 1);
}

function cacheOf(variables: Environment): Pick<Diagnosis, 'cache'> {
  const settings = userCache(variables, process.platform);
  if (settings === undefined) return {};
  const folder = join(settings.folder, 'http');
  let [files, bytes] = [0, 0];
  try {
    for (const name of readdirSync(folder)) {
      const { size } = statSync(join(folder, name));
      files++;
      bytes += size;
    }
  } catch {
    // Not made yet.
  }
  return { cache: { folder, files, bytes } };
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function gitVersion(): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', ['--version'], { timeout: 5000 }, (error, stdout) => {
      resolve(
        error === null
          ? stdout
              .trim()
              .replace(/^git version /, '')
              .slice(0, 50)
          : undefined,
      );
    });
  });
}
