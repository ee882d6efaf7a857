/** Everything one simulator knows: repositories, accounts, teams and what the neighbouring services answer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { faultsOfScenario } from '../faults/scenario.ts';
import { moment, numId } from '../text.ts';
import { People } from './people.ts';
import { buildRepo } from './repo.ts';
import type { OsvSpec, RegistryKind, RepoSpec, ScenarioSpec } from './spec.ts';
import type { Repo, Scenario, User } from './types.ts';

/** What the neighbouring services know. */
export interface ServiceData {
  readonly osv: Map<string, OsvSpec>;
  /** Vulnerabilities of the head commit of a repository. */
  readonly osvByHead: { readonly repo: Repo; readonly id: string }[];
  readonly ossFuzz: object[];
  /** By "github.com/owner/name" in lower case. */
  readonly badges: Map<string, readonly object[]>;
  readonly depsDev: Map<string, NonNullable<ScenarioSpec['deps_dev']>>;
  /** Source address of packages. */
  readonly registries: Record<RegistryKind, Record<string, string>>;
}

export class World {
  readonly now: number;
  readonly people: People;
  readonly repos = new Map<string, Repo>();
  /** Repositories by their former names. */
  readonly moved = new Map<string, Repo>();
  readonly scenarios = new Map<string, Scenario>();
  readonly teams = new Map<string, readonly string[]>();
  readonly services: ServiceData = {
    osv: new Map(),
    osvByHead: [],
    ossFuzz: [],
    badges: new Map(),
    depsDev: new Map(),
    registries: { npm: {}, pypi: {}, rubygems: {}, nuget: {} },
  };

  constructor(now: number) {
    this.now = now;
    this.people = new People(now);
  }

  /** The account the token belongs to. */
  get viewer(): User {
    return this.people.get('sim-scanner');
  }

  repo(owner: string, name: string): Repo | undefined {
    return this.repos.get(`${owner}/${name}`.toLowerCase().replace(/\.git$/, ''));
  }

  /** The repository that had this name before. */
  movedRepo(owner: string, name: string): Repo | undefined {
    return this.moved.get(`${owner}/${name}`.toLowerCase());
  }

  reposOf(login: string): Repo[] {
    const owner = login.toLowerCase();
    return [...this.repos.values()].filter(
      (r) => r.ownerLogin.toLowerCase() === owner && r.access === 'public',
    );
  }

  /**
   * Loads every `NAME/scenario.yml` below a folder.
   * @throws Error naming the scenario when one cannot be read
   */
  load(folder: string): this {
    for (const name of readdirSync(folder).sort()) {
      const file = join(folder, name, 'scenario.yml');
      if (!existsSync(file)) continue;
      try {
        this.add(name, join(folder, name), parse(readFileSync(file, 'utf8')) as ScenarioSpec);
      } catch (cause) {
        throw new Error(`scenario ${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    }
    return this;
  }

  /** Adds one scenario; `dir` is where its trees lie. */
  add(name: string, dir: string, spec: ScenarioSpec): Scenario {
    for (const [login, user] of Object.entries(spec.users ?? {})) this.people.get(login, user ?? {});
    for (const [team, logins] of Object.entries(spec.teams ?? {})) this.teams.set(team.toLowerCase(), logins);
    const main = this.addRepo(spec, name, join(dir, 'files'));
    for (const extra of spec.extra_repos ?? []) {
      this.addRepo(extra, name, extra.files_dir ? join(dir, extra.files_dir) : undefined);
    }
    this.addServices(spec, main);
    const scenario: Scenario = { name, spec, faults: faultsOfScenario(spec.faults ?? {}), main };
    this.scenarios.set(name, scenario);
    return scenario;
  }

  private addRepo(spec: RepoSpec, scenario: string, filesDir: string | undefined): Repo {
    const repo = buildRepo(spec, scenario, filesDir, this.people);
    this.repos.set(repo.full_name.toLowerCase(), repo);
    for (const former of spec.moved_from ?? []) this.moved.set(former.toLowerCase(), repo);
    return repo;
  }

  private addServices(spec: ScenarioSpec, repo: Repo): void {
    const { services } = this;
    const uri = `github.com/${repo.full_name}`;
    const key = uri.toLowerCase();
    const published = moment('-40d', this.now);
    const modified = moment('-10d', this.now);
    for (const vuln of spec.osv?.vulns ?? []) {
      services.osv.set(vuln.id, { schema_version: '1.6.0', modified, published, ...vuln });
      if (vuln.affects_head) services.osvByHead.push({ repo, id: vuln.id });
    }
    if (spec.oss_fuzz) {
      const known =
        spec.oss_fuzz === true ? [{ name: repo.name, main_repo: `https://${uri}` }] : spec.oss_fuzz;
      services.ossFuzz.push(...known);
    }
    if (typeof spec.cii === 'string') {
      services.badges.set(key, [{ id: numId(uri) % 9999, name: repo.name, badge_level: spec.cii }]);
    } else if (spec.cii) services.badges.set(key, spec.cii);
    if (spec.deps_dev) services.depsDev.set(key, spec.deps_dev);
    for (const [kind, packages] of Object.entries(spec.registries ?? {})) {
      for (const [name, source] of Object.entries(packages ?? {})) {
        const url = typeof source === 'string' ? `https://github.com/${source}` : source.url;
        services.registries[kind as RegistryKind][name] = url;
      }
    }
  }
}

/** "localhost:8443/o/r" and "127.0.0.1:8080/o/r" name the same repository as "github.com/o/r". */
export const normalUri = (uri: string): string =>
  uri.replace(/^(localhost|127\.0\.0\.1)(:\d+)?\//, 'github.com/').toLowerCase();
