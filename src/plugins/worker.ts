/** A plugin in a thread of its own. Calls wait for the answer, at most so long; then the thread is ended and begun anew. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Doors } from '../core/index.ts';
import { type Caller, errorOf, seconds, stops } from './caller.ts';
import type { PluginDescription } from './description.ts';
import { type Failure, failureOf } from './failure.ts';
import type { HostData } from './host.ts';
import { hostFile } from './host-file.ts';

/** A plugin whose units had to be stopped so often is left alone. */
const MAX_STARTS = 4;
/** Heap of the thread in megabytes. */
const HEAP = 1024;

export interface WorkerOptions
  extends Pick<HostData, 'specifier' | 'from' | 'usualName' | 'evidence' | 'probes'> {
  /** Milliseconds one call may take. */
  readonly limit: number;
}

type Answer = { readonly value: unknown } | { readonly failure: Failure };

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly flag: Int32Array;
}

/**
 * Starts the thread and waits until the plugin is loaded.
 * @throws Error with the reason in one line
 */
export function workerCaller(options: WorkerOptions): Caller {
  const { limit } = options;
  const { reasons, refuse, stop } = stops();
  const stray = new Set<string>();
  const questions = new Questions(options.limit, (why) => stray.add(why));
  let starts = 0;
  let running: Running | undefined;
  const end = () => {
    void running?.worker.terminate();
    running?.port.close();
    running = undefined;
    questions.fail('its thread was ended');
  };
  const begin = (): PluginDescription => {
    if (++starts > MAX_STARTS) throw new Error('it was stopped too often');
    running = startThread(options);
    running.worker.on('message', (message: FromThread) => questions.take(message, running?.worker));
    running.worker.on('error', (error) => stray.add(`its thread ended: ${failureOf(error).reason}`));
    const answer = wait(running, limit);
    if (answer === undefined) end();
    if (answer === undefined) throw new Error(`it was not loaded within ${seconds(limit)}`);
    if ('failure' in answer) end();
    if ('failure' in answer) throw errorOf(answer.failure);
    return answer.value as PluginDescription;
  };
  const description = begin();
  return {
    description,
    call(unit, method, ...args) {
      refuse(unit);
      if (running === undefined) begin();
      const { port, flag } = running!;
      Atomics.store(flag, 0, 0);
      port.postMessage({ method, args });
      const answer = wait(running!, limit);
      if (answer === undefined) {
        end();
        throw stop(unit, `no answer within ${seconds(limit)}`);
      }
      if ('failure' in answer) throw errorOf(answer.failure);
      return answer.value as never;
    },
    async ask(kind, values, doors, at) {
      refuse(kind);
      if (running === undefined) begin();
      const late = () => {
        stop(kind, `no answer within ${seconds(limit)}`);
        end();
      };
      return questions.ask(running!.worker, { kind, values, doors, at }, late);
    },
    stopped: (unit) => reasons.get(unit),
    troubles: () => [...reasons.values(), ...stray],
    async close() {
      const worker = running?.worker;
      end();
      await worker?.terminate();
    },
  };
}

function startThread(options: WorkerOptions): Running {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { specifier, from, usualName, evidence, probes } = options;
  const assayPlugin: HostData = { port: port2, flag, specifier, from, usualName, evidence, probes };
  const worker = new Worker(hostFile(), {
    workerData: { assayPlugin },
    transferList: [port2],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
    execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
  });
  worker.unref();
  return { worker, port: port1, flag };
}

/** Blocks this thread until the other one has answered; undefined when it did not in time. */
function wait({ port, flag }: Running, limit: number): Answer | undefined {
  Atomics.wait(flag, 0, 0, limit);
  return receiveMessageOnPort(port)?.message as Answer | undefined;
}

/** What comes from the thread on its own account. */
type FromThread =
  | { readonly stray: Failure }
  | { readonly asked: number; readonly value?: unknown; readonly failure?: Failure }
  | {
      readonly door: number;
      readonly question: number;
      readonly name: string;
      readonly args: readonly unknown[];
    };

interface Question {
  readonly doors: Doors;
  readonly settle: (answer: Answer) => void;
  timer: NodeJS.Timeout | undefined;
  readonly late: () => void;
}

/** Questions under way: they wait for doors, and the time a door takes does not count. */
class Questions {
  readonly #limit: number;
  readonly #tell: (why: string) => void;
  readonly #open = new Map<number, Question>();
  #count = 0;

  constructor(limit: number, tell: (why: string) => void) {
    this.#limit = limit;
    this.#tell = tell;
  }

  ask(
    worker: Worker,
    what: { kind: string; values: Readonly<Record<string, unknown>>; doors: Doors; at: { commit: string } },
    late: () => void,
  ): Promise<unknown> {
    const { kind, values, doors, at } = what;
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer) => {
        clearTimeout(this.#open.get(id)?.timer);
        this.#open.delete(id);
        if ('failure' in answer) reject(errorOf(answer.failure));
        else resolve(answer.value);
      };
      const question: Question = { doors, settle, timer: undefined, late };
      this.#open.set(id, question);
      this.#watch(question);
      worker.postMessage({ ask: kind, id, values, at });
    });
  }

  /** A plugin can send what it likes on this channel, too: what is no message is passed over. */
  take(message: FromThread | null, worker: Worker | undefined): void {
    if (typeof message !== 'object' || message === null) return;
    if ('stray' in message) this.#tell(String(message.stray?.reason));
    else if ('asked' in message) {
      const { failure, value } = message;
      this.#open.get(message.asked)?.settle(failure ? { failure } : { value });
    } else if ('door' in message) this.#door(message, worker).catch(() => undefined);
  }

  fail(reason: string): void {
    for (const { settle } of [...this.#open.values()]) settle({ failure: { reason } });
  }

  async #door(message: Extract<FromThread, { door: number }>, worker: Worker | undefined): Promise<void> {
    const question = this.#open.get(message.question);
    if (question === undefined) return;
    clearTimeout(question.timer);
    const doors = question.doors as unknown as Readonly<
      Record<string, (...args: unknown[]) => Promise<unknown>>
    >;
    const door = Object.hasOwn(doors, message.name) ? doors[message.name] : undefined;
    const answer = door
      ? await door(...message.args)
      : { unknown: 'unsupported', why: `there is no door ${message.name}` };
    this.#watch(question);
    worker?.postMessage({ door: message.door, answer });
  }

  #watch(question: Question): void {
    question.timer = setTimeout(question.late, this.#limit);
  }
}
