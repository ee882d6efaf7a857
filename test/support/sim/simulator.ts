/**
 * A simulated GitHub: serves a folder of scenarios as if they were repositories there, with the
 * neighbouring services an analyser asks. Any number may run in one process.
 */
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { join } from 'node:path';
import { FaultEngine } from './faults/engine.ts';
import type { FaultRule } from './faults/types.ts';
import { GitStore } from './git/store.ts';
import { answer, type Machinery } from './http/answer.ts';
import { type AppSpec, InstalledApp } from './http/app.ts';
import { type Certificates, makeCertificates } from './http/certificates.ts';
import { control } from './http/control.ts';
import { type Exchange, githubError, type Reply } from './http/exchange.ts';
import { GITHUB_HOSTS, locate, STRANGER } from './http/locate.ts';
import { type LogTarget, RequestLog, type RequestRecord, type Summary } from './http/log.ts';
import { connectHandler } from './http/proxy.ts';
import { RateLimits } from './http/rates.ts';
import { send } from './http/send.ts';
import { listening, plainServer, shut, tlsServer } from './http/servers.ts';
import { World } from './model/world.ts';
import { parseRegistries, SERVICE_HOSTS } from './services/index.ts';
import { clientEnvironment, describeScenario, type ScenarioInfo } from './views.ts';

export interface SimulatorOptions {
  /** Folders of scenarios. */
  readonly scenarios: readonly string[];
  /** Port of the plain server; 0 picks a free one. */
  readonly port?: number;
  /** Port of a TLS server of its own; left out, TLS is only spoken through the proxy. */
  readonly httpsPort?: number;
  /** Listen on 443 too, for use with the hosts file. */
  readonly alsoPort443?: boolean;
  /** A file for one JSON line per request, or a function that gets each record. */
  readonly log?: LogTarget;
  /** Milliseconds before every answer. */
  readonly latency?: number;
  /** Clock the scenarios count from (ISO), which also fixes all commit ids; left out: now. */
  readonly now?: string;
  /** Host names under which package look-ups are answered: "npm=HOST,pypi=HOST". */
  readonly registries?: string;
  /** Hourly budget per token (5000). */
  readonly rateLimit?: number;
  /** An installed app, whose tokens only are taken for tokens of apps. */
  readonly app?: AppSpec;
  /** Compress large JSON answers when the caller allows it. */
  readonly gzip?: boolean;
}

/** Sees every answer before it is sent, and may put another in its place. */
export type Tap = (record: Pick<Exchange, 'kind' | 'host' | 'path' | 'plan'>, reply: Reply) => Reply;

/** Commit ids of a repository. */
export interface Heads {
  readonly head: string | null;
  readonly commits: readonly string[];
  readonly pulls: readonly { readonly number: number; readonly head: string }[];
}

