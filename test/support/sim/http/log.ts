/** What was asked: one record per request, and counts since the last reset. */
import { appendFileSync } from 'node:fs';
import type { Area, Exchange, RequestKind } from './exchange.ts';

/** One answered request. */
export interface RequestRecord {
  readonly t: string;
  readonly kind: RequestKind | 'refused';
  readonly area?: Area;
  readonly host: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 when nothing was answered. */
  readonly status: number;
  /** Bytes of the body, received and sent by the simulator. */
  readonly bytes: number;
  readonly sent: number;
  readonly cost?: number;
  readonly nodes?: number;
  readonly operation?: string;
  /** GraphQL fields with selections of their own, as "Type.field". */
  readonly fields?: readonly string[];
  readonly resource?: string;
  readonly remaining?: number;
  /** Whether the caller sent an entity tag, and whether a token. */
  readonly conditional: boolean;
  readonly authorized: boolean;
  readonly scenario?: string;
  readonly user_agent?: string;
  readonly note?: string;
  readonly ms: number;
}

/** Counts since the last reset. */
export interface Summary {
  /** REST requests answered with anything but 304, and those answered 304. */
  rest: number;
  rest_not_modified: number;
  graphql: number;
  graphql_points: number;
  graphql_nodes: number;
  downloads: number;
  git: number;
  services: Record<string, number>;
  services_total: number;
  bytes: number;
  bytes_sent_by_client: number;
  errors: number;
  by_route: Record<string, number>;
  wall_ms: number;
}

export type LogTarget = string | ((record: RequestRecord) => void) | undefined;

const bump = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export class RequestLog {
  readonly records: RequestRecord[] = [];
  private counts = emptyCounts();
  private startedAt = Date.now();
  private readonly target: LogTarget;

  constructor(target: LogTarget) {
    this.target = target;
  }

  reset(): void {
    this.records.length = 0;
    this.counts = emptyCounts();
    this.startedAt = Date.now();
  }

  summary(): Summary {
    const services_total = Object.values(this.counts.services).reduce((sum, n) => sum + n, 0);
    return { ...structuredClone(this.counts), services_total, wall_ms: Date.now() - this.startedAt };
  }

  /** Counts and records an answered request. */
  answered(x: Exchange, status: number, bytes: number): void {
    if (x.kind === 'control') return;
    this.count(x, status, bytes);
    const { plan, rate } = x;
    this.write({
      t: new Date().toISOString(),
      kind: x.kind,
      area: x.area,
      host: x.host,
      method: x.method,
      path: x.path + x.search,
      status,
      bytes,
      sent: x.body.length,
      ...(plan ? { cost: plan.cost, nodes: plan.nodes, operation: plan.operation, fields: plan.fields } : {}),
      resource: x.resource,
      remaining: rate && rate.limit - rate.used,
      conditional: x.headers['if-none-match'] !== undefined,
      authorized: x.headers.authorization !== undefined,
      scenario: x.scenario?.name,
      user_agent: x.headers['user-agent'],
      note: x.notes.length ? x.notes.join('; ') : undefined,
      ms: Date.now() - x.startedAt,
    });
  }

  /** Records a refused attempt to reach a stranger through the proxy. */
  refused(address: string): void {
    bump(this.counts.by_route, `refused CONNECT ${address}`);
    const none = { status: 403, bytes: 0, sent: 0, conditional: false, authorized: false, ms: 0 };
    this.write({
      t: new Date().toISOString(),
      kind: 'refused',
      host: address,
      method: 'CONNECT',
      path: '',
      ...none,
    });
  }

  private count(x: Exchange, status: number, bytes: number): void {
    const n = this.counts;
    n.bytes += bytes;
    n.bytes_sent_by_client += x.body.length;
    if (status >= 400) n.errors++;
    if (x.kind === 'rest') n[status === 304 ? 'rest_not_modified' : 'rest']++;
    else if (x.kind === 'graphql') {
      n.graphql++;
      n.graphql_points += x.plan?.cost ?? 0;
      n.graphql_nodes += x.plan?.nodes ?? 0;
    } else if (x.kind === 'download') n.downloads++;
    else if (x.kind === 'git') n.git++;
    else bump(n.services, x.host);
    const path = x.path.replace(/[0-9a-f]{40}/g, '{sha}').replace(/\/\d+/g, '/{n}');
    bump(n.by_route, `${x.kind} ${x.method} ${path}`);
  }

  private write(record: RequestRecord): void {
    this.records.push(record);
    if (typeof this.target === 'function') this.target(record);
    else if (this.target) appendFileSync(this.target, `${JSON.stringify(record)}\n`);
  }
}

const emptyCounts = () => ({
  rest: 0,
  rest_not_modified: 0,
  graphql: 0,
  graphql_points: 0,
  graphql_nodes: 0,
  downloads: 0,
  git: 0,
  services: {} as Record<string, number>,
  bytes: 0,
  bytes_sent_by_client: 0,
  errors: 0,
  by_route: {} as Record<string, number>,
});
