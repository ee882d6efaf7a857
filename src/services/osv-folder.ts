/**
 * OSV in a folder, for scans without network: one line per entry and package, spread over 256 files an ecosystem by the
 * package's name, so that a scan reads only what it asks for. `assay osv-db update` writes it.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  type Answer,
  type Doors,
  known,
  type PackageQuery,
  ScanError,
  unknown,
  type Vulnerability,
} from '../core/index.ts';
import { baseOf, comparedName, concerns, isAffected } from './osv-affected.ts';
import { entryOf, type OsvEntry, vulnerabilityOf } from './osv-entry.ts';

type Found = Awaited<ReturnType<Doors['vulnerabilities']>>;

/** The ecosystems of lock files that Assay reads. */
export const OSV_ECOSYSTEMS: readonly string[] = [
  'ConanCenter',
  'CRAN',
  'crates.io',
  'GitHub Actions',
  'Go',
  'Hackage',
  'Hex',
  'Maven',
  'npm',
  'NuGet',
  'Packagist',
  'Pub',
  'PyPI',
  'RubyGems',
  'SwiftURL',
];

const MANIFEST = 'assay-osv.json';

/** What a folder holds. */
export interface OsvManifest {
  readonly format: 'assay-osv/1';
  readonly ecosystems: Readonly<
    Record<
      string,
      {
        /** Of the data, ISO 8601. */
        readonly asOf: string;
        readonly entries: number;
        readonly etag?: string;
      }
    >
  >;
}

/** Reads what a folder holds; an empty manifest when it holds nothing yet. @throws ScanError config */
export function readManifest(folder: string): OsvManifest {
  let text: string;
  try {
    text = fs.readFileSync(join(folder, MANIFEST), 'utf8');
  } catch {
    return { format: 'assay-osv/1', ecosystems: {} };
  }
  const manifest = parseJson(text) as Partial<OsvManifest> | undefined;
  if (
    manifest?.format !== 'assay-osv/1' ||
    typeof manifest.ecosystems !== 'object' ||
    manifest.ecosystems === null
  )
    throw new ScanError('config', `${folder} is no folder of OSV data (assay osv-db update makes one)`);
  return manifest as OsvManifest;
}

/** True when the folder has the files of an ecosystem, not only its name. */
export function hasEcosystem(folder: string, ecosystem: string): boolean {
  return fs.existsSync(placeOf(folder, ecosystem));
}

