/** Decides which faults strike a request, and applies them. */
import type { ExecutionLimits } from '../graphql/execution.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { asList } from '../text.ts';
import { archiveFaults } from './archives.ts';
import { breakdowns } from './breakdowns.ts';
import { connectionFaults } from './connection.ts';
import { contentFaults } from './content.ts';
import { limits } from './limits.ts';
import { refusals } from './refusals.ts';
import type { FaultDefinition, FaultKind, FaultRule, FaultState, Target } from './types.ts';

/** Every kind of fault. */
export const FAULTS: Readonly<Record<FaultKind, FaultDefinition>> = {
  ...refusals,
  ...limits,
  ...breakdowns,
  ...connectionFaults,
  ...contentFaults,
  ...archiveFaults,
};

/** A kind of fault, what it does and where, and parameters to try it with. */
export interface FaultKindInfo {
  readonly kind: FaultKind;
  readonly summary: string;
  readonly on: readonly Target[];
  readonly sample: FaultRule;
}

/** All kinds of faults, so that a test can loop over them. */
export const faultKinds = (): FaultKindInfo[] =>
  Object.entries(FAULTS).map(([name, { summary, on, sample }]) => {
    const kind = name as FaultKind;
    return { kind, summary, on, sample: { kind, ...sample } };
  });

/** The faults of one simulator: those injected, and what each remembers. */
export class FaultEngine {
  private injected: readonly FaultRule[] = [];
  private states = new WeakMap<FaultRule, FaultState>();

  /** Adds faults for all requests, whatever their scenario. */
  inject(rules: readonly FaultRule[]): void {
    for (const { kind } of rules) if (!(kind in FAULTS)) throw new Error(`unknown kind of fault: ${kind}`);
    this.injected = [...this.injected, ...rules.map((rule) => ({ ...rule }))];
  }

  /** Takes injected faults back and forgets all counts. */
  reset(): void {
    this.injected = [];
    this.states = new WeakMap();
  }

  /** The faults that strike this request, each counted once. */
  striking(x: Exchange): Strike[] {
    const out: Strike[] = [];
    for (const rule of [...(x.scenario?.faults ?? []), ...this.injected]) {
      if (!fits(rule, x)) continue;
      const state = this.states.get(rule) ?? { hits: 0 };
      this.states.set(rule, state);
      const nth = state.hits++;
      const skip = rule.skip ?? 0;
      if (nth >= skip && nth < skip + (rule.times ?? Number.POSITIVE_INFINITY)) out.push({ rule, state });
    }
    return out;
  }
}

export interface Strike {
  readonly rule: FaultRule;
  readonly state: FaultState;
}

/** The first answer a fault gives in place of the simulator's. */
export async function answerByFault(strikes: readonly Strike[], x: Exchange): Promise<Reply | undefined> {
  for (const { rule, state } of strikes) {
    const reply = await FAULTS[rule.kind].before?.(rule, x, state);
    if (reply) {
      x.notes.push(`fault: ${rule.kind}`);
      return reply;
    }
  }
  return undefined;
}

/** How far a query may be carried out. */
export function executionLimits(strikes: readonly Strike[], x: Exchange): ExecutionLimits {
  const all = strikes.map(({ rule }) => {
    const limits = FAULTS[rule.kind].execution?.(rule);
    if (limits) x.notes.push(`fault: ${rule.kind}`);
    return limits ?? {};
  });
  return {
    refusals: all.flatMap((limits) => limits.refusals ?? []),
    nodes: Math.min(
      Number.POSITIVE_INFINITY,
      ...all.map((limits) => limits.nodes ?? Number.POSITIVE_INFINITY),
    ),
  };
}

/** The answer as the faults leave it. */
export async function spoilReply(strikes: readonly Strike[], reply: Reply, x: Exchange): Promise<Reply> {
  let spoilt = reply;
  for (const { rule } of strikes) {
    const next = (await FAULTS[rule.kind].after?.(rule, spoilt, x)) ?? spoilt;
    if (next !== spoilt) x.notes.push(`fault: ${rule.kind}`);
    spoilt = next;
  }
  return spoilt;
}

/** Whether a request is of the kind, area, address and operation a rule is about. */
function fits(rule: FaultRule, x: Exchange): boolean {
  const targets = asList<Target>(rule.on ?? FAULTS[rule.kind].on);
  return (
    targets.some((target) => target === x.kind || target === x.area) &&
    (!rule.host || rule.host === x.host) &&
    (!rule.method || rule.method === x.method) &&
    (!rule.match || new RegExp(rule.match).test(x.path)) &&
    (!rule.operation || rule.operation === x.plan?.operation) &&
    (!rule.resource || rule.resource === x.resource)
  );
}