/** Loads the scenarios and starts listening. Close it when done. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const sim = new Simulator(options);
  await sim.listen(options);
  return sim;
}

export class Simulator {
  readonly world: World;
  private readonly machinery: Machinery;
  private readonly rates: RateLimits;
  private readonly log: RequestLog;
  private readonly gzip: boolean;
  private readonly plain: Server;
  private tls: TlsServer | undefined;
  private standard: TlsServer | undefined;
  private certificates: Certificates | undefined;
  private readonly hosts: ReadonlySet<string>;
  private httpPort = 0;
  private tapped: Tap = (_, reply) => reply;
  private httpsPort: number | undefined;

  constructor(options: SimulatorOptions) {
    const now = options.now ? Date.parse(options.now) : Math.floor(Date.now() / 1000) * 1000;
    this.world = new World(now);
    for (const folder of options.scenarios) this.world.load(folder);
    const registries = parseRegistries(options.registries ?? '');
    this.machinery = {
      world: this.world,
      git: new GitStore(),
      faults: new FaultEngine(),
      registries,
      latency: options.latency ?? 0,
      app: options.app && new InstalledApp(options.app),
      active: undefined,
    };
    this.rates = new RateLimits(options.rateLimit ?? 5000);
    this.log = new RequestLog(options.log);
    this.gzip = options.gzip ?? false;
    this.hosts = new Set([...GITHUB_HOSTS, ...SERVICE_HOSTS, ...Object.keys(registries), STRANGER]);
    this.plain = plainServer((...args) => void this.handle(...args, 'http'));
    this.plain.on(
      'connect',
      connectHandler(
        this.hosts,
        () => this.tlsServer(),
        (address) => this.log.refused(address),
      ),
    );
  }

  /** Base address in the style of api.github.com. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get graphqlUrl(): string {
    return `${this.apiUrl}/graphql`;
  }

  /** Address for proxy variables. */
  get proxyUrl(): string {
    return this.apiUrl;
  }

  /** Base address of the TLS server, when one was asked for; Enterprise style below `/api/v3`. */
  get httpsUrl(): string | undefined {
    return this.httpsPort === undefined ? undefined : `https://localhost:${this.httpsPort}`;
  }

  /** Base address of a neighbouring service. */
  serviceUrl(host: string): string {
    return `${this.apiUrl}/_svc/${host}`;
  }

  /** Path of a PEM file with the authority clients must trust to speak TLS. */
  caFile(): string {
    const file = join(this.machinery.git.root, 'ca.pem');
    writeFileSync(file, this.caCertificate());
    return file;
  }

  caCertificate(): string {
    this.certificates ??= makeCertificates(['localhost', '127.0.0.1', ...this.hosts]);
    return this.certificates.ca;
  }

  /** Variables that lead a program here: by base addresses, and with `proxy` for everything else too. */
  environment(options: { readonly proxy?: boolean } = {}): Record<string, string> {
    return clientEnvironment(this, options.proxy ? this.caFile() : undefined);
  }

  scenarios(): ScenarioInfo[] {
    return [...this.world.scenarios.values()].map(describeScenario);
  }

  /** Zeroes counts, budgets and faults; service faults of the named scenario apply from here on. */
  reset(active?: string): void {
    this.machinery.active = active;
    this.machinery.faults.reset();
    this.rates.reset();
    this.log.reset();
    this.tapped = (_, reply) => reply;
  }

  /** Looks at, or changes, every answer until the next reset. */
  tap(tap: Tap): void {
    this.tapped = tap;
  }

  /** Adds faults until the next reset. */
  inject(...rules: readonly FaultRule[]): void {
    this.machinery.faults.inject(rules);
  }

  summary(): Summary {
    return this.log.summary();
  }

  /** Requests since the last reset, in the order in which they were answered. */
  requests(): readonly RequestRecord[] {
    return [...this.log.records];
  }

  /** Commit ids of a repository, by its present or a former name. */
  head(owner: string, name: string): Heads {
    const repo = this.world.repo(owner, name) ?? this.world.movedRepo(owner, name);
    if (!repo) return { head: null, commits: [], pulls: [] };
    const pulls = [...repo.pulls.values()].map((p) => ({ number: p.number, head: p.head.sha }));
    return { head: repo.head || null, commits: repo.commits.map((c) => c.sha), pulls };
  }

  info(): object {
    return {
      http: this.apiUrl,
      https: this.httpsUrl,
      ca: this.caFile(),
      now: new Date(this.world.now).toISOString(),
      scenarios: this.world.scenarios.size,
      pid: process.pid,
    };
  }

  async listen(options: SimulatorOptions): Promise<void> {
    this.httpPort = await listening(this.plain, options.port ?? 0);
    if (options.httpsPort !== undefined)
      this.httpsPort = await listening(this.tlsServer(), options.httpsPort);
    if (options.alsoPort443) {
      this.standard = this.newTlsServer();
      await listening(this.standard, 443);
    }
  }

  async close(): Promise<void> {
    for (const server of [this.plain, this.tls, this.standard]) if (server) await shut(server);
    this.machinery.git.close();
  }

  private tlsServer(): TlsServer {
    this.tls ??= this.newTlsServer();
    return this.tls;
  }

  private newTlsServer(): TlsServer {
    this.caCertificate();
    return tlsServer(this.certificates as Certificates, (...args) => void this.handle(...args, 'https'));
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
    scheme: 'http' | 'https',
  ): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { registries } = this.machinery;
      const x = locate(request, Buffer.concat(chunks), scheme, {
        rates: this.rates,
        registries,
        httpPort: this.httpPort,
      });
      let reply: Reply;
      if (x.kind === 'control') reply = control(this, x);
      else {
        const own = await answer(this.machinery, x).catch((error: unknown) => {
          x.notes.push(`simulator error: ${error instanceof Error ? error.stack : error}`);
          return githubError(500, 'simulator error, see the request log');
        });
        reply = this.tapped(x, own);
      }
      const { status, bytes } = send(response, x, reply, { gzip: this.gzip });
      this.log.answered(x, status, bytes);
    } catch {
      // The caller went away while its request was read.
      response.destroy();
    }
  }
}
