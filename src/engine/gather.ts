/**
 * Gathers evidence: one walk over the files, one batch of facts, each question once. Memory does not grow with the
 * repository: a file's bytes, text and parsed form live for the length of its visit.
 */
import {
  type AnyEvidence,
  type DerivedEvidence,
  type Doors,
  derivedAbout,
  type EvidenceSet,
  type Facts,
  type Gathered,
  milliseconds,
  type Notice,
  type OpenFile,
  type PerFileEvidence,
  type RepoEntry,
  type RepoSnapshot,
  repoPath,
  ScanError,
  type Stats,
} from '../core/index.ts';
import { closure, type Plan } from './plan.ts';
import { DEFAULT_MAX_BYTES, VisitedFile } from './visited-file.ts';

/** Derived values do not depend on the view, only on the evidence: computed once where that is the same. */
export type Derived = Map<DerivedEvidence<unknown>, unknown>;

export interface GatherOptions {
  readonly now: Date;
  readonly tool: EvidenceSet['tool'];
  readonly doors: Doors;
  readonly stats: Stats;
  /** Gets what questions needed derived, so that judging need not derive it again. */
  readonly derived?: Derived;
  readonly signal?: AbortSignal;
  /** Called now and then during the walk, for a progress line. */
  readonly onProgress?: (filesSeen: number) => void;
}

/** Looks at the repository once and returns everything the plan wants to know. */
export async function gather(
  snapshot: RepoSnapshot,
  plan: Plan,
  options: GatherOptions,
): Promise<EvidenceSet> {
  options.signal?.throwIfAborted();
  const evidence: Record<string, Gathered> = {};
  const notices: Notice[] = [];
  const factsAsked = plan.facts.length > 0 ? snapshot.facts(plan.facts) : Promise.resolve({});
  // Walk, facts and questions run side by side; a question starts when what it needs is there.
  const walked = Promise.withResolvers<void>();
  for (const promise of [factsAsked, walked.promise]) promise.catch(() => {}); // awaited below
  const answered = answerRest(plan, factsAsked as Promise<Facts>, walked.promise, evidence, {
    ...options,
    commit: snapshot.commit,
    name: snapshot.ref.name,
  });
  if (plan.perFile.length > 0) await walkOrTell(snapshot, plan, evidence, notices, options);
  walked.resolve();
  await factsAsked;
  await answered;
  return {
    format: 'assay-evidence/1',
    tool: options.tool,
    repo: {
      name: snapshot.ref.name,
      commit: snapshot.commit,
      ...(snapshot.branch === undefined ? {} : { branch: snapshot.branch }),
      source: snapshot.source,
    },
    now: options.now.toISOString(),
    evidence: inOrder(plan, evidence),
    notices: [...snapshot.notices(), ...notices],
  };
}

/** Questions are answered in any order; the set must not show it. */
function inOrder(plan: Plan, evidence: Readonly<Record<string, Gathered>>): Record<string, Gathered> {
  const ids = [...plan.perFile, ...plan.rest].map((kind) => kind.id);
  return Object.fromEntries(ids.flatMap((id) => (evidence[id] === undefined ? [] : [[id, evidence[id]]])));
}

/** Code of the notice that no file could be read; what failed for that has the same message. */
export const FILES_UNREADABLE = 'files-unreadable';

/**
 * The walk. Where a forge tells facts as well, files that cannot be had make the evidence of files failed, all of it:
 * half a tree is never judged, and what the forge tells is judged all the same.
 */
async function walkOrTell(
  snapshot: RepoSnapshot,
  plan: Plan,
  evidence: Record<string, Gathered>,
  notices: Notice[],
  options: GatherOptions,
): Promise<void> {
  try {
    await walk(snapshot, plan, evidence, notices, options);
  } catch (error) {
    const broken =
      error instanceof ScanError && (error.code === 'target-unreadable' || error.code === 'network');
    if (!broken || snapshot.ref.forge === 'local' || !tellsWithoutFiles(plan)) throw error;
    for (const kind of plan.perFile) evidence[kind.id] = { version: kind.version, failed: error.message };
    notices.push({ code: FILES_UNREADABLE, message: error.message });
  }
}

/** True when something asked for depends on no file: facts of the forge, or what services know. */
function tellsWithoutFiles({ rest }: Plan): boolean {
  return rest.some((kind) => closure([{ kind }]).every((needed) => needed.kind !== 'perFile'));
}

