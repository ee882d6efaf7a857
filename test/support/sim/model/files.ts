/** The files of a scenario's repository: a plain folder, and extra files a folder cannot hold. */
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtraFileSpec } from './spec.ts';
import type { RepoFile, Submodule } from './types.ts';

type AnyFile = RepoFile | Submodule;

/** Files below `dir` (may be missing) and the extra ones, which win over a file of the same path; sorted by path. */
export function readFiles(dir: string | undefined, extra: readonly ExtraFileSpec[]): AnyFile[] {
  const byPath = new Map<string, AnyFile>();
  if (dir && existsSync(dir)) for (const file of walk(dir, '')) byPath.set(file.path, file);
  for (const spec of extra) byPath.set(spec.path, extraFile(spec));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* walk(dir: string, base: string): Generator<RepoFile> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const full = join(dir, entry.name);
    const path = base + entry.name;
    if (entry.isDirectory()) yield* walk(full, `${path}/`);
    else if (entry.isSymbolicLink()) yield { path, mode: '120000', content: Buffer.from(readlinkSync(full)) };
    else yield plainFile(full, path);
  }
}

/** A file stored as "name.gh-template" stands for "name", so that tools reacting to names leave it alone. */
function plainFile(full: string, path: string): RepoFile {
  const mode = statSync(full).mode & 0o111 ? '100755' : '100644';
  return { path: path.replace(/\.gh-template$/, ''), mode, content: readFileSync(full) };
}

function extraFile(spec: ExtraFileSpec): AnyFile {
  if (spec.submodule) return { path: spec.path, mode: '160000', sha: spec.submodule };
  if (spec.symlink) return { path: spec.path, mode: '120000', content: Buffer.from(spec.symlink) };
  let content = extraContent(spec);
  const missing = (spec.pad_to ?? 0) - content.length;
  if (missing > 0) content = Buffer.concat([content, Buffer.alloc(missing, spec.pad_byte ?? 0)]);
  if (spec.repeat) content = Buffer.concat(Array<Buffer>(spec.repeat).fill(content));
  return { path: spec.path, mode: spec.mode ?? '100644', content };
}

function extraContent(spec: ExtraFileSpec): Buffer {
  if (spec.hex !== undefined) return Buffer.from(spec.hex.replace(/\s/g, ''), 'hex');
  if (spec.base64 !== undefined) return Buffer.from(spec.base64, 'base64');
  return Buffer.from(spec.text ?? '');
}
