/**
 * Reads `.scorecard.yml` (the reference's shape) and `.assay.yml` (the same and more). A mistake is told with its line
 * and costs that entry only: the rest still holds.
 */
import {
  ANNOTATION_REASONS,
  type Annotation,
  type AnnotationFile,
  type AnnotationReason,
  type ConfigProblem,
} from '../core/index.ts';
import { parseYaml, resolveAlias, type YamlMap, type YamlNode } from './yaml/index.ts';

const MAX_ENTRIES = 1000;
const MAX_PROBLEMS = 100;
const LIMITS = { maxDepth: 20, maxNodes: 50_000 };

/** Keys of an entry in `.assay.yml`; `.scorecard.yml` knows `checks` and `reasons`. */
const KEYS = [
  'check',
  'checks',
  'probe',
  'probes',
  'path',
  'paths',
  'line',
  'fingerprint',
  'reason',
  'reasons',
  'note',
  'owner',
  'expires',
];

/** Never throws. `path` goes into every annotation and problem. */
export function parseAnnotations(text: string, path: string): AnnotationFile {
  const problems: ConfigProblem[] = [];
  const tell = (line: number, message: string) => void problems.push({ file: path, line, message });
  const { root, error } = parseYaml(text, LIMITS);
  if (error !== undefined) {
    tell(error.line, `not YAML: ${error.message}; quote texts with characters such as * @ ! & or ": "`);
    return { path, annotations: singleEntries(text, path, tell), problems: shortened(problems) };
  }
  const list = listOf(root, tell);
  const annotations = list.slice(0, MAX_ENTRIES).flatMap((item) => entryOf(item, path, tell) ?? []);
  if (list.length > MAX_ENTRIES)
    tell(list[MAX_ENTRIES]!.line, `only the first ${MAX_ENTRIES} annotations are read`);
  return { path, annotations, problems: shortened(problems) };
}

/** Problems as they are told: a file full of them says nothing more with each. */
function shortened(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const next = problems[MAX_PROBLEMS];
  if (next === undefined) return problems;
  const message = `and ${problems.length - MAX_PROBLEMS} more mistakes`;
  return [...problems.slice(0, MAX_PROBLEMS), { ...next, message }];
}

