/** The network of the program, led to the simulated GitHub: the real door, forge and services. */
import { type Network, type NetworkOptions, openNetwork } from '../../src/network.ts';
import type { Simulator } from './sim/index.ts';

/** Only what hangs takes so long, however busy the machine is. */
const PATIENT = { connect: 60_000, headers: 60_000, idle: 60_000, total: 240_000 };

/** For faults by which nothing comes any more, so that they do not hold up the tests. */
export const HASTY = { connect: 4000, headers: 2000, idle: 2000, total: 16_000 };

/** Variables that lead the program to the simulator for everything. */
export function variablesFor(sim: Simulator, more: Readonly<Record<string, string>> = {}) {
  return {
    ...sim.environment(),
    ASSAY_OSV_URL: sim.serviceUrl('api.osv.dev'),
    ASSAY_OSS_FUZZ_URL: `${sim.serviceUrl('oss-fuzz-build-logs.storage.googleapis.com')}/status.json`,
    ASSAY_BADGE_URL: sim.serviceUrl('www.bestpractices.dev'),
    ASSAY_DEPS_DEV_URL: sim.serviceUrl('api.deps.dev'),
    ...more,
  };
}

/** No cache unless a folder is named in `ASSAY_CACHE_DIR`. */
export function simNetwork(
  sim: Simulator,
  more: Readonly<Record<string, string>> = {},
  options: Partial<NetworkOptions> = {},
): Network {
  return openNetwork({
    variables: variablesFor(sim, more),
    userAgent: 'assay/test',
    maxWait: 10,
    cache: 'ASSAY_CACHE_DIR' in more,
    ...options,
    http: { retryPause: 2, timeouts: PATIENT, ...options.http },
  });
}
