/**
 * Runs git so that nothing of a repository can run with it: no hooks, filters, monitors, helpers or transports that its
 * configuration names, no lazy fetches, no prompts, no settings of the caller's environment.
 */
import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { Readable } from 'node:stream';
import { ScanError } from '../core/index.ts';

export interface GitRun {
  readonly args: readonly string[];
  /** The repository; given explicitly, so that git looks for none and believes no other. */
  readonly gitDir?: string;
  /** Transports it may use; none when absent. */
  readonly protocols?: readonly string[];
  /** More settings, handed over in the environment, where other users cannot see them. */
  readonly secret?: Readonly<Record<string, string>>;
  readonly input?: Iterable<string>;
  readonly signal?: AbortSignal;
  /** Seconds without a byte after which it is given up. */
  readonly idleSeconds?: number;
}

/** git ended with an error; `stderr` has its words, without credentials. */
export class GitFailed extends Error {
  readonly stderr: string;
  constructor(stderr: string) {
    super(`git failed: ${lastLine(stderr)}`);
    this.name = 'GitFailed';
    this.stderr = stderr;
  }
}

/** Settings that no configuration file can override. */
const SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.alternateRefsCommand=false',
  'core.pager=cat',
  'core.askPass=',
  'protocol.allow=never',
  'fetch.recurseSubmodules=false',
  'submodule.recurse=false',
  'transfer.bundleURI=false',
  'gc.auto=0',
  'maintenance.auto=false',
  // Longer contents are streamed; bases of deltas are kept within bounds.
  'core.bigFileThreshold=16m',
  'core.deltaBaseCacheLimit=96m',
].flatMap((setting) => ['-c', setting]);

/** The only variables of the caller that git sees: finding programs, home, temporary files, proxies, certificates, ssh. */
const PASSED =
  /^(?:PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|COMSPEC|APPDATA|LOCALAPPDATA|PROGRAMDATA|TMPDIR|TEMP|TMP|LANG|USER|LOGNAME|XDG_CONFIG_HOME|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_CAINFO|GIT_SSH_COMMAND|GIT_SSH|(?:https?|all|no)_proxy)$/i;

function environment(run: GitRun): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) if (PASSED.test(name)) env[name] = value;
  Object.assign(env, {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    // A delta can unpack to a million times its size. git itself makes none of more than 512 MiB.
    GIT_ALLOC_LIMIT: '600m',
    GIT_ALLOW_PROTOCOL: run.protocols?.join(':') || 'none',
  });
  if (run.gitDir !== undefined) env.GIT_DIR = run.gitDir;
  // The user's own settings (proxies, certificates, credentials) matter to a download only.
  if (run.protocols === undefined)
    Object.assign(env, { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull });
  else env.GIT_SSH_COMMAND ??= 'ssh -oBatchMode=yes';
  const secret = Object.entries(run.secret ?? {});
  secret.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  if (secret.length > 0) env.GIT_CONFIG_COUNT = String(secret.length);
  return env;
}

/**
 * What git writes to standard output, as it comes; ended early, it is stopped.
 * @throws GitFailed when git ends with an error, ScanError when there is no git or it falls silent.
 */
export async function* gitBytes(run: GitRun): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn('git', [...SETTINGS, ...run.args], {
    env: environment(run),
    // A session of its own has no terminal to ask for passwords on.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < 16_384) stderr += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  ended.catch(() => {});
  child.stdin.on('error', () => {}); // git may end before it has read everything
  if (run.input === undefined) child.stdin.end();
  else Readable.from(run.input).pipe(child.stdin);
  const stop = () => kill(child.pid);
  run.signal?.addEventListener('abort', stop);
  let silent = false;
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const timer = setTimeout(
        () => {
          silent = true;
          stop();
        },
        (run.idleSeconds ?? 120) * 1000,
      );
      const { done, value } = await chunks.next().finally(() => clearTimeout(timer));
      if (done) break;
      yield value;
    }
    const exit = await ended;
    run.signal?.throwIfAborted();
    if (silent) throw new ScanError('target-unreadable', `git gave nothing for ${run.idleSeconds ?? 120} s`);
    if (exit !== 0) throw new GitFailed(withoutCredentials(stderr));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ScanError('target-unreadable', 'git is not installed; scan a folder or an archive', {
        cause: error,
      });
    throw error;
  } finally {
    run.signal?.removeEventListener('abort', stop);
    if (child.exitCode === null && child.signalCode === null) stop();
  }
}

/** git and what it started; its process group is its own. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // already gone
  }
}

/** All of standard output. @throws as `gitBytes`, and ScanError when it is longer than `max` bytes. */
export async function gitOutput(run: GitRun, max = 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of gitBytes(run)) {
    length += chunk.length;
    if (length > max) throw new ScanError('target-unreadable', `git gave more than ${max} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The text with user names and passwords taken out of addresses. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,2000}@/gi, '$1');
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.findIndex((line) => line.startsWith('fatal: '));
  const words = lines.at(fatal)?.replace(/^fatal: /, '') ?? 'no message';
  // "unknown repository extension found:" and the like: what it is stands on the next line.
  return words.endsWith(':') && fatal >= 0 ? `${words} ${lines[fatal + 1]?.trim() ?? ''}`.trim() : words;
}
