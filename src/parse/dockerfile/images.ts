import { type Arguments, collectArguments, expand } from './arguments.ts';
import type { Dockerfile, DockerfileError, Instruction } from './types.ts';

/** What the Assay view says of an image: `not-a-download` for stages and `scratch`. */
export interface ImageTruth {
  readonly verdict: 'unpinned' | 'pinned' | 'not-a-download';
  /** `digest`, `digest-argument`, `no-digest`, `argument`, `stage`, `scratch`, `context`. */
  readonly why: string;
  /** The image after replacing arguments that have a value. */
  readonly image: string;
}

/** One mention of an image. */
export interface ImageRecord {
  readonly via: 'from' | 'copy' | 'mount' | 'syntax' | 'onbuild';
  /** Split at the first colon, as the reference does. */
  readonly name: string;
  readonly pinnedAt?: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly snippet: string;
  /** Absent: the reference does not report this mention. */
  readonly reference?: { readonly pinned: boolean };
  readonly truth: ImageTruth;
}

/** Images of one Dockerfile; `error`: the reference ends its whole check here. */
export interface BaseImages {
  readonly images: readonly ImageRecord[];
  readonly error?: DockerfileError;
}

/**
 * Lists the images a Dockerfile is built from, in file order, for both views.
 * Reference: file-checks 8.3 (only upper-case `FROM` and `ARG`; quirks kept).
 */
export function baseImages(file: Dockerfile): BaseImages {
  const images: ImageRecord[] = [];
  const reference: ReferenceState = { values: new Map(), stages: new Map() };
  const truth = newTruthState(file);
  let error = file.error;
  for (const instruction of file.instructions) {
    if (instruction.name === 'ARG' && error === undefined) noteArguments(instruction, reference);
    if (instruction.keyword === 'from') {
      const view =
        instruction.name === 'FROM' && error === undefined
          ? referenceFrom(instruction, reference)
          : undefined;
      if (typeof view === 'string') error = { message: view, line: instruction.startLine };
      addFrom(instruction, typeof view === 'object' ? view : undefined, truth, images);
    } else addOthers(instruction, truth, images);
  }
  addSyntax(file, images);
  return error === undefined ? { images } : { images, error };
}

interface ReferenceState {
  readonly values: Map<string, string>;
  /** Stage name to pinned. */
  readonly stages: Map<string, boolean>;
}

function noteArguments(instruction: Instruction, state: ReferenceState): void {
  for (const word of instruction.args) {
    const equals = word.indexOf('=');
    if (equals >= 0) state.values.set(word.slice(0, equals), word.slice(equals + 1));
  }
}

interface ReferenceImage {
  readonly name: string;
  readonly pinnedAt?: string;
  readonly pinned: boolean;
}

/** The reference's reading of one FROM: an image, `scratch` (undefined) or a failure text. */
function referenceFrom(instruction: Instruction, state: ReferenceState): ReferenceImage | string | undefined {
  const words = instruction.args.map((word) => replaceBraces(word, state.values));
  const [image, as, stage] = words;
  const isNamed = words.length === 3 && as?.toLowerCase() === 'as';
  if (image?.toLowerCase() === 'scratch') {
    if (isNamed && stage !== undefined) state.stages.set(stage, true);
    return undefined;
  }
  if (image === undefined || (!isNamed && words.length !== 1)) return 'FROM with a wrong number of words';
  const pinned = state.stages.get(image) === true || hasLowerDigest(image);
  if (isNamed && stage !== undefined) state.stages.set(stage, pinned);
  const colon = image.indexOf(':');
  if (colon >= 0) return { name: image.slice(0, colon), pinnedAt: image.slice(colon + 1), pinned };
  return isNamed && stage !== undefined ? { name: image, pinnedAt: stage, pinned } : { name: image, pinned };
}

/** Values inside values are followed this often; a text longer than this is left as it is. */
const MAX_PASSES = 10;
const MAX_WORD = 20_000;

function replaceBraces(word: string, values: ReadonlyMap<string, string>): string {
  let out = word;
  for (let pass = 0; pass < MAX_PASSES && out.length < MAX_WORD; pass++) {
    if (!out.includes('${')) return out;
    const next = out.replace(/\$\{([^{}]*)\}/g, (all, name: string) => values.get(name) ?? all);
    if (next === out) return out;
    out = next;
  }
  return out;
}

/** `@sha256:` with 64 lower-case hex digits, or with an unresolved braces expression. */
function hasLowerDigest(image: string): boolean {
  for (let at = image.indexOf('@sha256:'); at >= 0; at = image.indexOf('@sha256:', at + 1)) {
    const rest = image.slice(at + 8);
    if (/^[a-f0-9]{64}/.test(rest)) return true;
    if (rest.startsWith('${') && rest.includes('}')) return true;
  }
  return false;
}

interface TruthState {
  readonly arguments: Arguments;
  /** Lower-case names of the stages so far. */
  readonly stages: Set<string>;
  stageCount: number;
}

function newTruthState(file: Dockerfile): TruthState {
  return { arguments: collectArguments(file), stages: new Set(), stageCount: 0 };
}

