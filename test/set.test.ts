/** Laws of the whole set: ids, generated files, import arrows (docs/architecture.md 3). */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { probes } from '../probes/index.ts';
import { ERRORS } from '../src/core/index.ts';
import { stale } from '../src/dev/gen.ts';

const root = join(import.meta.dirname, '..');

/** Folder → folders it may import from, and whether packages and `node:*` are allowed. */
const ARROWS: Readonly<
  Record<string, { readonly own: readonly string[]; readonly packages: boolean; readonly node: boolean }>
> = {
  'src/core': { own: [], packages: false, node: false },
  'src/parse': { own: ['src/core'], packages: true, node: false },
  'src/evidence': { own: ['src/core', 'src/parse'], packages: false, node: false },
  probes: { own: ['src/core', 'src/evidence'], packages: false, node: false },
  checks: { own: ['src/core', 'probes'], packages: false, node: false },
  'src/engine': { own: ['src/core'], packages: false, node: false },
  'src/annotations': {
    own: ['src/core', 'src/engine', 'src/evidence'],
    packages: false,
    node: false,
  },
  // The raw format renames evidence.
  'src/reporters': { own: ['src/core', 'src/evidence'], packages: true, node: true },
  'src/sources': { own: ['src/core', 'src/http'], packages: true, node: true },
  'src/services': { own: ['src/core', 'src/http'], packages: true, node: true },
  'src/http': { own: ['src/core'], packages: true, node: true },
  'src/forges': { own: ['src/core', 'src/http', 'src/sources'], packages: true, node: true },
  'src/plugins': {
    own: ['src/core', 'src/engine/plan.ts', 'src/config/nearest.ts'],
    packages: false,
    node: true,
  },
  'src/config': { own: ['src/core'], packages: true, node: true },
  'src/bulk': { own: ['src/core', 'src/engine'], packages: true, node: true },
  'src/server': { own: ['src/core', 'src/engine'], packages: true, node: true },
  'src/vet': { own: ['src/core', 'src/engine'], packages: true, node: true },
  'src/cli': {
    own: ['src/app.ts', 'src/config', 'src/core', 'src/reporters/index.ts'],
    packages: true,
    node: true,
  },
};

function homeOf(file: string): string | undefined {
  return Object.keys(ARROWS)
    .sort((a, b) => b.length - a.length)
    .find((folder) => file === folder || file.startsWith(`${folder}/`));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^'"`;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm,
    ),
  ].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

const sources = globSync(['src/**/*.ts', 'probes/**/*.ts', 'checks/**/*.ts'], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);

describe('import arrows', () => {
  it('are obeyed by every file', () => {
    const wrong: string[] = [];
    for (const file of sources.filter((name) => !name.endsWith('.test.ts'))) {
      const home = homeOf(file);
      if (home === undefined) continue;
      const allowed = ARROWS[home]!;
      for (const target of importsOf(file)) {
        if (target.startsWith('node:')) {
          if (!allowed.node) wrong.push(`${file} -> ${target}`);
        } else if (!target.startsWith('.')) {
          if (!allowed.packages) wrong.push(`${file} -> ${target}`);
        } else {
          const path = relative(root, resolve(root, dirname(file), target)).replaceAll('\\', '/');
          const fine = [home, ...allowed.own].some(
            (folder) => path === folder || path.startsWith(`${folder}/`),
          );
          if (!fine) wrong.push(`${file} -> ${path}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the set', () => {
  it('names folders after ids', () => {
    for (const probe of probes) expect(existsSync(join(root, 'probes', probe.id, 'probe.ts'))).toBe(true);
    for (const check of checks)
      expect(existsSync(join(root, 'checks', check.name.toLowerCase(), 'check.ts'))).toBe(true);
  });
  it('has unique ids', () => {
    expect(new Set(probes.map((probe) => probe.id)).size).toBe(probes.length);
    expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length);
  });
  it('has fresh generated files', async () => {
    expect((await stale()).map((file) => file.path)).toEqual([]);
  });
});

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies' | 'optionalDependencies',
    Record<string, string>
  >;
  it('says why each dependency is there, and names no other', () => {
    const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const firstCells = page.split('\n').map((line) => (line.startsWith('| `') ? line.split('|')[1]! : ''));
    const named = firstCells.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
    const wanted = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(named.sort()).toEqual(wanted.sort());
  });
});

describe('error codes', () => {
  it('are all raised somewhere', () => {
    const text = sources
      .filter((file) => file !== 'src/core/errors.ts')
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    // A defect is no ScanError: the command line gives it its exit code.
    const codes = Object.keys(ERRORS).filter((code) => code !== 'internal');
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });
});
