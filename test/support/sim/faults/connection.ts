/** Faults of the connection: bytes come late, in part, or not at all. */

import type { Delivery, Reply } from '../http/exchange.ts';
import { sleep } from '../text.ts';
import type { FaultDefinition, FaultKind, FaultRule } from './types.ts';

const everywhere = ['rest', 'graphql', 'download', 'git', 'service'] as const;

const delivered =
  (make: (rule: FaultRule, length: number) => Delivery) =>
  (rule: FaultRule, reply: Reply): Reply => ({
    ...reply,
    delivery: make(rule, bodyOf(reply).length),
  });

/** The bytes of a reply. */
export function bodyOf(reply: Reply): Buffer {
  if (reply.raw) return Buffer.from(reply.raw.buffer, reply.raw.byteOffset, reply.raw.byteLength);
  return reply.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.json));
}

/** Bytes to send before the connection ends: as asked, else half, never all. */
const partOf = (rule: FaultRule, length: number): number =>
  Math.min(Math.max(0, length - 1), rule.bytes ?? Math.floor(length / 2));

export const connectionFaults = {
  latency: {
    summary: 'the answer comes `delay_ms` late, and is right',
    on: everywhere,
    sample: { delay_ms: 20 },
    before: async (rule, x) => {
      await sleep(rule.delay_ms ?? 20);
      x.notes.push('fault: latency');
      return undefined;
    },
  },
  reset: {
    summary: 'the connection is reset before anything is sent',
    on: everywhere,
    after: delivered(() => ({ how: 'reset' })),
  },
  'reset-midway': {
    summary: 'the connection is reset after `bytes` bytes (half) of the body',
    on: everywhere,
    after: delivered((rule, length) => ({ how: 'reset', after: partOf(rule, length) })),
  },
  cut: {
    summary: 'the connection closes after `bytes` bytes (half) of the announced body',
    on: everywhere,
    after: delivered((rule, length) => ({ how: 'cut', after: partOf(rule, length) })),
  },
  stall: {
    summary: '`bytes` bytes (half) of the body come, then nothing more until the caller gives up',
    on: everywhere,
    after: delivered((rule, length) => ({ how: 'stall', after: partOf(rule, length) })),
  },
  silent: {
    summary: 'the request is taken and never answered',
    on: everywhere,
    after: delivered(() => ({ how: 'silent' })),
  },
  drip: {
    summary: 'the body comes slowly: `bytes` bytes every `delay_ms`',
    on: everywhere,
    sample: { bytes: 4096, delay_ms: 1 },
    after: delivered((rule) => ({ how: 'drip', chunk: rule.bytes ?? 64, everyMs: rule.delay_ms ?? 5 })),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