function addFrom(
  instruction: Instruction,
  reference: ReferenceImage | undefined,
  state: TruthState,
  images: ImageRecord[],
): void {
  const [word = '', as, stage] = instruction.args;
  const truth = judgeImage(word, state);
  if (as?.toLowerCase() === 'as' && stage !== undefined) state.stages.add(stage.toLowerCase());
  state.stageCount++;
  images.push({
    via: 'from',
    ...(reference === undefined
      ? nameOf(truth.image)
      : { name: reference.name, pinnedAt: reference.pinnedAt }),
    startLine: instruction.startLine,
    endLine: instruction.endLine,
    snippet: instruction.original,
    ...(reference === undefined ? {} : { reference: { pinned: reference.pinned } }),
    truth,
  });
}

/** Digest of any accepted algorithm, in any letter case. */
const DIGEST = /@(sha256:[0-9a-fA-F]{64}|sha384:[0-9a-fA-F]{96}|sha512:[0-9a-fA-F]{128})$/;

function judgeImage(word: string, state: TruthState): ImageTruth {
  const { text, isOpen } = expand(word, state.arguments);
  const image = text.replace(/^(['"])(.*)\1$/, '$2');
  const lower = image.toLowerCase();
  if (lower === 'scratch') return { verdict: 'not-a-download', why: 'scratch', image };
  if (state.stages.has(lower)) return { verdict: 'not-a-download', why: 'stage', image };
  if (DIGEST.test(image)) return { verdict: 'pinned', why: 'digest', image };
  if (!isOpen) return { verdict: 'unpinned', why: 'no-digest', image };
  if (/@sha(256|384|512):\$/.test(image)) return { verdict: 'pinned', why: 'digest-argument', image };
  if (matchesStage(lower, state.stages)) return { verdict: 'not-a-download', why: 'stage', image };
  return { verdict: 'unpinned', why: 'argument', image };
}

/** Stages a name with an open argument is compared with. */
const MAX_STAGES = 500;

const ARCHITECTURES = ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64'];

/** A name with an open argument, such as `base-$TARGETARCH`, that fits a stage of this file. */
function matchesStage(image: string, stages: ReadonlySet<string>): boolean {
  if (/^\$\{?(?:target|build)arch\}?$/.test(image)) return ARCHITECTURES.some((name) => stages.has(name));
  const fixed = image.split(/\$\{[^}]*\}|\$[a-z0-9_]+/);
  if (fixed.length < 2 || fixed.every((part) => part === '')) return false;
  const [head = ''] = fixed;
  const tail = fixed.at(-1) ?? '';
  let budget = MAX_STAGES;
  for (const stage of stages) {
    if (budget-- === 0) return false;
    if (stage.length >= head.length + tail.length && stage.startsWith(head) && stage.endsWith(tail))
      return true;
  }
  return false;
}

function addOthers(instruction: Instruction, state: TruthState, images: ImageRecord[]): void {
  const { keyword } = instruction;
  if (keyword === 'copy') addFlagged(instruction, 'copy', copySource(instruction.flags), state, images);
  else if (keyword === 'run') {
    for (const flag of instruction.flags) addFlagged(instruction, 'mount', mountSource(flag), state, images);
  } else if (keyword === 'onbuild' && instruction.inner?.keyword === 'copy') {
    addFlagged(instruction, 'onbuild', copySource(instruction.inner.flags), state, images);
  }
}

function copySource(flags: readonly string[]): string | undefined {
  return flags.find((flag) => flag.toLowerCase().startsWith('--from='))?.slice('--from='.length);
}

function mountSource(flag: string): string | undefined {
  if (!flag.toLowerCase().startsWith('--mount=')) return undefined;
  const options = flag.slice('--mount='.length).split(',');
  return options.find((option) => option.startsWith('from='))?.slice('from='.length);
}

function addFlagged(
  instruction: Instruction,
  via: ImageRecord['via'],
  word: string | undefined,
  state: TruthState,
  images: ImageRecord[],
): void {
  if (word === undefined || word === '') return;
  const truth = judgeSource(word, state);
  images.push({
    via,
    ...nameOf(truth.image),
    startLine: instruction.startLine,
    endLine: instruction.pieces.at(-1)?.line ?? instruction.endLine,
    snippet: instruction.original,
    truth,
  });
}

/** `--from` also takes stage numbers; a name without path and tag may be a named build context. */
function judgeSource(word: string, state: TruthState): ImageTruth {
  if (/^\d+$/.test(word)) {
    const why = Number(word) < state.stageCount ? 'stage' : 'context';
    return { verdict: 'not-a-download', why, image: word };
  }
  return judgeImage(word, state);
}

function addSyntax(file: Dockerfile, images: ImageRecord[]): void {
  const syntax = file.directives.find((directive) => directive.name === 'syntax');
  if (syntax === undefined) return;
  const image = syntax.value.split(/\s/, 1)[0] ?? '';
  const truth: ImageTruth = DIGEST.test(image)
    ? { verdict: 'pinned', why: 'digest', image }
    : { verdict: 'unpinned', why: 'no-digest', image };
  const line = { startLine: syntax.line, endLine: syntax.line };
  images.push({ via: 'syntax', ...nameOf(image), ...line, snippet: `# syntax=${syntax.value}`, truth });
}

/** Name and what follows it: digest, else tag (a colon behind the last slash). */
function nameOf(image: string): { name: string; pinnedAt?: string } {
  const at = image.indexOf('@');
  const colon = image.lastIndexOf(':', at < 0 ? image.length : at);
  const hasTag = colon > image.lastIndexOf('/', at < 0 ? image.length : at);
  if (hasTag && colon >= 0) return { name: image.slice(0, colon), pinnedAt: image.slice(colon + 1) };
  return at < 0 ? { name: image } : { name: image.slice(0, at), pinnedAt: image.slice(at + 1) };
}
