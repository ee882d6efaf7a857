/**
 * The tree as one streamed archive, analysed while it arrives. An archive that breaks off is fetched once more: what
 * was already looked at is compared, byte by byte as far as it was read, and the walk goes on behind it. Anything else
 * that is wrong with an archive ends the scan: half a repository is never scored.
 */
import { crc32 } from 'node:zlib';
import {
  type Notice,
  type OpenFile,
  type RepoEntry,
  type RepoRef,
  type RepoSnapshot,
  ScanError,
} from '../../core/index.ts';
import { cacheKey, type HttpResponse, type HttpStream } from '../../http/index.ts';
import { GITHUB_ARCHIVE, openArchive } from '../../sources/archive.ts';
import { repositoryApi } from './rest.ts';
import type { Session } from './session.ts';

/** An archive may take this many times as long as any other answer: half a gigabyte over a slow line is still fine. */
const PATIENCE = 30;

export type Download = Promise<HttpStream | HttpResponse>;

/**
 * Asks for the archive of a commit, of the newest state when none is named. The body waits to be read. `home` is the
 * address of a repository that has moved.
 */
export async function download(
  session: Session,
  fullName: string,
  rev: string | undefined,
  home = repositoryApi(session, fullName),
): Download {
  const { http, account } = session;
  const ref = rev === undefined ? '' : `/${rev.split('/').map(encodeURIComponent).join('/')}`;
  const url = `${home}/tarball${ref}`;
  const request = {
    headers: { accept: '*/*' },
    kind: 'archive',
    timeouts: { total: http.settings.timeouts.total * PATIENCE },
  };
  const place = account.anonymous ? undefined : cacheKey('archive', account.identity, url);
  const kept = place && (await http.cache?.get(place))?.body.toString('utf8');
  if (kept) {
    // The address the API told the last time: asking for it again would cost a request.
    const direct = await http.open({ ...request, url: kept }).catch(() => undefined);
    if (direct?.status === 200) return direct;
    http.throwIfAborted();
  }
  const answer = await http.open({ ...request, url, account });
  // An address with a query holds a secret for one download.
  if (place && answer.status === 200 && answer.url !== url && !answer.url.includes('?'))
    http.keep(place, { etag: '', headers: {}, body: Buffer.from(answer.url) });
  return answer;
}

/** What was read of one entry: enough to tell that it was the same the second time. */
interface Trace {
  readonly path: string;
  head?: { readonly max: number; readonly sum: number };
  whole?: { readonly max: number; readonly sum: number };
}

/** The files of a repository, however they come; to be walked once. */
export interface TreeFiles {
  readonly source: RepoSnapshot['source'];
  files(wanted?: (path: string) => boolean): AsyncGenerator<RepoEntry>;
  notices(): readonly Notice[];
  close(): Promise<void>;
}

/** The files out of the archive. */
export class ArchiveFiles implements TreeFiles {
  readonly source = 'archive';
  readonly #session: Session;
  readonly #ref: RepoRef;
  readonly #fullName: string;
  readonly #commit: string;
  #first: Download | undefined;
  #archive: RepoSnapshot | undefined;
  #entries: Iterator<RepoEntry> | AsyncIterator<RepoEntry> | undefined;
  #current: RepoEntry | undefined;
  readonly #traces: Trace[] = [];
  #retried = false;

  /** `first` is the download already under way. */
  constructor(session: Session, ref: RepoRef, fullName: string, commit: string, first: Download) {
    this.#session = session;
    this.#ref = ref;
    this.#fullName = fullName;
    this.#commit = commit;
    this.#first = first;
  }

  notices(): readonly Notice[] {
    return this.#archive?.notices() ?? [];
  }

