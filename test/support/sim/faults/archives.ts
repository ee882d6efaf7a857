/** Faults of archives: broken compression, missing ends, entries that want out of their folder. */
import { gzipSync } from 'node:zlib';
import type { Exchange, Reply } from '../http/exchange.ts';
import { addHostileEntries } from './hostileTar.ts';
import type { FaultDefinition, FaultKind, FaultRule } from './types.ts';

const isTarball = (reply: Reply): boolean => reply.raw !== undefined && reply.type === 'application/x-gzip';

/** Spoils tarballs, leaves every other reply as it is. */
const onTarballs =
  (spoil: (rule: FaultRule, tarball: Uint8Array, x: Exchange) => Uint8Array) =>
  (rule: FaultRule, reply: Reply, x: Exchange): Reply =>
    isTarball(reply) ? { ...reply, raw: spoil(rule, reply.raw as Uint8Array, x) } : reply;

function corrupt(rule: FaultRule, tarball: Uint8Array): Uint8Array {
  const out = Buffer.from(tarball);
  const from = rule.where === 'header' ? 0 : Math.floor(out.length / 2);
  for (let i = from; i < Math.min(out.length, from + 64); i++) out[i] = (out[i] as number) ^ 0xa5;
  return out;
}

export const archiveFaults = {
  'corrupt-archive': {
    summary: 'some bytes of the archive are wrong, at its `where`: header or middle',
    on: ['archive'],
    sample: { where: 'middle' },
    after: onTarballs(corrupt),
  },
  'truncated-archive': {
    summary: 'only a `part` of the archive, announced as if it were all',
    on: ['archive'],
    sample: { part: 0.6 },
    after: onTarballs((rule, tarball) =>
      tarball.subarray(0, Math.floor(tarball.length * (rule.part ?? 0.5))),
    ),
  },
  'hostile-archive': {
    summary: "entries beside the repository's own: ways out of the folder, links, bombs",
    on: ['archive'],
    sample: { parts: ['traversal', 'absolute', 'symlink', 'hardlink', 'fifo', 'dup'] },
    after: onTarballs((rule, tarball) => addHostileEntries(tarball, rule.parts ?? ['traversal'])),
  },
  'empty-archive': {
    summary: 'a valid archive with nothing in it',
    on: ['archive'],
    after: onTarballs(() => gzipSync(Buffer.alloc(1024))),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
