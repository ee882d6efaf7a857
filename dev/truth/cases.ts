/**
 * Reads the case files of testdata/truth/cases. Their form is described in testdata/truth/README.md: several small
 * file trees in one text, with labels behind the lines they are about.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isKind, isVerdict, type Kind, type Label, type Subject } from './labels.ts';

export interface Case extends Subject {
  readonly kind: Kind;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

interface Open {
  name: string;
  kind: Kind;
  files: Map<string, Uint8Array>;
  labels: Label[];
}

/** All cases of a folder, in order of their files. Throws on a label that cannot be read, with file and line. */
export function readCases(folder: string): Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => parseCases(basename(file, '.txt'), readFileSync(join(folder, file), 'utf8')));
}

/** The cases of one file. */
export function parseCases(group: string, text: string): Case[] {
  const cases: Open[] = [];
  let kind: Kind | undefined;
  let path: string | undefined;
  let lines: string[] = [];
  const endFile = (): void => {
    const open = cases.at(-1);
    if (open && path !== undefined) open.files.set(path, Buffer.from(`${lines.join('\n').trimEnd()}\n`));
    path = undefined;
    lines = [];
  };
  for (const [index, line] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new Error(`${group}.txt:${index + 1}: ${why}`);
    };
    if (line.startsWith('# kind: ')) {
      endFile();
      const word = line.slice(8).trim();
      kind = isKind(word) ? word : fail(`unknown kind ${word}`);
    } else if (line.startsWith('=== ')) {
      endFile();
      const name = `${group}/${line.slice(4).split(':')[0]}`;
      cases.push({ name, kind: kind ?? fail('a kind must stand before'), files: new Map(), labels: [] });
    } else if (line.startsWith('--- ')) {
      endFile();
      const open = cases.at(-1) ?? fail('a case must stand before');
      path = addHeader(line.slice(4), open, fail);
    } else if (path !== undefined) {
      takeLine(line, path, lines, cases.at(-1)!, fail);
    }
  }
  endFile();
  return cases.map(finish);
}

/** A header of a file: a path, or a path with bytes and a label. Returns the path when lines follow. */
function addHeader(header: string, open: Open, fail: (why: string) => never): string | undefined {
  const bytes = / \[hex: ([0-9a-f]+)(?: #! (.*))?\]$/.exec(header);
  if (!bytes) return header.trim();
  const path = header.slice(0, bytes.index);
  open.files.set(path, Buffer.from(bytes[1]!, 'hex'));
  if (bytes[2]) open.labels.push(readLabel(bytes[2], open.kind, path, [1], fail));
  return undefined;
}

function takeLine(
  line: string,
  path: string,
  lines: string[],
  open: Open,
  fail: (why: string) => never,
): void {
  const [content, ...marks] = line.split('#! ');
  const own = content!.trim() !== '' || marks.length === 0;
  if (own) lines.push(marks.length === 0 ? line : content!.trimEnd());
  for (const mark of marks) {
    const also = /^also(?: -(\d+))?\s*$/.exec(mark);
    if (!also) {
      open.labels.push(readLabel(mark, open.kind, path, [lines.length], fail));
      continue;
    }
    const last = open.labels.findLast((label) => label.path === path) ?? fail('a label must stand before');
    const further = { ...last, lines: [...last.lines, lines.length - Number(also[1] ?? 0)] };
    open.labels[open.labels.lastIndexOf(last)] = further;
  }
}

/** `[kind] verdict[(detail)]: why`. */
function readLabel(
  mark: string,
  usual: Kind,
  path: string,
  lines: readonly number[],
  fail: (why: string) => never,
): Label {
  const match = /^(?:([a-z-]+) )?([a-z]+)(?:\(([^)]+)\))?: (.+)$/.exec(mark.trim());
  if (!match) return fail(`no label: ${mark}`);
  const [, named, verdict, detail, why] = match;
  const kind = named ?? usual;
  if (!isKind(kind)) return fail(`unknown kind ${kind}`);
  if (!isVerdict(verdict!)) return fail(`unknown verdict ${verdict}`);
  if (verdict === 'gated' && detail === undefined) return fail('a gated place needs its gate');
  return { kind, path, lines, verdict, ...(detail === undefined ? {} : { detail }), why: why! };
}

function finish({ name, kind, files, labels }: Open): Case {
  return {
    name,
    kind,
    files,
    labels,
    text: (path) => {
      const bytes = files.get(path);
      return bytes && Buffer.from(bytes).toString('utf8');
    },
    isComplete: (asked) => asked === kind,
  };
}