/** The entries of a file that is no YAML as a whole, each read alone; those that cannot be read are left out. */
function singleEntries(text: string, path: string, tell: Tell): Annotation[] {
  const lines = text.split(/\r?\n/);
  const head = lines.findIndex((line) => /^["']?annotations["']?\s*:/.test(line));
  const first = lines.findIndex((line, index) => index > head && /^ *- /.test(line));
  if (head < 0 || first < 0) return [];
  const indent = lines[first]!.indexOf('-');
  const starts = lines.flatMap((line, index) =>
    index >= first && line.startsWith('- ', indent) && line.slice(0, indent).trim() === '' ? [index] : [],
  );
  return starts.slice(0, MAX_ENTRIES).flatMap((start, index) => {
    const { root, error } = parseYaml(lines.slice(start, starts[index + 1]).join('\n'), LIMITS);
    const entry = error === undefined && root?.kind === 'seq' ? root.items[0] : undefined;
    const annotation = entry && entryOf(entry, path, (line, message) => tell(start + line, message));
    return annotation ? [{ ...annotation, line: start + 1 }] : [];
  });
}

type Tell = (line: number, message: string) => void;

function listOf(root: YamlNode | undefined, tell: Tell): readonly YamlNode[] {
  if (root === undefined) return [];
  const map = resolveAlias(root);
  if (map?.kind !== 'map') {
    tell(root.line, 'a mapping with the key "annotations" is expected');
    return [];
  }
  const found = field(map, 'annotations');
  if (found === undefined) {
    for (const { key } of map.entries)
      if (key.kind === 'scalar') tell(key.line, `unknown key "${key.value}"; "annotations" is expected`);
    return [];
  }
  const value = resolveAlias(found);
  if (value?.kind === 'seq') return value.items;
  tell(found.line, '"annotations" must be a list');
  return [];
}

function field(map: YamlMap, name: string): YamlNode | undefined {
  return map.entries.find(({ key }) => key.kind === 'scalar' && key.value === name)?.value;
}

function entryOf(node: YamlNode, file: string, tell: Tell): Annotation | undefined {
  const map = resolveAlias(node);
  if (map?.kind !== 'map') {
    tell(node.line, 'an annotation must be a mapping');
    return undefined;
  }
  let wrong = false;
  for (const { key } of map.entries) {
    if (key.kind === 'scalar' && KEYS.includes(key.value)) continue;
    const name = key.kind === 'scalar' ? key.value : '';
    tell(key.line, `unknown key "${name}"; known are ${KEYS.join(', ')}`);
    // It may have been meant to narrow the entry. The reference's file holds all the same, as there.
    wrong ||= isOwnFile(file);
  }
  /** Of a value that cannot be read: without it the entry would say more than was meant. */
  const tellWrong: Tell = (line, message) => {
    wrong = true;
    tell(line, message);
  };
  const texts = (...names: string[]) => names.flatMap((name) => textsOf(field(map, name), name, tellWrong));
  const reasons = reasonsOf(map, tell);
  if (reasons.length === 0) {
    tell(
      node.line,
      `the annotation has no valid reason; known are ${Object.keys(ANNOTATION_REASONS).join(', ')}`,
    );
    return undefined;
  }
  const one = (name: string) => texts(name)[0];
  const annotation: Annotation = {
    file,
    line: node.line,
    checks: texts('check', 'checks'),
    probes: texts('probe', 'probes'),
    paths: texts('path', 'paths'),
    ...optional('at', lineOf(field(map, 'line'), tellWrong)),
    ...optional('fingerprint', printOf(one('fingerprint'))),
    reasons,
    ...optional('note', one('note')),
    ...optional('owner', one('owner')),
    ...optional('expires', dateOf(field(map, 'expires'), tellWrong)),
  };
  if (wrong) return undefined;
  if (annotation.checks.length + annotation.probes.length > 0 || annotation.fingerprint !== undefined)
    return annotation;
  tell(node.line, 'the annotation names no check, probe or fingerprint');
  return undefined;
}

const isOwnFile = (path: string): boolean => /(?:^|[./])assay\.ya?ml$/.test(path);

/** SARIF numbers equal findings behind a colon; they share one fingerprint. */
const printOf = (text: string | undefined) => text?.trim().toLowerCase().replace(/:\d+$/, '');

const optional = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };

function textsOf(node: YamlNode | undefined, name: string, tell: Tell): string[] {
  if (node === undefined) return [];
  const value = resolveAlias(node);
  if (value?.kind === 'scalar') return [value.value];
  if (value?.kind === 'seq') return value.items.flatMap((item) => textsOf(item, name, tell));
  tell(node.line, `"${name}" must be a text or a list of texts`);
  return [];
}

/** `reason: x`, `reasons: [x]`, or the reference's `reasons: [{reason: x}]`. */
function reasonsOf(map: YamlMap, tell: Tell): AnnotationReason[] {
  const nodes = [field(map, 'reason'), field(map, 'reasons')].filter((node) => node !== undefined);
  return nodes.flatMap((node) => {
    const value = resolveAlias(node);
    const items = value?.kind === 'seq' ? value.items : [node];
    return items.flatMap((item) => {
      const inner = resolveAlias(item);
      const named = inner?.kind === 'map' ? field(inner, 'reason') : item;
      const text = named === undefined ? undefined : textsOf(named, 'reason', tell)[0];
      if (text !== undefined && Object.hasOwn(ANNOTATION_REASONS, text)) return [text as AnnotationReason];
      tell(
        item.line,
        `unknown reason "${text ?? ''}"; known are ${Object.keys(ANNOTATION_REASONS).join(', ')}`,
      );
      return [];
    });
  });
}

function lineOf(node: YamlNode | undefined, tell: Tell): number | undefined {
  if (node === undefined) return undefined;
  const value = resolveAlias(node);
  const number = value?.kind === 'scalar' ? Number(value.value) : Number.NaN;
  if (Number.isInteger(number) && number > 0) return number;
  tell(node.line, '"line" must be a line number');
  return undefined;
}

function dateOf(node: YamlNode | undefined, tell: Tell): string | undefined {
  if (node === undefined) return undefined;
  const value = resolveAlias(node);
  const text = value?.kind === 'scalar' ? value.value.trim() : '';
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined;
  // A day that does not exist, such as February 30, would move into the next month.
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text;
  tell(node.line, '"expires" must be a date such as 2027-01-31');
  return undefined;
}
