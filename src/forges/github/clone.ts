/** The tree by git, without a work tree: what an archive leaves out (export-ignore, empty files, links) is there. */
import { type Notice, type RepoEntry, type RepoRef, type RepoSnapshot, ScanError } from '../../core/index.ts';
import type { TreeFiles } from './archive.ts';
import type { Session } from './session.ts';

/** Fetched when the files are asked for; `fullName` is `owner/name`. */
export class CloneFiles implements TreeFiles {
  readonly source = 'git';
  readonly #session: Session;
  readonly #ref: RepoRef;
  readonly #fullName: string;
  readonly #commit: string;
  #clone: RepoSnapshot | undefined;

  constructor(session: Session, ref: RepoRef, fullName: string, commit: string) {
    this.#session = session;
    this.#ref = ref;
    this.#fullName = fullName;
    this.#commit = commit;
  }

  /** @throws ScanError target-unreadable; the abort reason */
  async *files(wanted?: (path: string) => boolean): AsyncGenerator<RepoEntry> {
    const { http, account, endpoints } = this.#session;
    const token = await account.take('core', (milliseconds, why) => http.pause(milliseconds, why));
    const url = new URL(`${endpoints.web}/${this.#fullName}.git`);
    if (token.value !== '') {
      url.username = 'x-access-token';
      url.password = token.value;
    }
    const { openGit } = await import('../../sources/git.ts');
    http.count('git');
    try {
      this.#clone = await openGit(url.href, {
        commit: this.#commit,
        ref: this.#ref,
        signal: http.signal,
        protocols: url.protocol === 'http:' ? ['http'] : ['https'],
      });
    } catch (error) {
      http.throwIfAborted();
      // The forge let us in by its API; only the files are missing.
      const { message } = error as Error;
      throw new ScanError('target-unreadable', http.hide(message), { cause: error });
    }
    yield* this.#clone.files(wanted);
  }

  notices(): readonly Notice[] {
    return this.#clone?.notices() ?? [];
  }

  async close(): Promise<void> {
    await this.#clone?.close();
  }
}