function placeOf(folder: string, ecosystem: string): string {
  return join(folder, 'shards', ecosystem.replaceAll(' ', '-'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The door to vulnerabilities in a folder. Commits and packages of systems (Debian, ...) cannot be looked up there. */
export function folderVulnerabilities(folder: string): Doors['vulnerabilities'] {
  return async (packages) => {
    const { ecosystems } = readManifest(folder);
    const missing = new Set(
      packages
        .map(({ ecosystem }) => baseOf(ecosystem))
        .filter(
          (name) => OSV_ECOSYSTEMS.includes(name) && (!ecosystems[name] || !hasEcosystem(folder, name)),
        ),
    );
    if (missing.size > 0)
      return unknown(
        'missing',
        `${folder} has nothing on ${[...missing].join(', ')}; run assay osv-db update`,
      );
    const used = new Set(packages.map(({ ecosystem }) => baseOf(ecosystem)));
    const asOf = [...used]
      .map((name) => ecosystems[name]?.asOf ?? '')
      .filter((at) => at !== '')
      .sort()[0];
    try {
      return lookUp(folder, packages, asOf);
    } catch (error) {
      return unknown('failed', `${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  };
}

function lookUp(
  folder: string,
  packages: readonly PackageQuery[],
  asOf: string | undefined,
): Answer<never> | Found {
  const found: Vulnerability[][] = packages.map(() => []);
  const byShard = new Map<string, number[]>();
  packages.forEach((query, index) => {
    if (query.version === '' || !OSV_ECOSYSTEMS.includes(baseOf(query.ecosystem))) return;
    const file = shardFile(folder, baseOf(query.ecosystem), shardOf(query.name, query.ecosystem));
    const list = byShard.get(file);
    if (list === undefined) byShard.set(file, [index]);
    else list.push(index);
  });
  for (const [file, indexes] of byShard) {
    for (const entry of readShard(file, new Set(indexes.map((index) => keyOf(packages[index]!))))) {
      for (const index of indexes) {
        const query = packages[index]!;
        if (entry.affected.some((part) => concerns(part, query) && isAffected(part, query)))
          found[index]!.push(vulnerabilityOf(entry, query));
      }
    }
  }
  return known({ packages: found, commit: [], ...(asOf === undefined ? {} : { asOf }) });
}

function keyOf({ name, ecosystem }: PackageQuery): string {
  return comparedName(name, ecosystem);
}

/** 00 to ff. */
function shardOf(name: string, ecosystem: string): string {
  return (crc32(comparedName(name, ecosystem)) & 0xff).toString(16).padStart(2, '0');
}

function shardFile(folder: string, ecosystem: string, shard: string): string {
  return join(placeOf(folder, ecosystem), `${shard}.jsonl`);
}

/** Entries on the wanted packages; lines begin with the name, so the others need not be parsed. */
function* readShard(file: string, wanted: ReadonlySet<string>): Generator<OsvEntry> {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // no package of the ecosystem falls into it
    throw error;
  }
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab < 0 || !wanted.has(line.slice(0, tab))) continue;
    const json = parseJson(line.slice(tab + 1)) as { id?: string } | undefined;
    if (typeof json?.id === 'string') yield entryOf(json.id, json);
  }
}

/** Lines are gathered up to this many characters before they are written. */
const FLUSH = 8 * 1024 * 1024;

/**
 * Replaces what the folder holds of an ecosystem by these entries (JSON texts as OSV publishes them).
 * @returns how many were written, withdrawn ones left out
 */
export function writeEcosystem(
  folder: string,
  ecosystem: string,
  entries: Iterable<string>,
  { asOf, etag }: { readonly asOf: string; readonly etag?: string },
): number {
  const place = placeOf(folder, ecosystem);
  const fresh = `${place}.new-${process.pid}`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  let count: number;
  try {
    count = writeShards(fresh, ecosystem, entries);
  } catch (error) {
    fs.rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(fresh, place);
  const { ecosystems } = readManifest(folder);
  const manifest: OsvManifest = {
    format: 'assay-osv/1',
    ecosystems: {
      ...ecosystems,
      [ecosystem]: { asOf, entries: count, ...(etag === undefined ? {} : { etag }) },
    },
  };
  fs.writeFileSync(join(folder, `${MANIFEST}.new`), `${JSON.stringify(manifest, null, 2)}\n`);
  fs.renameSync(join(folder, `${MANIFEST}.new`), join(folder, MANIFEST));
  return count;
}

/** Returns how many entries were written. */
function writeShards(fresh: string, ecosystem: string, entries: Iterable<string>): number {
  const pending = new Map<string, string[]>();
  let size = 0;
  let count = 0;
  const flush = () => {
    for (const [shard, lines] of pending) fs.appendFileSync(join(fresh, `${shard}.jsonl`), lines.join(''));
    pending.clear();
    size = 0;
  };
  for (const text of entries) {
    const lines = linesOf(text, ecosystem);
    if (lines.length > 0) count++;
    for (const { shard, line } of lines) {
      const list = pending.get(shard);
      if (list === undefined) pending.set(shard, [line]);
      else list.push(line);
      size += line.length;
    }
    if (size > FLUSH) flush();
  }
  flush();
  return count;
}

/** One line per package that an entry concerns. */
function linesOf(text: string, ecosystem: string): { shard: string; line: string }[] {
  const json = parseJson(text) as { id?: unknown } | undefined;
  if (typeof json?.id !== 'string') return [];
  const entry = entryOf(json.id, json);
  if (entry.withdrawn) return [];
  const parts = entry.affected.filter((part) => baseOf(part.package?.ecosystem) === ecosystem);
  const names = new Set(parts.map((part) => comparedName(part.package?.name ?? '', ecosystem)));
  return [...names]
    .filter((name) => name !== '' && !/[\t\n]/.test(name))
    .map((name) => {
      const affected = parts
        .filter((part) => comparedName(part.package?.name ?? '', ecosystem) === name)
        .map(({ package: named, ranges, versions }) => ({
          package: { name: named?.name, ecosystem },
          ...(ranges === undefined ? {} : { ranges: ranges.map(({ type, events }) => ({ type, events })) }),
          ...(versions === undefined ? {} : { versions }),
        }));
      const { id, aliases, summary, severity } = entry;
      const kept = { id, aliases, summary, database_specific: { severity }, affected };
      return { shard: shardOf(name, ecosystem), line: `${name}\t${JSON.stringify(kept)}\n` };
    });
}
