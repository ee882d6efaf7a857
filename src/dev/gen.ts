/** `npm run gen` writes every generated file; `--check` only tells which are stale and fails if any is. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkList, commandList, type Generated, probeList, reporterList } from './lists.ts';

// Some samples show local times.
process.env.TZ = 'UTC';
const root = join(import.meta.dirname, '../..');

/** The lists come from folder names alone; they work even when the present ones name what is gone. */
function lists(): Generated[] {
  return [probeList(root), checkList(root), reporterList(root), commandList(root)];
}

/** The pages come from the units, so the lists must be right before this is called; the indexes come from a package. */
async function pages(): Promise<Generated[]> {
  const { licenseIndexes } = await import('./license-index.ts');
  const { formatPages } = await import('./samples.ts');
  return [...licenseIndexes(), ...(await (await import('./pages.ts')).pages()), ...(await formatPages(root))];
}

function differing(files: readonly Generated[]): Generated[] {
  return files.filter(({ path, text }) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
}

/** Paths whose text on disk differs from what would be generated. */
export async function stale(): Promise<Generated[]> {
  const first = differing(lists());
  return first.length > 0 ? first : differing(await pages());
}

function write(files: readonly Generated[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--check')) {
    const outdated = await stale();
    for (const { path } of outdated) console.error(`stale: ${path} (run npm run gen)`);
    process.exitCode = outdated.length > 0 ? 1 : 0;
    return;
  }
  write(differing(lists()));
  write(differing(await pages()));
}

if (import.meta.main) await main();
