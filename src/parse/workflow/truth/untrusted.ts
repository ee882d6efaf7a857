import type { Flow } from '../expressions.ts';
import {
  COMMIT_OUTPUTS,
  FOREIGN_EVENTS,
  OUTSIDER_EVENTS,
  SCRIPT_INPUTS,
  TEXT_OUTPUTS,
  UNTRUSTED_CONTEXTS,
} from './untrusted-data.ts';

/** Something an outsider decides on: the context it comes from and the events that fill it. */
export interface Taint {
  /** It is text of an outsider. */
  readonly text: boolean;
  /** It names a commit, branch or repository of an outsider. */
  readonly commit: boolean;
  /** For instance `github.event.issue.title`. */
  readonly source: string;
  readonly events: ReadonlySet<string>;
  /** How it got here. */
  readonly via: readonly Via[];
}

export type Via = 'env' | 'output' | 'matrix' | 'input' | 'command';

/** True when the names are equal, `*` standing for any on either side. */
function sameName(first: string, second: string): boolean {
  return first === second || first === '*' || second === '*';
}

/** True when a context lies at the path, or (for whole objects) below it. */
function covers(path: readonly string[], context: readonly string[], below: boolean): boolean {
  if (below ? path.length > context.length : path.length !== context.length) return false;
  return path.every((name, index) => sameName(name, context[index]!));
}

/**
 * What an outsider decides of a context value; undefined for nothing. A whole object only counts when it is
 * written as JSON: as plain text it gives the word Object.
 */
export function contextTaint({ path, json }: Flow): Taint | undefined {
  if (path[0] !== 'github') return undefined;
  const events = new Set<string>();
  let text = false;
  let commit = false;
  for (const context of UNTRUSTED_CONTEXTS) {
    if (!covers(path, context.path, json)) continue;
    for (const event of context.events) if (OUTSIDER_EVENTS.has(event)) events.add(event);
    text ||= context.holds !== 'commit';
    commit ||= context.holds !== 'text';
  }
  return text || commit ? { text, commit, source: path.join('.'), events, via: [] } : undefined;
}

/** What an outsider decides of an output of an action. `action` has no version. */
export function outputTaint(action: string, output: string): Taint | undefined {
  const has = (table: Readonly<Record<string, readonly string[]>>): boolean =>
    table[action.toLowerCase()]?.some((pattern) => matchesName(pattern, output.toLowerCase())) ?? false;
  const text = has(TEXT_OUTPUTS);
  const commit = has(COMMIT_OUTPUTS);
  if (!text && !commit) return undefined;
  return { text, commit, source: `${action} ${output}`, events: FOREIGN_EVENTS, via: ['output'] };
}

function matchesName(pattern: string, name: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === name;
  return name.startsWith(pattern.slice(0, star)) && name.endsWith(pattern.slice(star + 1));
}

/** Inputs of an action that it runs as a script of a shell. In: `uses`. */
export function shellInputs(uses: string): readonly string[] {
  const at = uses.indexOf('@');
  const inputs = SCRIPT_INPUTS[(at < 0 ? uses : uses.slice(0, at)).toLowerCase()] ?? {};
  return Object.keys(inputs).filter((name) => inputs[name] === 'shell');
}
