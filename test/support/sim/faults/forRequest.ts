/** The faults that can strike a request seen before: for tests of every fault on every request. */
import type { RequestRecord } from '../http/log.ts';
import { faultKinds } from './engine.ts';
import type { FaultKind, FaultRule } from './types.ts';

/** Kinds that strike single GraphQL fields. */
const BY_FIELD: readonly FaultKind[] = ['field-forbidden', 'field-broken'];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * One rule per kind of fault that fits a recorded request, aimed at its address (and operation) alone; for
 * GraphQL also one per field that can be refused on its own. Add `times: 1` to strike only once.
 */
export function faultsFor(record: RequestRecord): FaultRule[] {
  const { kind, area, method, host, operation } = record;
  if (kind === 'refused') return [];
  const match = `^${escaped(record.path.replace(/\?.*$/, ''))}$`;
  const aim = { on: area === 'archive' ? ('archive' as const) : kind, method, host, match, operation };
  const rules = faultKinds()
    .filter((info) => info.on.includes(kind) || (area === 'archive' && info.on.includes('archive')))
    .map((info): FaultRule => ({ ...info.sample, ...aim }));
  const byField = (kind: FaultKind): FaultRule[] =>
    (record.fields ?? []).map((field) => ({ kind, ...aim, fields: [field] }));
  return [...rules.filter(({ kind }) => !BY_FIELD.includes(kind)), ...BY_FIELD.flatMap(byField)];
}
