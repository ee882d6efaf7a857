/** File names with places for the repository: `out/{name}.sarif`. */
import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ScanError } from '../core/index.ts';

const PLACE = /\{(name|host|owner|repo)\}/g;

export function isPattern(file: string | undefined): file is string {
  return file !== undefined && file.search(PLACE) >= 0;
}

/**
 * The file for one repository. `{repo}`, `{owner}` and `{host}` are parts of its name, `{name}` is `owner__repo`; for a
 * folder both `{repo}` and `{name}` are its own name. Names cannot lead out of the folder of the pattern.
 */
export function fileFor(pattern: string, repository: string): string {
  const folder = repository.startsWith('file://') || !repository.includes('/');
  const parts = repository
    .replace(/^[a-z+]+:\/\//, '')
    .split('/')
    .filter((part) => part !== '')
    .map(safe);
  const repo = folder ? safe(basename(repository)) : (parts.at(-1) ?? 'repository');
  const owner = folder ? 'local' : parts.slice(1, -1).join('__');
  const host = folder ? 'local' : (parts[0] ?? '');
  const values = { name: folder || owner === '' ? repo : `${owner}__${repo}`, host, owner, repo };
  return pattern.replace(PLACE, (_, key: keyof typeof values) => values[key]);
}

/** @throws ScanError output-failed */
export function makeFolderOf(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new ScanError('output-failed', `the folder of ${file} cannot be made`, { cause });
  }
}

function safe(part: string): string {
  const plain = part.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 200);
  return /^\.{0,2}$/.test(plain) ? 'repository' : plain;
}
