/** What PowerShell scripts install, or download and run. The reference does not look at them. */
import { type PowershellStatement, powershellStatements } from './powershell-words.ts';
import { type Arg, type ProgramCall, programName } from './truth/command.ts';
import { isFixedAddress, isLocalAddress } from './truth/download.ts';
import { javascriptFinding } from './truth/managers-js.ts';
import { otherFinding } from './truth/managers-other.ts';
import { pythonFinding } from './truth/managers-python.ts';
import { notADownload, pinned, unpinned } from './truth/verdict.ts';
import type { InstallType, Truth } from './types.ts';

/** One install; lines count from 1 within the script. */
export interface PowershellFinding {
  readonly type: InstallType;
  readonly truth: Truth;
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
}

const FETCH =
  /(?:^|[\s(&|=$])(?:iwr|irm|invoke-webrequest|invoke-restmethod|curl(?:\.exe)?|wget(?:\.exe)?)(?=[\s(]|$)|\.downloadstring\s*\(|\.downloaddata\s*\(|\.getstringasync\s*\(/i;
const EVALUATE = /^(?:iex|invoke-expression)$/i;
const MODULES = /^(?:install-module|install-script|install-package|install-psresource|save-module)$/i;
const ADDRESS = /\b(?:https?|ftp|file):\/\/[^\s'"`),;|]+/gi;
const LONGEST = 5000;
const NESTING: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    powershell: /^-c(?:ommand)?$/i,
    pwsh: /^-c(?:ommand)?$/i,
    cmd: /^\/[ck]$/i,
  }),
);

interface FetchedPath {
  readonly path: string;
  truth: Truth;
  readonly statement: PowershellStatement;
  isReported: boolean;
}

/**
 * Finds installs in a PowerShell script.
 * In: the text. Out: findings in order. Never throws; time is bounded by the number of downloads kept (64).
 */
export function analyzePowershell(script: string, depth = 0): PowershellFinding[] {
  const reader = new PowershellReader(depth);
  const text = script.includes('{') ? script.replace(CALLED_BLOCK, '$1( $2)$3') : script;
  for (const statement of powershellStatements(text)) reader.statement(statement);
  return reader.findings;
}

/** The same of a script of the command prompt: plain commands, one a line, look the same. Never throws. */
export function analyzePrompt(script: string): PowershellFinding[] {
  return analyzePowershell(
    script
      .replace(PROMPT_PREFIX, '')
      .replace(PROMPT_COMMENT, '')
      .replace(/\^\r?\n/g, '`\n'),
  );
}

const PROMPT_PREFIX = /^[ \t]{0,40}@?(?:call[ \t]{1,8}|start[ \t]{1,8}(?:\/\w{1,8}[ \t]{1,8}){1,3})?/gim;
const PROMPT_COMMENT = /^[ \t]{0,40}(?:rem\b|::)[^\n]*/gim;

/** `. { iwr u } | iex`: a block that is called at once is read as a call in parentheses. */
const CALLED_BLOCK = /([.&][ \t]{0,4})\{([^{}]{0,500})\}([ \t]{0,4}\|)/g;
/** Scripts in scripts are followed this deep. */
const MAX_NESTED = 4;

class PowershellReader {
  private readonly depth: number;

  constructor(depth: number) {
    this.depth = depth;
  }

  readonly findings: PowershellFinding[] = [];
  private readonly files: FetchedPath[] = [];
  private readonly values = new Map<string, string>();
  private readonly fetched = new Map<string, Truth>();
  private readonly hashes = new Map<string, FetchedPath | undefined>();

  statement(statement: PowershellStatement): void {
    const text = statement.text.slice(0, LONGEST);
    this.check(text);
    if (this.evaluates(statement, text)) return;
    this.assignment(statement, text);
    for (const stage of statement.stages) this.stage(withoutAssignment(stage), statement);
    this.methods(text, statement);
  }

  private report(type: InstallType, truth: Truth, statement: PowershellStatement): void {
    const { text, startLine, endLine } = statement;
    this.findings.push({ type, truth, text, startLine, endLine });
  }

  /** `iwr u | iex`, `iex (irm u)`, `& ([scriptblock]::Create((irm u)))`. */
  private evaluates(statement: PowershellStatement, text: string): boolean {
    let isFetched = false;
    let truth: Truth | undefined;
    for (const raw of statement.stages) {
      const stage = withoutAssignment(raw);
      const name = stage[0] === '&' || stage[0] === '.' ? stage[1] : stage[0];
      const rest = stage.join(' ').slice(0, LONGEST);
      const isCode =
        EVALUATE.test(name ?? '') ||
        /\[scriptblock\]::create\s*\(/i.test(rest) ||
        /\(\s*(?:iex|invoke-expression)\b/i.test(rest);
      if (isCode) {
        if (isFetched || FETCH.test(rest)) truth = addressesTruth(text, this.values);
        else
          truth = stage
            .map((word) => this.fetched.get(variableName(word)))
            .find((found) => found !== undefined);
        if (truth !== undefined) break;
      }
      isFetched ||= FETCH.test(` ${rest}`) && !/-(?:outfile|o)\b/i.test(rest);
      const variable = this.fetched.get(variableName(stage[0] ?? ''));
      if (variable !== undefined && statement.stages.length > 1) isFetched = true;
    }
    if (truth === undefined) return false;
    this.report('downloadThenRun', truth, statement);
    return true;
  }

  private assignment(statement: PowershellStatement, text: string): void {
    const [first, equals, ...rest] = statement.stages[0] ?? [];
    if (first === undefined || equals !== '=' || !/^\$[\w:]+$/.test(first)) return;
    const name = first.toLowerCase();
    const value = rest.join(' ');
    this.values.delete(name);
    if (FETCH.test(` ${value}`) && !/-outfile\b/i.test(value))
      this.fetched.set(name, addressesTruth(text, this.values));
    else if (/^['"][^'"]*['"]$/.test(value) || /^\(?join-path\b/i.test(value))
      this.values.set(name, this.resolve(value));
  }

  /** Path or text with quotes off and known variables filled in, lower case, forward slashes. */
  private resolve(raw: string): string {
    let text = raw.slice(0, 1000).replace(/^[('"]+|[)'"]+$/g, '');
    const join = /^join-path\s+(?:-path\s+)?(\S+)\s+(?:-childpath\s+)?(\S+)$/i.exec(text);
    if (join !== null) text = `${join[1]}/${join[2]}`;
    return text
      .replace(/['"]/g, '')
      .replace(/\$\{?([\w:]+)\}?/g, (all, name: string) => this.values.get(`$${name.toLowerCase()}`) ?? all)
      .replaceAll('\\', '/')
      .replace(/^\.\//, '')
      .toLowerCase();
  }

  private addFile(raw: string, statement: PowershellStatement, addressText: string): void {
    if (this.files.length >= 64) this.files.shift();
    const truth = addressesTruth(addressText, this.values);
    this.files.push({ path: this.resolve(raw), truth, statement, isReported: false });
  }

  private findFile(raw: string): FetchedPath | undefined {
    const path = this.resolve(raw);
    if (path.length < 3) return undefined;
    return this.files.findLast(
      (file) => file.path === path || file.path.endsWith(`/${path}`) || path.endsWith(`/${file.path}`),
    );
  }

  private stage(words: readonly string[], statement: PowershellStatement): void {
    const isCall = words[0] === '&' || words[0] === '.';
    const call = isCall ? words.slice(1) : words;
    const name = (call[0] ?? '').toLowerCase();
    if (name === '') return;
    const value = (...names: string[]): string | undefined => parameter(call, names);
    if (/^(?:iwr|irm|invoke-webrequest|invoke-restmethod|curl|wget|curl\.exe|wget\.exe)$/.test(name)) {
      const file = value('-outfile', '-o', '--output', '-out');
      if (file !== undefined) this.addFile(file, statement, statement.text);
      else if (/ -(?:O|LO|sLO|fsSLO|LsO|JLO)\b/.test(` ${call.join(' ')}`)) {
        const address = statement.text.match(ADDRESS)?.[0] ?? '';
        this.addFile(address.slice(address.lastIndexOf('/') + 1), statement, statement.text);
      }
      return;
    }
    if (name === 'start-bitstransfer') {
      const file = value('-destination') ?? call.filter((word) => !word.startsWith('-'))[2];
      if (file !== undefined) this.addFile(file, statement, statement.text);
      return;
    }
    if (MODULES.test(name)) {
      const version =
        value('-requiredversion') ?? (name === 'install-psresource' ? value('-version') : undefined);
      this.report(
        'powershellModuleCommand',
        version === undefined ? unpinned('no-version') : unpinned('no-hash', 'version'),
        statement,
      );
      return;
    }
    if (this.nested(name, call, statement)) return;
    if (this.uses(name, call, isCall, statement)) return;
    const found = managerFinding(call);
    if (found !== undefined) this.report(found.type, found.truth, statement);
  }

  /** `powershell -Command "..."`, `cmd /c "..."`. */
  private nested(name: string, call: readonly string[], statement: PowershellStatement): boolean {
    const option = NESTING.get(name.replace(/\.exe$/, ''));
    if (option === undefined || this.depth >= MAX_NESTED) return false;
    const at = call.findIndex((word) => option.test(word));
    if (at < 0) return false;
    const text = call
      .slice(at + 1)
      .join(' ')
      .replace(/^(["'])(.*)\1$/s, '$2');
    const found = analyzePowershell(text, this.depth + 1);
    for (const { type, truth } of found) this.report(type, truth, statement);
    return found.length > 0;
  }

  /** Running, installing or unpacking a downloaded file. */
  private uses(
    name: string,
    call: readonly string[],
    isCall: boolean,
    statement: PowershellStatement,
  ): boolean {
    const runs =
      /^(?:start-process|saps|start|msiexec|msiexec\.exe|powershell|powershell\.exe|pwsh|python|py|cmd|cmd\.exe|add-appxpackage|expand-archive|tar|7z|7z\.exe|invoke-item|invoke-expression|iex|bash|sh)$/;
    const isPath = isCall || (!name.includes('(') && /[\\/$]|\.(?:exe|msi|ps1|bat|cmd)$/.test(name));
    if (!isPath && !runs.test(name)) return false;
    const candidates = isPath ? call.slice(0, 1) : call.slice(1);
    for (const word of candidates) {
      const pieces = [word, ...word.split(/[\s,='"]+/).filter((piece) => piece.length > 2)].slice(0, 40);
      const file = pieces.map((piece) => this.findFile(piece)).find((found) => found !== undefined);
      if (file === undefined) continue;
      if (!file.isReported) {
        const truth =
          file.truth.verdict === 'unpinned' ? { ...file.truth, why: 'unchecked-run' } : file.truth;
        this.report('downloadThenRun', truth, statement);
      }
      file.isReported = true;
      return true;
    }
    return false;
  }

  /** `(New-Object Net.WebClient).DownloadFile(u, f)`. */
  private methods(text: string, statement: PowershellStatement): void {
    const call = /\.downloadfile(?:async|taskasync)?\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/i.exec(text);
    const args = call?.[1]?.split(',');
    const target = args?.[1]?.trim();
    if (target !== undefined) this.addFile(target, statement, `${text} ${this.resolve(args?.[0] ?? '')}`);
  }

  /** `Get-FileHash f` compared at once or by way of a variable; signatures likewise. */
  private check(text: string): void {
    const computes = /get-filehash|get-authenticodesignature/i.test(text);
    const compares = /-(?:c|i)?(?:ne|eq|notmatch|match)\b/i.test(text);
    const variable = /^(\$[\w:]+) =/.exec(text)?.[1]?.toLowerCase();
    if (computes) {
      const file = text
        .split(/[\s()]+/)
        .slice(0, 60)
        .map((word) => this.findFile(word))
        .find((found) => found !== undefined);
      if (compares) markChecked(file ?? this.files.at(-1));
      else if (variable !== undefined) this.hashes.set(variable, file ?? this.files.at(-1));
    } else if (compares && this.hashes.size > 0) {
      for (const name of text.toLowerCase().match(/\$[\w:]+/g) ?? []) markChecked(this.hashes.get(name));
    }
  }
}

function markChecked(file: FetchedPath | undefined): void {
  if (file?.truth.verdict === 'unpinned') file.truth = pinned('verified-checksum', 'hash');
}

/** `$x = command ...` without the assignment. */
function withoutAssignment(words: readonly string[]): readonly string[] {
  return words[1] === '=' && words[0]?.startsWith('$') === true ? words.slice(2) : words;
}

/** Name of a plain variable word; empty for anything else. */
function variableName(word: string): string {
  return /^[("]*(\$[\w:]+)(?:\.content)?[)"]*$/i.exec(word)?.[1]?.toLowerCase() ?? '';
}

function parameter(words: readonly string[], names: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? '').toLowerCase();
    if (names.includes(word)) return words[at + 1];
    const colon = word.indexOf(':');
    if (colon > 0 && names.includes(word.slice(0, colon))) return words[at]?.slice(colon + 1);
  }
  return undefined;
}

function addressesTruth(text: string, values: ReadonlyMap<string, string>): Truth {
  let all = text.slice(0, LONGEST);
  for (const name of all
    .toLowerCase()
    .match(/\$[\w:]+/g)
    ?.slice(0, 20) ?? [])
    all += ` ${values.get(name) ?? ''}`;
  const addresses = all.match(ADDRESS) ?? [];
  if (addresses.length > 0 && addresses.every(isLocalAddress)) return notADownload('local-address', 'local');
  if (addresses.length > 0 && addresses.every(isFixedAddress)) return pinned('full-commit', 'hash');
  return unpinned('unchecked-run');
}

function managerFinding(words: readonly string[]): { type: InstallType; truth: Truth } | undefined {
  const args = words.map((word): Arg => {
    const text = word.replace(/^(['"])(.*)\1$/s, '$2');
    return { text, raw: word, pos: 0, end: 0, word: undefined };
  });
  const [program] = args;
  if (program === undefined) return undefined;
  const call: ProgramCall = { name: programName(program.text), program, args: args.slice(1), env: new Map() };
  return javascriptFinding(call) ?? pythonFinding(call) ?? otherFinding(call);
}
