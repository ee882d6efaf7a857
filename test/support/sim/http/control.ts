/** The control addresses under `/_sim/`. */
import { faultKinds } from '../faults/engine.ts';
import type { FaultRule } from '../faults/types.ts';
import type { Simulator } from '../simulator.ts';
import { asList } from '../text.ts';
import { type Exchange, plainText, type Reply } from './exchange.ts';

/** Answers a control request. */
export function control(sim: Simulator, x: Exchange): Reply {
  const [, , page = '', ...rest] = x.path.split('/');
  switch (page) {
    case 'reset': {
      const active = x.query.get('active') ?? undefined;
      sim.reset(active);
      return { json: { ok: true, active: active ?? null } };
    }
    case 'summary':
      return { json: sim.summary() };
    case 'requests':
      return { json: sim.requests() };
    case 'scenarios':
      return { json: sim.scenarios() };
    case 'info':
      return { json: sim.info() };
    case 'faults':
      return { json: faultKinds() };
    case 'inject':
      return inject(sim, x);
    case 'head':
      return { json: sim.head(rest[0] ?? '', rest[1] ?? '') };
    case 'ca.pem':
      return { raw: Buffer.from(sim.caCertificate()), type: 'application/x-pem-file' };
    default:
      return { status: 404, json: { error: 'unknown control path' } };
  }
}

function inject(sim: Simulator, x: Exchange): Reply {
  if (x.method !== 'POST') return plainText(405, 'send the faults with POST');
  try {
    const rules = asList<FaultRule>(JSON.parse(x.body.toString()) as FaultRule | FaultRule[]);
    sim.inject(...rules);
    return { json: { ok: true, injected: rules.length } };
  } catch (error) {
    return plainText(400, error instanceof Error ? error.message : String(error));
  }
}
