/** Reads the labels of real repositories: places only, no content of theirs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { isKind, isVerdict, type Kind, type Label, type Subject } from './labels.ts';

export interface Labelled {
  /** Name of the file and of the checkout's folder. */
  readonly name: string;
  readonly repository: string;
  readonly commit: string;
  readonly labels: readonly Label[];
  readonly complete: ReadonlyMap<string, ReadonlySet<Kind>>;
}

/** `[line or lines, kind, verdict or verdict(detail), why]`. */
type Row = readonly [number | readonly number[], string, string | boolean, string];

interface File {
  readonly repository: string;
  readonly commit: string;
  readonly files: Readonly<
    Record<string, { readonly complete?: readonly string[]; readonly labels?: readonly Row[] }>
  >;
}

/** All label files of a folder. Throws on a label that cannot be read. */
export function readRepositories(folder: string): Labelled[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.yml'));
  return names.sort().map((file) => {
    const { repository, commit, files } = load(readFileSync(join(folder, file), 'utf8')) as File;
    const labels = Object.entries(files).flatMap(([path, { labels = [] }]) =>
      labels.map((row) => readRow(`${file} ${path}`, path, row)),
    );
    const complete = Object.entries(files).map(
      ([path, { complete = [] }]) => [path, new Set(complete.map((kind) => kindOf(file, kind)))] as const,
    );
    return { name: basename(file, '.yml'), repository, commit, labels, complete: new Map(complete) };
  });
}

function kindOf(where: string, kind: string): Kind {
  if (!isKind(kind)) throw new Error(`${where}: unknown kind ${kind}`);
  return kind;
}

function readRow(where: string, path: string, [lines, kind, word, why]: Row): Label {
  const [, verdict, detail] = /^([a-z]+)(?:\(([^)]+)\))?$/.exec(String(word)) ?? [];
  if (verdict === undefined || !isVerdict(verdict)) throw new Error(`${where}: unknown verdict ${word}`);
  return {
    kind: kindOf(where, kind),
    path,
    lines: typeof lines === 'number' ? [lines] : lines,
    verdict,
    ...(detail === undefined ? {} : { detail }),
    why,
  };
}

/** A labelled repository as a subject; texts come from its checkout. */
export function subjectOf({ name, labels, complete }: Labelled, folder: string): Subject {
  return {
    name,
    labels,
    text: (path) => {
      const file = join(folder, path);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
    isComplete: (kind, path) => complete.get(path)?.has(kind) ?? false,
  };
}