/** A walk that can be aborted lets others, timers among them, have a turn this often. */
const TURN_MS = 20;

async function walk(
  snapshot: RepoSnapshot,
  plan: Plan,
  evidence: Record<string, Gathered>,
  notices: Notice[],
  options: GatherOptions,
): Promise<void> {
  const visitor = new Visitor(plan.perFile, options.stats, notices);
  const seen = (entry: RepoEntry) => {
    options.stats.filesSeen++;
    if ((options.stats.filesSeen & 0x3f) === 0) options.onProgress?.(options.stats.filesSeen);
    const path = repoPath(entry.path);
    const wanting = plan.wanted.kindsFor(path);
    return wanting.length === 0 ? undefined : visitor.visit(entry, new VisitedFile(path, entry), wanting);
  };
  const files = snapshot.files((path) =>
    plan.wanted.kindsFor(repoPath(path)).some((kind) => kind.read !== 'name'),
  );
  if (Symbol.iterator in files) {
    let turnAt = milliseconds() + TURN_MS;
    for (const entry of files) {
      const pending = seen(entry);
      if (pending !== undefined) await pending;
      if (options.signal === undefined) continue;
      options.signal.throwIfAborted();
      if (milliseconds() < turnAt) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turnAt = milliseconds() + TURN_MS;
    }
  } else {
    for await (const entry of files) {
      const pending = seen(entry);
      if (pending !== undefined) await pending;
      options.signal?.throwIfAborted();
    }
  }
  visitor.finish(evidence);
}

/** What one kind has found so far. */
interface Slot {
  readonly items: unknown[];
  /** Indexes of items out of files that git ignores. */
  ignored: number[] | undefined;
  milliseconds: number;
}

/** Opens each wanted file at most once and hands it to all who want it. */
class Visitor {
  readonly #slots = new Map<PerFileEvidence<unknown>, Slot>();
  readonly #stats: Stats;
  readonly #notices: Notice[];

  constructor(kinds: readonly PerFileEvidence<unknown>[], stats: Stats, notices: Notice[]) {
    for (const kind of kinds) this.#slots.set(kind, { items: [], ignored: undefined, milliseconds: 0 });
    this.#stats = stats;
    this.#notices = notices;
  }

  /** What was found, into `evidence`; what it took, into the stats. */
  finish(evidence: Record<string, Gathered>): void {
    for (const [{ id, version, failure }, { items, ignored, milliseconds }] of this.#slots) {
      const failed = failure?.();
      const value = { version, value: items, ...(ignored === undefined ? {} : { ignored }) };
      evidence[id] = failed === undefined ? value : { version, failed };
      this.#stats.evidence[id] = milliseconds;
    }
  }

  /** Returns a promise only when the source is asynchronous. */
  visit(
    entry: RepoEntry,
    file: VisitedFile,
    wanting: readonly PerFileEvidence<unknown>[],
  ): Promise<void> | undefined {
    const kinds =
      entry.kind === 'file' ? wanting : wanting.filter((kind) => kind.links && kind.read === 'name');
    if (kinds.length === 0) return undefined;
    if (kinds.every((kind) => kind.read === 'name')) {
      this.#hand(file, kinds);
      return undefined;
    }
    try {
      const opened = entry.open();
      if (opened instanceof Promise) return this.#visitLater(opened, file, kinds);
      const read = this.#read(opened, file, kinds);
      if (read !== undefined) return read.catch((error: unknown) => this.#unreadable(file, error));
    } catch (error) {
      this.#unreadable(file, error);
    }
    return undefined;
  }

  /** Reads and hands over; a promise only when the source needs to wait for bytes. */
  #read(
    opened: OpenFile,
    file: VisitedFile,
    kinds: readonly PerFileEvidence<unknown>[],
  ): Promise<void> | undefined {
    this.#stats.filesOpened++;
    let pending = false;
    try {
      const read = file.readFor(opened, kinds);
      if (read instanceof Promise) {
        pending = true;
        return read.then(() => this.#hand(file, kinds)).finally(() => opened.close());
      }
      this.#hand(file, kinds);
    } finally {
      if (!pending) opened.close();
    }
    return undefined;
  }

  async #visitLater(
    opening: Promise<OpenFile>,
    file: VisitedFile,
    kinds: readonly PerFileEvidence<unknown>[],
  ): Promise<void> {
    try {
      await this.#read(await opening, file, kinds);
    } catch (error) {
      this.#unreadable(file, error);
    }
  }

