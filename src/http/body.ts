/** Reading a whole answer, unpacked and bounded. */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HttpFailure } from './failure.ts';
import { placeOf } from './secrets.ts';
import type { RawResponse } from './transport.ts';

/**
 * All bytes of an answer; `onBytes` is told how many came over the wire.
 * @throws HttpFailure too-large; errors of the stream as they are
 */
export async function readBody(
  answer: RawResponse,
  maxBytes: number,
  onBytes: (count: number) => void,
): Promise<Buffer> {
  const packed = answer.headers['content-encoding'] === 'gzip';
  answer.body.on('data', (chunk: Buffer) => onBytes(chunk.length));
  const body: Readable = packed ? unpacked(answer.body) : answer.body;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes)
        throw new HttpFailure('too-large', `${placeOf(answer.url)} answers more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } finally {
    answer.body.on('error', () => {}).destroy();
  }
  return Buffer.concat(chunks, length);
}

/** The stream through gunzip; an error of either side ends both. */
function unpacked(body: Readable): Readable {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}
