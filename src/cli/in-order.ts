/** Many things at once, told in the order in which they were asked. */
import pLimit from 'p-limit';

/**
 * Works on items of a stream, at most `jobs` at a time, and gives what came of them in the order of the stream. While
 * the first one takes its time at most `ahead` items are taken in, so that memory does not grow with the list. `work`
 * must not throw.
 */
export async function* inOrder<I, O>(
  items: AsyncIterable<I>,
  jobs: number,
  work: (item: I) => Promise<O>,
  ahead = jobs * 4,
): AsyncGenerator<O> {
  const limit = pLimit(jobs);
  const source = items[Symbol.asyncIterator]();
  const running: Promise<O>[] = [];
  let next: Promise<IteratorResult<I>> | undefined = source.next();
  try {
    while (next !== undefined || running.length > 0) {
      const waits: Promise<'item' | 'done'>[] = [];
      if (next !== undefined && running.length < ahead) waits.push(next.then(() => 'item'));
      if (running[0] !== undefined) waits.push(running[0].then(() => 'done'));
      if ((await Promise.race(waits)) === 'done') yield await running.shift()!;
      else {
        const item: IteratorResult<I> = await next!;
        next = item.done ? undefined : source.next();
        if (!item.done) running.push(limit(work, item.value));
      }
    }
  } finally {
    limit.clearQueue();
    next?.catch(() => {});
    await source.return?.();
  }
}
