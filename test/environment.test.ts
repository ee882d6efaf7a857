/** docs/environment.md against the code: every variable that is read stands there, and nothing else does. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/command-line.ts';

/** Baked in by the build, or set for a process that Assay starts. */
const NOT_READ = new Set(['ASSAY_VERSION', 'ASSAY_COMMIT', 'GIT_DIR', 'GIT_CONFIG_COUNT']);

/** Built from parts in the code, so that no search finds them whole. */
const COMPOSED = ['NPM_CONFIG_REGISTRY', 'GIT_SSH', 'SSH_AUTH_SOCK', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'];

function readByTheCode(): Set<string> {
  const found = new Set<string>();
  const files = globSync(['src/**/*.ts', 'bin/*.cjs'], { cwd: root });
  for (const file of files.filter((name) => !/\.test\.ts$|^src[\\/]dev[\\/]/.test(name))) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/\b(?:env|environment|variables)\??\.([A-Z][A-Z0-9_]+)\b/g))
      found.add(name!);
    for (const [name] of text.matchAll(/\bASSAY_[A-Z_]+\b/g)) found.add(name);
    // Names handed to a helper that looks them up.
    if (/(?:settings|environment|options)\.ts$/.test(file))
      for (const [, name] of text.matchAll(/'([A-Z][A-Z0-9]*_[A-Z0-9_]+)'/g)) found.add(name!);
  }
  return found;
}

const page = readFileSync(join(root, 'docs/environment.md'), 'utf8');
const documented = new Set(
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name!)),
);

describe('environment variables', () => {
  const read = [...readByTheCode()].filter((name) => !NOT_READ.has(name));

  it('are found in the code', () => {
    expect(read).toEqual(expect.arrayContaining(['ASSAY_IMAGE_MIRROR_URL', 'GH_HOST', 'TERM', 'NO_PROXY']));
  });
  it.each(read)('%s is documented', (name) => {
    expect(documented).toContain(name);
  });
  it('documented are read', () => {
    expect([...documented].filter((name) => !read.includes(name) && !COMPOSED.includes(name))).toEqual([]);
  });
  it.each(COMPOSED)('%s is known to the code in parts', (name) => {
    const sources = ['src/sources/git-run.ts', 'src/services/packages/client-settings.ts'];
    const text = sources.map((file) => readFileSync(join(root, file), 'utf8')).join('');
    const parts = name === 'NPM_CONFIG_REGISTRY' ? ['NPM_CONFIG_', "'registry'"] : [name];
    for (const part of parts) expect(text).toContain(part);
  });
});
