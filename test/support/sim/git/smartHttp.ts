/** Smart HTTP for clones, by git's own CGI program. */
import { spawn } from 'node:child_process';
import type { Exchange, Reply } from '../http/exchange.ts';
import type { Repo } from '../model/types.ts';
import { type GitStore, gitEnvironment } from './store.ts';

/** Answers one `info/refs`, `git-upload-pack` or `HEAD` request for a repository. */
export async function serveGit(store: GitStore, repo: Repo, service: string, x: Exchange): Promise<Reply> {
  store.dir(repo);
  const env = {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: store.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${repo.ownerLogin}/${repo.name}.git/${service}`,
    QUERY_STRING: x.query.toString(),
    REQUEST_METHOD: x.method,
    CONTENT_TYPE: header(x, 'content-type'),
    CONTENT_LENGTH: String(x.body.length),
    HTTP_CONTENT_ENCODING: header(x, 'content-encoding'),
    GIT_PROTOCOL: header(x, 'git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
  };
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  // A program that has answered and ended reads no further: that is no fault.
  child.stdin.on('error', () => {});
  child.stdin.end(x.body);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return fromCgi(Buffer.concat(chunks));
}

const header = (x: Exchange, name: string): string => String(x.headers[name] ?? '');

/** A CGI answer (headers, blank line, body) as a reply. */
function fromCgi(output: Buffer): Reply {
  const end = output.indexOf('\r\n\r\n');
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of output.subarray(0, end).toString().split('\r\n')) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    if (name.toLowerCase() === 'status') status = Number.parseInt(line.slice(colon + 2), 10);
    else if (colon > 0) headers[name] = line.slice(colon + 2);
  }
  return { status, raw: output.subarray(end + 4), headers };
}
