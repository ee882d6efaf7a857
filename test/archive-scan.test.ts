import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Doors, type PerFileEvidence, type Probe, perFile, yes } from '../src/core/index.ts';
import { scanSnapshot } from '../src/engine/index.ts';
import { openArchive } from '../src/sources/archive.ts';
import { pieces } from './support/snapshot.ts';
import { tar } from './support/tar.ts';

const lengths: PerFileEvidence<string> = perFile({
  id: 'lengths',
  version: 1,
  read: 'whole',
  paths: { every: true },
  visit: (file) => [`${file.path} ${file.bytes.length} ${file.text().at(-1)}`],
});

const probe = { id: 'test', needs: { lengths }, run: () => [yes('seen')] } as unknown as Probe;

async function scan(bytes: Uint8Array) {
  const snapshot = await openArchive(pieces(bytes, 700), { strip: 0 });
  try {
    return await scanSnapshot({
      snapshot,
      doors: {} as Doors,
      checks: [],
      probes: [probe],
      now: new Date(0),
      tool: { version: '0', commit: '0' },
    });
  } finally {
    await snapshot.close();
  }
}

describe('a scan of an archive', () => {
  const parts = [
    { name: 'long', content: `${'x'.repeat(5000)}L` },
    { name: 'hard', type: '1', link: 'long' },
    { name: 'short', content: 'S' },
  ];

  it('reads contents that span chunks, and goes on after a file it cannot read', async () => {
    const { evidence, stats } = await scan(gzipSync(tar(...parts)));
    expect(evidence.evidence.lengths).toMatchObject({ value: ['long 5001 L', 'short 1 S'] });
    expect(evidence.notices).toMatchObject([{ code: 'file-unreadable', path: 'hard' }]);
    expect(stats).toMatchObject({ filesSeen: 3, filesOpened: 2, bytesRead: 5002 });
  });

  it('ends when the archive is cut off inside a wanted file', async () => {
    await expect(scan(tar(...parts).subarray(0, 3000))).rejects.toMatchObject({ code: 'target-unreadable' });
  });
});
