/** The main thread's side of a plugin: calls that end, whatever the plugin does. */
import { Script } from 'node:vm';
import type { AskedAt, Doors } from '../core/index.ts';
import { CannotJudge } from '../core/index.ts';
import type { PluginDescription } from './description.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Calls, Runner } from './runner.ts';

export interface Caller {
  readonly description: PluginDescription;
  /**
   * @param unit what is asked, for messages: a unit that was stopped once is never asked again
   * @throws Error with the reason in one line; CannotJudge where the plugin threw that
   */
  call<M extends keyof Calls>(unit: string, method: M, ...args: Parameters<Calls[M]>): ReturnType<Calls[M]>;
  ask(kind: string, values: Readonly<Record<string, unknown>>, doors: Doors, at: AskedAt): Promise<unknown>;
  /** Why a unit was stopped, if it was. */
  stopped(unit: string): string | undefined;
  /** Everything that went wrong outside of single findings. */
  troubles(): readonly string[];
  close(): Promise<void>;
}

/** The error that a failure stands for. */
export function errorOf({ reason, cannotJudge }: Failure): Error {
  return cannotJudge ? new CannotJudge(reason, cannotJudge) : new Error(reason);
}

/** Remembers units that were stopped. */
export function stops() {
  const reasons = new Map<string, string>();
  return {
    reasons,
    /** @throws Error when the unit was stopped before */
    refuse(unit: string): void {
      const reason = reasons.get(unit);
      if (reason !== undefined) throw new Error(reason);
    },
    stop(unit: string, what: string): Error {
      const reason = `${unit} was stopped: ${what}`;
      reasons.set(unit, reason);
      return new Error(reason);
    },
  };
}

export const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

const SLOT = Symbol.for('assay.bounded');
const slot = globalThis as { [SLOT]?: () => unknown };
let script: Script | undefined;

/**
 * Runs a function of this thread and stops it after some time; only loops without a pause in between can be stopped.
 * @throws Error with code ERR_SCRIPT_EXECUTION_TIMEOUT
 */
function bounded<T>(run: () => T, limit: number): T {
  script ??= new Script('globalThis[Symbol.for("assay.bounded")]()');
  slot[SLOT] = run;
  try {
    return script.runInThisContext({ timeout: limit }) as T;
  } finally {
    delete slot[SLOT];
  }
}

/** For plugins handed to the library as objects: they run where their functions live. */
export function localCaller(runner: Runner, limit: number): Caller {
  const { reasons, refuse, stop } = stops();
  const failed = (unit: string, error: unknown): Error => {
    const { code } = error as { readonly code?: unknown };
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return stop(unit, `no answer within ${seconds(limit)}`);
    return errorOf(failureOf(error));
  };
  return {
    description: runner.description,
    call(unit, method, ...args) {
      refuse(unit);
      const run = runner[method] as (...args: readonly unknown[]) => never;
      try {
        return bounded(() => run(...args), limit);
      } catch (error) {
        throw failed(unit, error);
      }
    },
    async ask(kind, values, doors, at) {
      refuse(kind);
      try {
        return await bounded(() => runner.ask(kind, values, doors, at), limit);
      } catch (error) {
        throw failed(kind, error);
      }
    },
    stopped: (unit) => reasons.get(unit),
    troubles: () => [...reasons.values()],
    close: async () => {},
  };
}
