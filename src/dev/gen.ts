/** `npm run gen` writes every generated file; `--check` only tells which are stale and fails if any is. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkList, commandList, type Generated, probeList, reporterList } from './lists.ts';
import { pages } from './pages.ts';

const root = join(import.meta.dirname, '../..');

/** Every generated file with the text it should have. */
export async function generate(): Promise<Generated[]> {
  return [probeList(root), checkList(root), reporterList(root), commandList(root), ...pages()];
}

/** Paths whose text on disk differs from what would be generated. */
export async function stale(): Promise<Generated[]> {
  return (await generate()).filter(({ path, text }) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
}

async function main(): Promise<void> {
  const outdated = await stale();
  if (process.argv.includes('--check')) {
    for (const { path } of outdated) console.error(`stale: ${path} (run npm run gen)`);
    process.exitCode = outdated.length > 0 ? 1 : 0;
    return;
  }
  for (const { path, text } of outdated) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

if (import.meta.main) await main();
