/** The short fault forms of scenario files, as rules. */
import type { FaultRule, ScenarioFaults } from './types.ts';

/** What faults of scenarios strike unless they say otherwise. */
const API = ['rest', 'graphql'] as const;

/** Rules in the order in which they strike. */
export function faultsOfScenario(
  f: ScenarioFaults & { readonly inject?: readonly FaultRule[] },
): FaultRule[] {
  const rules: FaultRule[] = [];
  if (f.latency_ms) rules.push({ kind: 'latency', on: API, delay_ms: f.latency_ms });
  if (f.requires_token) rules.push({ kind: 'anonymous-refused' });
  for (const { kind, ...rest } of f.status ?? []) {
    rules.push({ kind: 'status', on: kind ?? [...API, 'archive'], message: 'Server Error', ...rest });
  }
  if (f.secondary_rate_limit)
    rules.push({ times: 1, ...f.secondary_rate_limit, kind: 'secondary-rate-limit' });
  if (f.primary_rate_limit) {
    const { after, ...rest } = f.primary_rate_limit;
    rules.push({ kind: 'primary-rate-limit', skip: after, ...rest });
  }
  if (f.graphql_502_over_nodes !== undefined)
    rules.push({ kind: 'graphql-too-large', nodes: f.graphql_502_over_nodes });
  rules.push(...archiveFaults(f));
  for (const [host, { status, body }] of Object.entries(f.services ?? {})) {
    rules.push({ kind: 'status', on: 'service', host, status: status ?? 503, body: body ?? 'unavailable' });
  }
  return [...rules, ...(f.inject ?? [])];
}

function archiveFaults(f: ScenarioFaults): FaultRule[] {
  const rules: FaultRule[] = [];
  if (f.tar_hostile) rules.push({ kind: 'hostile-archive', parts: f.tar_hostile });
  if (f.corrupt_gzip) rules.push({ kind: 'corrupt-archive', where: f.corrupt_gzip });
  if (f.truncate_tarball) rules.push({ kind: 'truncated-archive', part: f.truncate_tarball });
  if (f.drop_tarball_at !== undefined) {
    rules.push({ kind: 'cut', on: 'archive', bytes: f.drop_tarball_at, times: f.drop_times });
  }
  return rules;
}
