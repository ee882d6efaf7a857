/**
 * Policy files in the reference's format (formats-and-cli 9): a lowest score per check. Loaded only when `--policy` is
 * given, because of the YAML parser.
 */
import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { type Check, type Demand, ScanError, type ScanResult } from '../core/index.ts';
import { hint } from './nearest.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * Reads a policy file.
 * @throws ScanError config, naming the file and what is wrong
 */
export function readPolicy(file: string, checks: readonly Check[]): readonly Demand[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScanError('config', `the policy ${file} cannot be read (${code})`, { cause: error });
  }
  if (text.length > MAX_BYTES) throw new ScanError('config', `the policy ${file} is larger than 1 MB`);
  return parsePolicy(text, file, checks);
}

/** As `readPolicy`, from a text. */
export function parsePolicy(text: string, file: string, checks: readonly Check[]): readonly Demand[] {
  const lines = new LineCounter();
  const document = parsed(text, file, lines);
  const error = document.errors[0];
  if (error) wrong(`${file}:${lines.linePos(error.pos[0]).line}`, error.message.split('\n')[0]!);
  const value = plain(file, document);
  if (!isMap(value)) return wrong(file, 'it must be a mapping with version and policies');
  onlyKeys(file, value, ['version', 'policies']);
  if (value.version !== 1) wrong(file, `version must be 1, not ${JSON.stringify(value.version)}`);
  const policies = value.policies ?? {};
  if (!isMap(policies)) return wrong(file, 'policies must map check names to {mode, score}');
  return Object.entries(policies).map(([name, entry]) => demandOf(file, name, entry, checks));
}

/** @throws ScanError for nesting so deep that the parser gives up */
function parsed(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    // Each pretty error would look through the whole text.
    return parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  } catch (error) {
    return wrong(file, (error as Error).message);
  }
}

/** The document as plain values; anchors are followed, bombs made of them refused. */
function plain(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return wrong(file, (error as Error).message);
  }
}

function demandOf(file: string, name: string, entry: unknown, checks: readonly Check[]): Demand {
  const names = checks.map((check) => check.name);
  if (!names.includes(name)) wrong(file, `there is no check ${name}${hint(name, names)}`);
  if (!isMap(entry)) return wrong(file, `${name} must be {mode: enforced, score: N}`);
  const ownKeys = name.includes('/') ? ['count'] : [];
  onlyKeys(`${file}: ${name}`, entry, ['mode', 'score', ...ownKeys]);
  const { mode, score = 0, count = false } = entry;
  if (mode !== 'enforced' && mode !== 'disabled')
    wrong(file, `the mode of ${name} must be enforced or disabled, not ${JSON.stringify(mode)}`);
  if (typeof score !== 'number' || !Number.isInteger(score) || score < 0 || score > 10)
    return wrong(file, `the score of ${name} must be a whole number from 0 to 10`);
  if (typeof count !== 'boolean') return wrong(file, `count of ${name} must be true or false`);
  return { check: name, enforced: mode === 'enforced', least: score, ...(count && { counted: true }) };
}

function onlyKeys(place: string, map: Readonly<Record<string, unknown>>, allowed: readonly string[]): void {
  for (const key of Object.keys(map))
    if (!allowed.includes(key)) wrong(place, `unknown key ${key}${hint(key, allowed)}`);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(place: string, what: string): never {
  throw new ScanError('config', `policy ${place}: ${what}`);
}

/**
 * What falls short of a policy, in words. As in the reference, a check that could not be judged, or that this kind of
 * target cannot have, is no failure (`policyGaps` names those).
 */
export function policyShortfalls(result: ScanResult, demands: readonly Demand[]): string[] {
  return result.checks.flatMap((check) => {
    const demand = demands.find((one) => one.check === check.name);
    if (!demand?.enforced || check.score < 0 || check.score >= demand.least) return [];
    return [`${check.name} is ${check.score}, ${demand.least} is demanded`];
  });
}

/** What a policy demands and nobody could judge, in one line; undefined when there is nothing of the kind. */
export function policyGaps(result: ScanResult, demands: readonly Demand[]): string | undefined {
  const enforced = demands.filter(({ enforced, least }) => enforced && least > 0);
  const gaps = enforced.flatMap(({ check: name, least }) => {
    const check = result.checks.find((one) => one.name === name);
    const why =
      check === undefined
        ? result.skipped.find((one) => one.name === name)?.why
        : check.score < 0 && check.reason;
    return why ? [{ name, least, why }] : [];
  });
  if (gaps.length === 0) return undefined;
  const told = gaps.map(({ name, why }) => `${name} (${why})`).join('; ');
  const demand = gaps.map(({ name, least }) => `${name}=${least}`).join(',');
  return `the policy demands what could not be judged, which is no failure: ${told}; --fail-below=${demand} makes it one`;
}