  async close(): Promise<void> {
    await this.#archive?.close();
    if (this.#first !== undefined) await discard(this.#first);
  }

  /** @throws ScanError target-unreadable, network; the abort reason. */
  async *files(): AsyncGenerator<RepoEntry> {
    if (this.#first === undefined) throw new Error('an archive streams past once');
    await this.#start();
    let empty = true;
    for (let entry = await this.#next(); entry !== undefined; entry = await this.#next()) {
      empty = false;
      const trace: Trace = { path: entry.path };
      this.#traces.push(trace);
      yield { path: entry.path, kind: entry.kind, size: entry.size, open: () => this.#open(trace) };
    }
    // Git names the commit in every archive it makes, however little is inside.
    if (empty && this.#archive?.commit === 'unknown')
      throw new ScanError('target-unreadable', 'GitHub sends an archive with nothing in it');
  }

  async #start(): Promise<void> {
    const first = this.#first!;
    this.#first = undefined;
    try {
      await this.#use(await first);
    } catch (error) {
      await this.#again(error);
    }
  }

  /** Takes an archive into use; one of another commit (the branch moved on meanwhile) is fetched by its id. */
  async #use(answer: HttpStream | HttpResponse): Promise<void> {
    const opened = await this.#opened(answer);
    if (opened.commit === 'unknown' || opened.commit === this.#commit) return this.#take(opened);
    await opened.close();
    const exact = await this.#opened(await download(this.#session, this.#fullName, this.#commit));
    if (exact.commit !== 'unknown' && exact.commit !== this.#commit)
      throw new ScanError(
        'target-unreadable',
        'GitHub sends the archive of another commit than the one asked for',
      );
    this.#take(exact);
  }

  async #opened(answer: HttpStream | HttpResponse): Promise<RepoSnapshot> {
    const { status, body } = answer;
    if (Buffer.isBuffer(body)) throw unreadable(status);
    return openArchive(body, { ...GITHUB_ARCHIVE, ref: this.#ref });
  }

  #take(archive: RepoSnapshot): void {
    this.#archive = archive;
    const files = archive.files();
    this.#entries = Symbol.iterator in files ? files[Symbol.iterator]() : files[Symbol.asyncIterator]();
  }

  async #next(): Promise<RepoEntry | undefined> {
    try {
      return await this.#step();
    } catch (error) {
      await this.#again(error);
      return this.#step();
    }
  }

  async #step(): Promise<RepoEntry | undefined> {
    const step = await this.#entries!.next();
    this.#current = step.done ? undefined : step.value;
    return this.#current;
  }

  /**
   * Fetches the archive once more and goes to the place where the first one broke: behind the last entry, or into it
   * when it was being read.
   */
  async #again(error: unknown, within = false): Promise<void> {
    this.#session.http.throwIfAborted();
    if (this.#retried || !mayHelp(error)) throw inWords(error);
    this.#retried = true;
    this.#session.http.count('retries');
    await this.#archive?.close();
    try {
      await this.#use(await download(this.#session, this.#fullName, this.#commit));
      for (const trace of within ? this.#traces.slice(0, -1) : this.#traces) await this.#replay(trace);
      if (within && (await this.#step())?.path !== this.#traces.at(-1)?.path) throw differs();
    } catch (second) {
      throw inWords(second);
    }
  }

  async #replay(trace: Trace): Promise<void> {
    const entry = await this.#step();
    if (entry?.path !== trace.path) throw differs();
    const { head, whole } = trace;
    if (head === undefined && whole === undefined) return;
    const file = await entry.open();
    if (head !== undefined && crc32(await file.head(head.max)) !== head.sum) throw differs();
    if (whole !== undefined && crc32((await file.whole(whole.max)).bytes) !== whole.sum) throw differs();
    file.close();
  }

  async #open(trace: Trace): Promise<OpenFile> {
    let file = await this.#current!.open();
    const reading = async <T>(read: (file: OpenFile) => T | Promise<T>): Promise<T> => {
      try {
        return await read(file);
      } catch (error) {
        await this.#again(error, true);
        file = await this.#current!.open();
        const { head } = trace;
        if (head !== undefined && crc32(await file.head(head.max)) !== head.sum) throw differs();
        return read(file);
      }
    };
    return {
      head: async (max) => {
        const bytes = await reading((one) => one.head(max));
        trace.head = { max, sum: crc32(bytes) };
        return bytes;
      },
      whole: async (max) => {
        const result = await reading((one) => one.whole(max));
        trace.whole = { max, sum: crc32(result.bytes) };
        return result;
      },
      close: () => file.close(),
    };
  }
}

/** Gives an answer back that nobody will read. */
async function discard(unread: Download): Promise<void> {
  const answer = await unread.catch(() => undefined);
  if (answer !== undefined && !Buffer.isBuffer(answer.body)) answer.body.on('error', () => {}).destroy();
}

/** A limit is met again the second time. */
function mayHelp(error: unknown): boolean {
  return !(error instanceof ScanError && error.message.includes('limit')) && !(error instanceof GoneArchive);
}

/** GitHub answers, but not with an archive: asking again does not change that. */
class GoneArchive extends ScanError {}

function unreadable(status: number): ScanError {
  const message = `GitHub does not give the archive of the repository (status ${status})`;
  if (status === 451) return new GoneArchive('target-blocked', `${message}: access is blocked`);
  if (status === 401 || status === 403 || status === 429)
    return new GoneArchive('target-unreadable', message);
  if (status === 404)
    return new GoneArchive('target-unreadable', `${message}; without it no file can be judged`);
  return new ScanError('target-unreadable', message);
}

function differs(): ScanError {
  return new ScanError('target-unreadable', 'the archive is damaged: fetched twice, it differs');
}

function inWords(error: unknown): unknown {
  if (error instanceof ScanError || !(error instanceof Error) || error.name === 'AbortError') return error;
  return new ScanError('target-unreadable', `the archive of the repository broke off: ${error.message}`, {
    cause: error,
  });
}
