import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestOf } from './digest.ts';

it.each(['sha256', 'sha512'] as const)('%s equals the platform’s', (algorithm) => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 111, 112, 119, 127, 128, 129, 1000, 65_537]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + length) & 0xff);
    expect(digestOf(algorithm, bytes)).toBe(createHash(algorithm).update(bytes).digest('hex'));
  }
});
