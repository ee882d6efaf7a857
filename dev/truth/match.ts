/** Holds reported places against labelled ones. */
import type { Report } from './findings.ts';
import { BY_FILE, type Kind, type Label, type Subject } from './labels.ts';

export interface Miss {
  readonly subject: string;
  readonly kind: Kind;
  readonly path: string;
  readonly line: number;
  readonly what: 'not found' | 'false alarm' | 'unlabelled alarm' | 'gate not seen' | 'gated though open';
  readonly why: string;
}

export interface Tally {
  right: number;
  /** Reported, and wrong. */
  wrong: number;
  missed: number;
  /** Right place with another tool, class or gate than labelled. */
  otherDetail: number;
  readonly misses: Miss[];
}

export const newTally = (): Tally => ({ right: 0, wrong: 0, missed: 0, otherDetail: 0, misses: [] });

/** Share of the reported places that are right; 1 when nothing is reported. */
export const precision = ({ right, wrong }: Tally): number =>
  right + wrong === 0 ? 1 : right / (right + wrong);
/** Share of the true and gated places that are reported right. */
export const recall = ({ right, missed }: Tally): number =>
  right + missed === 0 ? 1 : right / (right + missed);

/** Adds one subject's result for one kind to a tally. */
export function hold(subject: Subject, kind: Kind, reports: readonly Report[], tally: Tally): void {
  const labels = subject.labels.filter((label) => label.kind === kind);
  const said = new Map<Label, Report[]>();
  const rest: Report[] = [];
  for (const report of reports) {
    const label = place(labels, report, kind, said);
    if (label) said.set(label, [...(said.get(label) ?? []), report]);
    else rest.push(report);
  }
  for (const report of rest) {
    const label = nearby(labels, report, kind, said, subject);
    if (label) said.set(label, [...(said.get(label) ?? []), report]);
    else if (subject.isComplete(kind, report.path)) {
      tally.wrong++;
      note(tally, subject, kind, report.path, report.line, 'unlabelled alarm', '');
    }
  }
  for (const label of labels) judge(subject, label, said.get(label) ?? [], tally);
}

/** The label at the reported lines: one on the first line before one in the range, an unmatched one before others. */
function place(
  labels: readonly Label[],
  { path, line, lineEnd }: Report,
  kind: Kind,
  said: ReadonlyMap<Label, unknown>,
): Label | undefined {
  const here = labels.filter((label) => label.path === path);
  if (BY_FILE.has(kind)) return here.find((label) => label.verdict === 'true') ?? here[0];
  const exact = here.filter((label) => label.lines.includes(line));
  if (exact.length > 0) return exact.find((label) => label.verdict !== 'false') ?? exact[0];
  const inside = here.filter((label) => label.lines.some((one) => one >= line && one <= lineEnd));
  return best(inside, said);
}

/** The best of several: an open one not yet found, any open one, any. */
function best(labels: readonly Label[], said: ReadonlyMap<Label, unknown>): Label | undefined {
  const open = labels.filter(({ verdict }) => verdict === 'true' || verdict === 'gated');
  return open.find((label) => !said.has(label)) ?? open[0] ?? labels[0];
}

/** A label in the same step or entry, or on the next line, of which nothing was said yet. */
function nearby(
  labels: readonly Label[],
  { path, line }: Report,
  kind: Kind,
  said: ReadonlyMap<Label, unknown>,
  subject: Subject,
): Label | undefined {
  if (BY_FILE.has(kind) || kind === 'excessive-permission') return undefined;
  const here = labels.filter((label) => label.path === path);
  if (kind === 'unpinned-install') {
    return here.find(
      (label) =>
        label.verdict === 'true' && !said.has(label) && label.lines.some((one) => Math.abs(one - line) <= 1),
    );
  }
  const [from, to] = blockAround(subject.text(path) ?? '', line);
  return best(
    here.filter((label) => label.lines.some((one) => one >= from && one <= to)),
    said,
  );
}

/** First and last line of the YAML list item around a line; the line itself where there is none. */
function blockAround(text: string, line: number): readonly [number, number] {
  const lines = text.split('\n');
  const indent = (at: number): number => lines[at]!.length - lines[at]!.trimStart().length;
  let start = line - 1;
  let depth = lines[start] === undefined ? 0 : indent(start);
  while (start >= 0 && !(lines[start]!.trimStart().startsWith('- ') && indent(start) <= depth)) {
    if (lines[start]!.trim() !== '') depth = Math.min(depth, indent(start));
    start--;
  }
  if (start < 0) return [line, line];
  const item = indent(start);
  let end = start + 1;
  while (end < lines.length && (lines[end]!.trim() === '' || indent(end) > item)) end++;
  return [start + 1, end];
}

function judge(subject: Subject, label: Label, reports: readonly Report[], tally: Tally): void {
  const { kind, path, lines, verdict, why, detail } = label;
  const say = (what: Miss['what']) => note(tally, subject, kind, path, lines[0]!, what, why);
  if (verdict === 'unsure') return;
  if (verdict === 'false') {
    if (reports.length === 0) return;
    tally.wrong++;
    say('false alarm');
    return;
  }
  const gated = reports.filter((report) => report.gate !== undefined);
  const fitting = verdict === 'gated' ? gated : reports.filter((report) => report.gate === undefined);
  if (reports.length === 0) {
    tally.missed++;
    say('not found');
  } else if (fitting.length === 0) {
    tally.missed++;
    // A place called open that is held back is a false alarm as well; the other way round it is only missed.
    if (verdict === 'gated') tally.wrong++;
    say(verdict === 'gated' ? 'gate not seen' : 'gated though open');
  } else {
    tally.right++;
    if (detail !== undefined && !fitting.some((report) => names(report, detail))) tally.otherDetail++;
  }
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function names({ values }: Report, detail: string): boolean {
  return Object.values(values).some((value) => plain(value).includes(plain(detail)));
}

function note(
  tally: Tally,
  subject: Subject,
  kind: Kind,
  path: string,
  line: number,
  what: Miss['what'],
  why: string,
): void {
  tally.misses.push({ subject: subject.name, kind, path, line, what, why });
}
