/** What a simulator tells about itself: its scenarios, and the variables that lead programs to it. */
import type { Scenario } from './model/types.ts';
import type { Simulator } from './simulator.ts';

/** One scenario, as a list of things to scan. */
export interface ScenarioInfo {
  readonly name: string;
  /** "github.com/owner/name" */
  readonly repo: string;
  /** Scan under this name instead. */
  readonly scan?: string;
  readonly description: string;
  /** Extra arguments, commit ids filled in. */
  readonly args: readonly string[];
  readonly faults: readonly string[];
  /** The reference's own answer varies from run to run. */
  readonly unstable: boolean;
}

export function describeScenario(s: Scenario): ScenarioInfo {
  const commit = (text: string): string =>
    text.replace(/^\{commit:(\d+)\}$/, (_, i: string) => s.main.commits[Number(i)]?.sha ?? '');
  return {
    name: s.name,
    repo: `github.com/${s.main.full_name}`,
    scan: s.spec.scan,
    description: s.spec.description ?? '',
    args: (s.spec.args ?? []).map((arg) => commit(String(arg))),
    faults: Object.keys(s.spec.faults ?? {}),
    unstable: s.spec.unstable_reference ?? false,
  };
}

/** The proxy variables are given only with the authority a program must then trust. */
export function clientEnvironment(sim: Simulator, caFile: string | undefined): Record<string, string> {
  const base = { GITHUB_TOKEN: 'sim-token', GITHUB_API_URL: sim.apiUrl, GITHUB_GRAPHQL_URL: sim.graphqlUrl };
  if (!caFile) return base;
  return {
    ...base,
    HTTPS_PROXY: sim.proxyUrl,
    https_proxy: sim.proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1',
    no_proxy: 'localhost,127.0.0.1',
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    GIT_SSL_CAINFO: caFile,
  };
}