  #hand(file: VisitedFile, kinds: readonly PerFileEvidence<unknown>[]): void {
    this.#stats.bytesRead += file.bytesRead;
    // The end of one visit is the start of the next: the clock is asked once per visit.
    let start = milliseconds();
    for (const kind of kinds) {
      const slot = this.#slots.get(kind)!;
      try {
        for (const item of kind.visit(file)) {
          if (file.ignored) (slot.ignored ??= []).push(slot.items.length);
          slot.items.push(item);
          if (kind.notice !== undefined) this.#tell(file, kind.notice(item));
        }
        if (file.truncated && file.wholeFor(kind)) this.#tooLarge(file, kind);
      } catch (error) {
        // A kind that failed as a whole is told once, by its evidence.
        if (kind.failure?.() === undefined)
          this.#notices.push({
            code: 'file-not-understood',
            message: `${kind.id}: ${messageOf(error)}`,
            path: file.path,
          });
      }
      const end = milliseconds();
      slot.milliseconds += end - start;
      start = end;
    }
    if (file.parses > 0) {
      this.#stats.filesParsed++;
      this.#stats.parses += file.parses;
    }
  }

  #tell({ path }: VisitedFile, notice: Omit<Notice, 'path'> | undefined): void {
    if (notice !== undefined) this.#notices.push({ ...notice, path });
  }

  #tooLarge(file: VisitedFile, kind: PerFileEvidence<unknown>): void {
    const limit = kind.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#notices.push({
      code: 'file-too-large',
      message: `${kind.id} looked at the first ${limit} bytes only`,
      path: file.path,
    });
  }

  /** One file that cannot be read is a notice; a source that is damaged as a whole ends the scan. */
  #unreadable(file: VisitedFile, error: unknown): void {
    if (error instanceof ScanError) throw error;
    this.#notices.push({ code: 'file-unreadable', message: messageOf(error), path: file.path });
  }
}

type AnswerOptions = GatherOptions & { readonly commit: string; readonly name: string };

async function answerRest(
  plan: Plan,
  facts: Promise<Facts>,
  walked: Promise<void>,
  evidence: Record<string, Gathered>,
  options: AnswerOptions,
): Promise<void> {
  const known = new Map<string, Promise<unknown>>();
  for (const kind of plan.perFile) {
    const value = walked.then(() => gatheredValue(evidence[kind.id]!));
    value.catch(() => {}); // told by those who need it
    known.set(kind.id, value);
  }
  const done: Promise<void>[] = [];
  const asked = neededByQuestions(plan);
  for (const kind of plan.rest) {
    if (kind.kind === 'derive' && !asked.has(kind)) continue; // computed at judgement
    const answer = answerOne(kind, facts, known, options);
    answer.catch(() => {}); // reported through `done`
    known.set(kind.id, answer);
    if (kind.kind === 'derive') continue; // never stored
    done.push(
      answer.then(
        (value) => void (evidence[kind.id] = { version: kind.version, value }),
        (error: unknown) => void (evidence[kind.id] = { version: kind.version, failed: messageOf(error) }),
      ),
    );
  }
  await Promise.all(done);
}

function gatheredValue(gathered: Gathered): unknown {
  if ('failed' in gathered) throw new Error(gathered.failed);
  return gathered.value;
}

/** Derived kinds that some question needs while gathering. */
function neededByQuestions(plan: Plan): ReadonlySet<AnyEvidence> {
  const questions = plan.rest.filter((kind) => kind.kind === 'ask');
  return new Set(closure(questions.map((kind) => kind.needs)));
}

async function answerOne(
  kind: Exclude<AnyEvidence, PerFileEvidence<unknown>>,
  facts: Promise<Facts>,
  known: ReadonlyMap<string, Promise<unknown>>,
  { doors, stats, commit, name, derived }: AnswerOptions,
): Promise<unknown> {
  if (kind.kind === 'forge') return kind.read(await facts);
  const needed: Record<string, unknown> = {};
  for (const [name, need] of Object.entries(kind.needs)) needed[name] = await known.get(need.id);
  const start = milliseconds();
  try {
    if (kind.kind === 'derive') {
      const value = kind.derive(needed as never, derivedAbout(name));
      derived?.set(kind, value);
      return value;
    }
    return await kind.ask(needed as never, doors, { commit });
  } finally {
    stats.evidence[kind.id] = (stats.evidence[kind.id] ?? 0) + milliseconds() - start;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
