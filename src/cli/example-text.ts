/** Worked examples of probes in words, for `assay explain` and the pages of the docs. */
import type { FileExample, ToldExample } from '../core/index.ts';

export interface ExampleSide {
  /** `Before: SECURITY.md`. */
  readonly title: string;
  /** Instead of the text, or about it. */
  readonly note?: string;
  readonly text?: string;
  /** Of the text, as code blocks name it. */
  readonly language: string;
}

/** Both sides, the flawed one first. */
export function exampleSides(example: FileExample | ToldExample): readonly [ExampleSide, ExampleSide] {
  if ('path' in example) {
    const { path, before, after } = example;
    return [
      fileSide(`Before: ${path}`, path, before, 'There is no such file.'),
      fileSide(`After: ${path}`, path, after, 'The file is gone.'),
    ];
  }
  const files = Object.entries(example.files ?? {}).map(([path, text]) => `${path}: ${text.trimEnd()}`);
  const note = files.length === 0 ? {} : { note: `With ${files.join(', ')}` };
  return [
    { title: 'Before', language: 'json', text: compact(example.before), ...note },
    { title: 'After', language: 'json', text: compact(example.after), ...note },
  ];
}

const LANGUAGES: Readonly<Record<string, string>> = { yml: 'yaml', json: 'json', go: 'go', md: 'markdown' };

function fileSide(title: string, path: string, text: string, none: string): ExampleSide {
  const language = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text';
  if (text === '') return { title, language, note: none };
  // A compiled file has no text to show.
  if (text.includes('\0')) return { title, language, note: 'A compiled file.' };
  return { title, language, text };
}

const COLUMNS = 96;

/** JSON in which whatever fits a line stays on one. */
function compact(value: unknown, indent = '', taken = 0): string {
  const short = oneLine(value);
  if (indent.length + taken + short.length <= COLUMNS || typeof value !== 'object' || value === null)
    return short;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = Object.entries(value).map(([key, item]) => {
    const name = isList ? '' : `${JSON.stringify(key)}: `;
    return inner + name + compact(item, inner, name.length + 1);
  });
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
