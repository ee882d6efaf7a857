import type { Pipeline } from 'unbash';
import { cleanPath } from '../address.ts';
import type { CommandEvent, ShellEvent } from '../events.ts';
import { printCommand, printFirstPipe } from '../print.ts';
import { commandPos, nestedContent } from '../reference-rules.ts';
import { baseName } from '../script-files.ts';
import type { ScriptSource } from '../source.ts';
import type { Truth } from '../types.ts';
import { isDeclaration, redirectionsOf } from '../words.ts';
import { namesFile, readCheck } from './checks.ts';
import { commitFolder, readClone } from './clones.ts';
import {
  type Arg,
  noteAssignments,
  type PlainCommand,
  type ProgramCall,
  plainCommand,
  plainText,
} from './command.ts';
import { type Download, isFixedAddress, isLocalAddress, readDownload, redirectTarget } from './download.ts';
import {
  type CodeSource,
  codeSource,
  containerCall,
  hasOwnInput,
  isShell,
  remoteShell,
  remoteText,
} from './execute.ts';
import { type FetchedFile, isInside, isInstallPlace, stemOf } from './files.ts';
import {
  FILTERS,
  type FileUse,
  fileUses,
  findFile,
  isElsewhere,
  readUnpacking,
  renamed,
} from './files-use.ts';
import { javascriptFinding } from './managers-js.ts';
import { otherFinding } from './managers-other.ts';
import { pythonFinding } from './managers-python.ts';
import { rememberFile, type TruthHit, type TruthMemory } from './memory.ts';
import { isIrrelevant } from './relevance.ts';
import { notADownload, pinned, unpinned } from './verdict.ts';

/** Stages of a pipeline, and commands of a stage, that are looked back at. */
const MAX_STAGES = 30;

