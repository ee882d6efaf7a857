/**
 * A plugin's own thread, and what `import ... from 'assay'` means inside a plugin: the contract of src/core, and the
 * program's own units by name. Nothing here waits at the top level, since plugins import this very module.
 */
import { registerHooks } from 'node:module';
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { hint } from '../config/nearest.ts';
import type { AnyEvidence, Doors, Probe } from '../core/index.ts';
import { failureOf } from './failure.ts';
import { quietConsole } from './quiet-console.ts';
import { type Calls, type Runner, runnerOf } from './runner.ts';
import { shapeOf } from './shape.ts';

export * from '../core/index.ts';

/** What the thread is started with. */
export interface HostData {
  readonly port: MessagePort;
  /** Set to 1 and notified when an answer is there. */
  readonly flag: Int32Array;
  /** A file's address or a package's name. */
  readonly specifier: string;
  /** Where packages are looked for. */
  readonly from: string;
  readonly usualName: string;
  /** Names of the program's own units. */
  readonly evidence: readonly string[];
  readonly probes: readonly string[];
}

/** Stand-ins for the program's own units: they are judged in the main thread, only their names are known here. */
const standIns = new Set<object>();
const byName = { evidence: new Map<string, object>(), probe: new Map<string, object>() };

function named(what: 'evidence' | 'probe', id: string): object {
  const found = byName[what].get(id);
  if (found === undefined) throw new Error(`Assay has no ${what} ${id}${hint(id, byName[what].keys())}`);
  return found;
}

/** The program's own kind of evidence. @throws Error when there is none of this name */
export const evidenceNamed = (id: string): AnyEvidence => named('evidence', id) as AnyEvidence;
/** The program's own probe. @throws Error when there is none of this name */
export const probeNamed = (id: string): Probe => named('probe', id) as Probe;

/** Its address is known to the module that resolves `assay`. */
const PLUGIN = 'assay-plugin:';

function start(data: HostData): void {
  quietConsole();
  for (const id of data.evidence) byName.evidence.set(id, { id });
  for (const id of data.probes) byName.probe.set(id, { id });
  for (const names of Object.values(byName)) for (const unit of names.values()) standIns.add(unit);
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'assay') return { url: import.meta.url, shortCircuit: true };
      if (!specifier.startsWith(PLUGIN)) return asModule(next(specifier, context));
      return asModule(next(specifier.slice(PLUGIN.length), { ...context, parentURL: data.from }));
    },
  });
  load(data).then(
    (runner) => serve(runner, data),
    (error: unknown) => reply(data, { failure: failureOf(error) }),
  );
}

async function load(data: HostData): Promise<Runner> {
  const module = await imported(data.specifier);
  const isBuiltIn = (unit: object) => standIns.has(unit);
  return runnerOf(shapeOf(module.default, data.usualName, isBuiltIn), isBuiltIn);
}

/** Files of the user are read as ES modules, whatever the package.json around them says of files without `m`. */
let modulesOnly = false;

const asModule = <T extends { readonly url: string; readonly format?: string | null }>(found: T): T =>
  modulesOnly && found.format?.startsWith('commonjs') && !found.url.includes('/node_modules/')
    ? { ...found, format: found.format.replace('commonjs', 'module') }
    : found;

async function imported(specifier: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(PLUGIN + specifier);
  } catch (error) {
    // `npm init` writes `"type": "commonjs"`; who writes `import` all the same means a module.
    const isModule =
      error instanceof SyntaxError &&
      /^Cannot use import statement outside a module|^Unexpected token 'export'/.test(error.message);
    if (!isModule || !specifier.startsWith('file:')) throw error;
    modulesOnly = true;
    return await import(`${PLUGIN + specifier}?module`);
  }
}

/** Answers calls until the thread is ended. */
function serve(runner: Runner, data: HostData): void {
  data.port.on('message', ({ method, args }: { method: keyof Calls; args: readonly unknown[] }) => {
    try {
      const call = runner[method] as (...args: readonly unknown[]) => unknown;
      reply(data, { value: call(...args) });
    } catch (error) {
      reply(data, { failure: failureOf(error) });
    }
  });
  parentPort!.on('message', (message: FromMain) => {
    if ('ask' in message) void answerQuestion(runner, message);
    else settle(message);
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => parentPort!.postMessage({ stray: failureOf(error) }));
  reply(data, { value: runner.description });
}

/** Wakes the main thread, which waits for the flag. */
function reply({ port, flag }: HostData, message: object): void {
  try {
    port.postMessage(message);
  } catch (error) {
    port.postMessage({
      failure: { reason: `it returned what is no plain data (${(error as Error).message})` },
    });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

/** What comes on the channel for questions, which take their time. */
export type FromMain =
  | {
      readonly ask: string;
      readonly id: number;
      readonly values: Readonly<Record<string, unknown>>;
      readonly at: { readonly commit: string };
    }
  | { readonly door: number; readonly answer: unknown };

async function answerQuestion(runner: Runner, message: Extract<FromMain, { ask: string }>): Promise<void> {
  try {
    const value = await runner.ask(message.ask, message.values, doors(message.id), message.at);
    parentPort!.postMessage({ asked: message.id, value });
  } catch (error) {
    parentPort!.postMessage({ asked: message.id, failure: failureOf(error) });
  }
}

const waiting = new Map<number, (answer: unknown) => void>();
let questions = 0;

/** The doors of the main thread. */
function doors(question: number): Doors {
  return new Proxy({} as Doors, {
    get: (_, name) => (typeof name !== 'string' || name === 'then' ? undefined : through(question, name)),
  });
}

const through =
  (question: number, name: string) =>
  (...args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set(++questions, resolve);
      parentPort!.postMessage({ door: questions, question, name, args });
    });

function settle({ door, answer }: Extract<FromMain, { door: number }>): void {
  waiting.get(door)?.(answer);
  waiting.delete(door);
}

if (!isMainThread && (workerData as { assayPlugin?: HostData } | null)?.assayPlugin)
  start((workerData as { assayPlugin: HostData }).assayPlugin);