const MAX_CODE = 5000;
/** `urlretrieve('address', 'file')` of Python, `copy('address', 'file')` of PHP. */
const SAVING_CODE =
  /\b(?:urlretrieve|copy)\(\s{0,8}['"]([a-z]{2,5}:\/\/[^'"]{1,500})['"]\s{0,8},\s{0,8}['"]([^'"]{1,300})['"]/g;
const CODE_ADDRESS = /\bhttps?:\/\/[^'"\s)]{1,500}/g;
/** What is fetched is evaluated at once. */
const RUNNING_CODE =
  /\b(?:exec|eval)\s{0,4}\(?.{0,200}(?:urlopen\(|requests\.get\(|file_get_contents\(|URI\.open|open-uri|\bopen\()/s;
/** `hash_file('sha384', 'file') === '...'` of PHP. */
const HASHING_CODE =
  /\bhash_file\(\s{0,8}['"]sha\d{3}['"]\s{0,8},\s{0,8}['"]([^'"]{1,300})['"]\s{0,8}\)\s{0,8}[!=]==?/g;

/** Ways out of the reader. */
export interface TruthSink {
  hit(hit: TruthHit): void;
  /** A script given to a shell as text. */
  nested(script: string, source: ScriptSource, contentPos: number, isExact: boolean): void;
  /** A PowerShell script given as text. */
  powershell(script: string, source: ScriptSource, contentPos: number): void;
}

/** Follows what a script fetches to where it is checked, installed or run. */
const FUNCTION = /\(\)\s{0,20}\{/;
const MAX_EARLY = 100;

/** Name of an archive by its address; what commands in it would print is left out, slashes and all. */
function archiveOf(address: string): string {
  const at = address.indexOf('$(');
  return baseName((at < 0 ? address : address.slice(0, at)).replace(/[?#].*$/, ''));
}

export class FlowReader {
  private readonly memory: TruthMemory;
  private readonly sink: TruthSink;
  private readonly stages = new Map<Pipeline, PlainCommand[][]>();
  private readonly downloads = new Map<CommandEvent, Download>();
  private readonly weak: {
    readonly use: FileUse;
    readonly event: CommandEvent;
    readonly atPipeline: boolean;
  }[] = [];

  /** Programs by path, in the order they stand. */
  private readonly early: PlainCommand[] = [];

  constructor(memory: TruthMemory, sink: TruthSink) {
    this.memory = memory;
    this.sink = sink;
  }

  read(events: readonly ShellEvent[]): void {
    for (const event of events) if (event.kind === 'command') this.command(event);
    this.laterDefined();
    // What was only unpacked or moved may still be checked before the script ends.
    for (const { use, event, atPipeline } of this.weak) {
      if (!isTold(use.file)) this.reportUse(use, event, atPipeline);
    }
  }

  /** Functions may run what others, which stand further down, fetch. */
  private laterDefined(): void {
    const [first] = this.early;
    if (first === undefined || !FUNCTION.test(first.event.source.text)) return;
    const fetched = this.memory.files.filter(({ isReported }) => !isReported);
    if (fetched.length === 0) return;
    for (const command of this.early)
      for (const use of fileUses(command, fetched))
        if (use.kind === 'run') this.reportUse(use, command.event);
  }

  private command(event: CommandEvent): void {
    const { variables } = this.memory;
    if (isDeclaration(event.node) || event.node.name === undefined) {
      noteAssignments(event, variables);
      return;
    }
    if (this.memory.files.length === 0 && event.stage === undefined && isIrrelevant(event)) return;
    const command = plainCommand(event, variables);
    if (command === undefined) return;
    if (command.program.text.includes('/') && this.early.length < MAX_EARLY) this.early.push(command);
    const upstream = this.enterStage(command);
    this.check(command, upstream);
    const download = readDownload(command, variables);
    if (download !== undefined) this.download(download);
    else {
      this.clones(command);
      this.code(command, upstream);
      this.derive(command, upstream);
      this.folders(command);
      this.uses(command);
    }
    this.manager(command);
  }

  /** Notes the command at its stage; out: the commands of the earlier stages. */
  private enterStage(command: PlainCommand): PlainCommand[] {
    const upstream: PlainCommand[] = [];
    for (let stage = command.event.stage; stage !== undefined; stage = stage.outer) {
      let stages = this.stages.get(stage.pipeline);
      if (stages === undefined) {
        stages = [];
        this.stages.set(stage.pipeline, stages);
      }
      for (let at = Math.max(0, stage.index - MAX_STAGES); at < stage.index; at++) {
        upstream.push(...(stages[at] ?? []));
      }
      stages[stage.index] ??= [];
      const own = stages[stage.index]!;
      if (own.length < MAX_STAGES) own.push(command);
    }
    return upstream;
  }

  private check(command: PlainCommand, upstream: readonly PlainCommand[]): void {
    const { files, variables } = this.memory;
    if (files.length === 0) return;
    const check = readCheck(command, upstream, variables);
    if (check === undefined) return;
    const truth = pinned(check.why, check.why === 'verified-signature' ? 'signature' : 'hash');
    const named = files.filter(({ path }) => namesFile(check.text, path));
    if (named.length > 0) for (const file of named) file.truth = better(file.truth, truth);
    else if (!check.isExplicit) for (const file of files) file.truth = better(file.truth, truth);
    else if (check.why === 'verified-checksum') {
      const last = files.at(-1);
      if (last !== undefined && /[$`*]/.test(check.text + last.path)) last.truth = better(last.truth, truth);
    }
  }

  private download(download: Download): void {
    const { event } = download.command;
    this.downloads.set(event, download);
    const truth = addressTruth(download.addresses);
    for (const path of download.files) this.addFile(path, truth, event);
    if (download.toStdout && event.enclosing !== undefined) this.substituted(event, truth);
  }

  /** Trees that are cloned, or set to a full commit afterwards. */
  private clones(command: PlainCommand): void {
    const clone = readClone(command);
    if (clone !== undefined) {
      const truth = clone.isFixed ? pinned('full-commit', 'hash') : unpinned('no-commit');
      const file = this.addFile(clone.folder, truth, command.event);
      file.unpacked = { stem: '', folder: cleanPath(clone.folder), isEntered: false };
      return;
    }
    const folder = this.memory.files.length === 0 ? undefined : commitFolder(command);
    if (folder === undefined) return;
    const { files } = this.memory;
    const file =
      folder === ''
        ? (files.findLast(({ unpacked }) => unpacked?.isEntered === true) ?? files.at(-1))
        : findFile(files, folder);
    if (file !== undefined) file.truth = better(file.truth, pinned('full-commit', 'hash'));
  }

  private addFile(path: string, truth: Truth, event: CommandEvent): FetchedFile {
    const { source, node } = event;
    const endLine = source.fileLine(Math.max(node.pos, node.end - 1));
    return rememberFile(this.memory, path, truth, source.fileLine(node.pos), endLine);
  }

  /** A download whose output stands in a word of another command. */
  private substituted(event: CommandEvent, truth: Truth): void {
    const enclosing = event.enclosing;
    const outer = enclosing?.event;
    if (enclosing === undefined || outer === undefined) return;
    const { variables, fetchedVariables } = this.memory;
    const { part, operator } = enclosing;
    for (const item of [...outer.node.prefix, ...outer.node.suffix]) {
      if (item.type === 'Assignment' && item.pos <= part.pos && part.pos < item.end) {
        fetchedVariables.set(item.name, truth);
        variables.delete(item.name);
      }
    }
    const command = plainCommand(outer, variables);
    if (command === undefined) return;
    if (operator === '<(') {
      if (this.runsSubstitution(command, part.pos)) this.report(outer, truth);
    } else if (operator === '$(' && this.runsText(command, part)) this.report(outer, truth);
    else if (operator === '$(' && isPrinter(command))
      this.downloads.set(outer, { ...this.downloads.get(event)!, command });
  }

  private runsSubstitution(command: PlainCommand, pos: number): boolean {
    const code = codeSource(command);
    if (code?.kind === 'file') return code.arg.pos <= pos && pos < code.arg.end;
    if (code?.kind !== 'stdin') return false;
    return redirectionsOf(command.event.node).some((item) => item.pos <= pos && pos < item.end);
  }

  private runsText(command: PlainCommand, part: { pos: number; end: number }): boolean {
    const isWhole = (arg: Arg | undefined): boolean =>
      arg !== undefined && arg.pos <= part.pos && part.end <= arg.end && part.pos - arg.pos <= 1;
    if (command.name === 'eval') return command.args.some(isWhole);
    const code = codeSource(command) ?? codeOf(remoteShell(command));
    if (code?.kind === 'text') return isWhole(code.arg);
    if (code?.kind !== 'stdin') return false;
    return redirectionsOf(command.event.node).some(
      (item) => item.type === 'HereString' && item.pos <= part.pos && part.pos < item.end,
    );
  }

  /** Interpreters and `eval`: what they get from pipes, files, variables and text. */
  private code(command: PlainCommand, upstream: readonly PlainCommand[]): void {
    const { event } = command;
    if (command.name === 'eval') {
      this.evaluated(command);
      return;
    }
    const inner = codeSource(command) === undefined ? (remoteShell(command) ?? remoteText(command)) : command;
    const code = codeOf(inner);
    if (inner === undefined || code === undefined) {
      this.fallbackNested(event);
      return;
    }
    if (code.kind === 'text') this.codeText(inner, code.arg);
    else if (code.kind === 'file') {
      const file = this.findCode(code.arg.text);
      if (file !== undefined) this.reportUse({ file, kind: 'run' }, event);
    } else this.codeInput(inner, upstream);
  }

  private findCode(path: string): FetchedFile | undefined {
    const { files } = this.memory;
    return (
      findFile(files, path) ??
      files.findLast(
        (file) =>
          isInside(file, cleanPath(path)) || (file.unpacked?.isEntered === true && !isElsewhere(path)),
      )
    );
  }

  private codeInput(command: PlainCommand, upstream: readonly PlainCommand[]): void {
    const { event } = command;
    for (const item of redirectionsOf(event.node)) {
      if (item.type === 'Redirect' && item.operator === '<' && item.target !== undefined) {
        const file = findFile(this.memory.files, plainText(item.target.text, this.memory.variables));
        if (file !== undefined) this.reportUse({ file, kind: 'run' }, event);
      } else if (item.type === 'HereString' && item.target !== undefined) {
        const truth = this.fetchedVariable(item.target.text);
        if (truth !== undefined) this.report(event, truth);
      } else if (item.type === 'HereDoc' && isShell(command.name)) {
        this.sink.nested(item.body.text, event.source, item.body.pos, true);
      }
    }
    if (!hasOwnInput(command)) this.piped(command, upstream);
  }

  private piped(command: PlainCommand, upstream: readonly PlainCommand[]): void {
    for (const source of upstream) {
      const download = this.downloads.get(source.event);
      if (download?.toStdout === true) {
        this.report(command.event, addressTruth(download.addresses));
        return;
      }
      if (source.name === 'cat' || FILTERS.has(source.name)) {
        const file = source.args
          .map(({ text }) => findFile(this.memory.files, text))
          .find((found) => found !== undefined);
        if (file !== undefined) {
          this.reportUse({ file, kind: 'run' }, command.event, true);
          return;
        }
        const text = isShell(command.name) ? heredocOf(source) : undefined;
        if (text !== undefined) this.sink.nested(text.text, source.event.source, text.pos, true);
      }
      if (isPrinter(source)) {
        const truth = source.args
          .map(({ raw }) => this.fetchedVariable(raw))
          .find((found) => found !== undefined);
        if (truth !== undefined) {
          this.report(command.event, truth);
          return;
        }
      }
    }
  }

  private fetchedVariable(raw: string): Truth | undefined {
    const name = /^["']?\$\{?([A-Za-z_]\w*)\}?["']?$/.exec(raw)?.[1];
    return name === undefined ? undefined : this.memory.fetchedVariables.get(name);
  }

  private evaluated(command: PlainCommand): void {
    for (const { raw } of command.args) {
      const truth = this.fetchedVariable(raw);
      if (truth !== undefined) {
        this.report(command.event, truth);
        return;
      }
    }
    const [first] = command.args;
    if (first !== undefined && command.args.length === 1) this.codeText({ ...command, name: 'sh' }, first);
  }

  private codeText(command: PlainCommand, arg: Arg | undefined): void {
    if (arg === undefined) return;
    const truth = this.fetchedVariable(arg.raw);
    if (truth !== undefined) {
      this.report(command.event, truth);
      return;
    }
    this.fetchingCode(command, arg);
    const { source } = command.event;
    if (/^(?:pwsh|powershell)$/.test(command.name)) {
      const rest = command.args.slice(command.args.indexOf(arg));
      const script = rest.map(({ text }) => text).join(' ');
      checkPowershell(script, this.memory);
      this.sink.powershell(script, source, arg.pos);
    } else if (isShell(command.name) || command.name === 'su') {
      const exact = nestedContent(command.event);
      if (exact !== undefined && exact.pos >= arg.pos && exact.pos < arg.end) {
        this.sink.nested(exact.content, source, exact.pos, true);
      } else this.sink.nested(unquoted(arg.raw), source, arg.pos, false);
    }
  }

  /** Code of Python, PHP or Ruby that fetches: to a file, or to run it at once. */
  private fetchingCode({ name, event }: PlainCommand, { text }: Arg): void {
    if (!text.includes('://') && !text.includes('hash_file')) return;
    if (text.length > MAX_CODE || isShell(name)) return;
    for (const [, address, path] of text.matchAll(SAVING_CODE))
      this.addFile(path!, addressTruth([address!]), event);
    const addresses = text.match(CODE_ADDRESS) ?? [];
    if (addresses.length > 0 && RUNNING_CODE.test(text)) this.report(event, addressTruth(addresses));
    const { files } = this.memory;
    for (const [, path] of text.matchAll(HASHING_CODE)) {
      const file = findFile(files, path!);
      if (file !== undefined) file.truth = better(file.truth, pinned('verified-checksum', 'hash'));
    }
  }

  /** Quoted scripts that the reference would enter, in calls not understood here. */
  private fallbackNested(event: CommandEvent): void {
    const exact = nestedContent(event);
    if (exact !== undefined) this.sink.nested(exact.content, event.source, exact.pos, true);
  }

  /** New files made of downloaded ones. */
  private derive(command: PlainCommand, upstream: readonly PlainCommand[]): void {
    const { files, variables } = this.memory;
    const download = upstream
      .map(({ event }) => this.downloads.get(event))
      .find((found) => found?.toStdout === true);
    const unpacking = readUnpacking(command);
    if (unpacking !== undefined) {
      this.unpack(command, unpacking, download);
      return;
    }
    if (download !== undefined) {
      const truth = addressTruth(download.addresses);
      const named =
        command.name === 'tee'
          ? command.args.map(({ text }) => text).filter((text) => !text.startsWith('-'))
          : [];
      const target = FILTERS.has(command.name) ? redirectTarget(command, variables) : undefined;
      for (const path of target === undefined ? named : [...named, target])
        this.addFile(path, truth, download.command.event);
      return;
    }
    if (files.length === 0) return;
    const other = renamed(command, files, variables);
    for (const path of other?.paths ?? []) {
      const { truth, startLine, endLine, origin } = other!.file;
      rememberFile(this.memory, path, truth, startLine, endLine).origin = origin ?? other!.file;
    }
  }

  private unpack(
    command: PlainCommand,
    unpacking: { readonly archives: readonly string[]; readonly folder: string },
    download: Download | undefined,
  ): void {
    const { files } = this.memory;
    let found = unpacking.archives.map((path) => findFile(files, path)).filter((file) => file !== undefined);
    if (found.length === 0 && unpacking.archives.length === 0 && download !== undefined) {
      const [address = ''] = download.addresses;
      found = [this.addFile(archiveOf(address), addressTruth(download.addresses), download.command.event)];
    }
    const folder = unpacking.folder === '' ? '' : cleanPath(unpacking.folder);
    for (const file of found) {
      const stem = download === undefined ? stemOf(file.path) : archiveStem(download.addresses[0], file.path);
      file.unpacked = { stem, folder, isEntered: false };
      if (isInstallPlace(folder))
        this.reportUse({ file, kind: 'install' }, command.event, download !== undefined);
    }
  }

  /** `cd` into what was unpacked, and out of it. */
  private folders(command: PlainCommand): void {
    const { files } = this.memory;
    if (files.length === 0 || (command.name !== 'cd' && command.name !== 'pushd')) return;
    const target = command.args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
    for (const file of files) {
      if (file.unpacked === undefined) continue;
      const stays = file.unpacked.isEntered && !/^(?:[/~$-]|\.\.)/.test(target);
      file.unpacked.isEntered = stays || target.startsWith('*') || isInside(file, cleanPath(target));
    }
  }

  private uses(command: PlainCommand): void {
    const { files } = this.memory;
    if (files.length === 0) return;
    for (const use of fileUses(command, files)) {
      if (use.kind === 'prepare') this.weak.push({ use, event: command.event, atPipeline: false });
      else this.reportUse(use, command.event);
    }
  }

  private manager(command: PlainCommand): void {
    const call = containerCall(command) ?? command;
    const found = javascriptFinding(call) ?? pythonFinding(call) ?? otherFinding(call);
    if (found === undefined || this.isInstalled(found.truth)) return;
    this.noteInstalled(call);
    const { event } = command;
    const { node, source } = event;
    const text = (): string => printCommand(node, source);
    this.sink.hit({ ...found, source, pos: commandPos(node), end: node.end, text, isRepeat: false });
  }

  /** `npx tool` behind `npm install tool`. */
  private isInstalled({ pinnedBy }: Truth): boolean {
    const { installed } = this.memory;
    return pinnedBy?.kind === 'installed' && pinnedBy.files.every((tool) => bringsName(installed, tool));
  }

  private noteInstalled({ name, args }: ProgramCall): void {
    const { installed } = this.memory;
    const verb = args[0]?.text ?? '';
    if (!/^(?:npm|pnpm|yarn|bun)$/.test(name) || !/^(?:install|i|add|global)$/.test(verb)) return;
    for (const { text } of args.slice(1)) {
      if (!text.startsWith('-') && installed.size < 200) installed.add(text.replace(/(.)@[^/]*$/, '$1'));
    }
  }

  private reportUse(use: FileUse, event: CommandEvent, atPipeline = false): void {
    const { file } = use;
    const isRepeat = use.kind === 'prepare' ? isTold(file) : file.isReported;
    file.isReported = true;
    if (file.origin !== undefined) file.origin.isReported = true;
    const why = use.kind === 'run' ? 'unchecked-run' : 'unchecked-install';
    const truth = file.truth.verdict === 'unpinned' ? { ...file.truth, why } : file.truth;
    this.report(event, truth, isRepeat, file.startLine, atPipeline);
  }

  /** Reports at the pipeline that feeds the command, or at the command. */
  private report(
    event: CommandEvent,
    truth: Truth,
    isRepeat = false,
    downloadLine?: number,
    atPipeline = true,
  ): void {
    const { node, source } = event;
    const pipeline =
      atPipeline && event.stage !== undefined && event.stage.index > 0 ? event.stage.pipeline : undefined;
    const pos = pipeline?.commands[0]?.pos ?? commandPos(node);
    const text = (): string =>
      pipeline === undefined
        ? commandText(event)
        : pipeline.commands.length === 2
          ? printFirstPipe(pipeline, source)
          : source.text.slice(pos, Math.max(node.end, pos));
    const extra = downloadLine === undefined ? {} : { downloadLine };
    this.sink.hit({ type: 'downloadThenRun', truth, source, pos, end: node.end, text, isRepeat, ...extra });
  }
}

/** Leading letters of the folder in an archive; archives that forges make of a repository are named for it. */
function archiveStem(address: string | undefined, path: string): string {
  const repository = /^https?:\/\/[^/]+\/[^/]+\/([^/]+)\/(?:-\/)?(?:archive|tarball|zipball)\//.exec(
    address ?? '',
  )?.[1];
  return stemOf(repository ?? path);
}

/** Marks downloaded files whose checksum a PowerShell script compares. */
export function checkPowershell(script: string, memory: TruthMemory): void {
  if (memory.files.length === 0 || !/get-filehash/i.test(script) || !/-(?:ne|eq)\b/i.test(script)) return;
  for (const file of memory.files) {
    if (namesFile(script, file.path)) file.truth = better(file.truth, pinned('verified-checksum', 'hash'));
  }
}

/** True when a package has this name, with or without an owner. */
function bringsName(packages: ReadonlySet<string>, tool: string): boolean {
  for (const name of packages) if (name === tool || name.endsWith(`/${tool}`)) return true;
  return false;
}

/** Told of already, by its own name or by that of the file it was made of. */
function isTold(file: FetchedFile): boolean {
  return file.isReported || file.origin?.isReported === true;
}

function codeOf(command: PlainCommand | undefined): CodeSource | undefined {
  return command === undefined ? undefined : codeSource(command);
}

/** Normal form; as it stands when redirections belong to the point. */
function commandText({ node, source }: CommandEvent): string {
  const hasRedirections = redirectionsOf(node).length > 0;
  return hasRedirections ? source.text.slice(commandPos(node), node.end) : printCommand(node, source);
}

function isPrinter(command: PlainCommand): boolean {
  return command.name === 'echo' || command.name === 'printf';
}

function heredocOf(command: PlainCommand): { readonly text: string; readonly pos: number } | undefined {
  for (const item of redirectionsOf(command.event.node)) {
    if (item.type === 'HereDoc') return { text: item.body.text, pos: item.body.pos };
  }
  return undefined;
}

/** Text of a quoted word without its quotes; escapes of double quotes resolved. */
function unquoted(raw: string): string {
  if (raw.startsWith('"') && raw.endsWith('"')) return raw.slice(1, -1).replace(/\\(["$`\\])/g, '$1');
  return raw.replace(/^\$?'|'$/g, '');
}

/** A check never makes a verdict worse. */
function better(old: Truth, found: Truth): Truth {
  return old.verdict === 'unpinned' ? found : old;
}

/** Verdict of running what these addresses give. */
export function addressTruth(addresses: readonly string[]): Truth {
  if (addresses.length > 0 && addresses.every(isLocalAddress)) return notADownload('local-address', 'local');
  if (addresses.length > 0 && addresses.every(isFixedAddress)) return pinned('full-commit', 'hash');
  return unpinned('unchecked-run');
}
