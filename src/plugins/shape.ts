/** Is what a plugin exports a plugin? Every mistake is one line that names the unit and what is wrong with it. */
import { type AnyEvidence, type Check, OUTCOMES, type Plugin, type Probe, WEIGHT } from '../core/index.ts';

/** A plugin whose shape is right. */
export interface Shaped {
  readonly name: string;
  readonly checks: readonly Check[];
  /** Probes of the checks and those beside them, each once. */
  readonly probes: readonly Probe[];
  readonly cases: NonNullable<Plugin['cases']>;
}

/** True for units of the program itself, which a plugin may build on. */
export type IsBuiltIn = (unit: object) => boolean;

const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const ID = /^[A-Za-z][A-Za-z0-9-]{0,79}$/;
const FORGES = ['github', 'gitlab', 'azure', 'local'];
const READS = ['name', 'head', 'whole'];
const MAX_UNITS = 1000;

/**
 * Looks at a plugin's default export.
 * @param usualName taken when the plugin names itself nothing
 * @throws Error saying in one line what is wrong
 */
export function shapeOf(exported: unknown, usualName: string, isBuiltIn: IsBuiltIn): Shaped {
  if (exported === undefined)
    return wrong('it has no default export (export default definePlugin({ name, checks, probes }))');
  const plugin = asPlugin(exported);
  only('the plugin', plugin, ['name', 'checks', 'probes', 'cases']);
  const name = plugin.name ?? usualName;
  if (typeof name !== 'string' || !NAME.test(name))
    wrong(`the name must be of lower-case letters, digits and dashes, not ${shown(name)}`);
  const seen: Seen = { isBuiltIn, evidence: new Map(), probes: new Map() };
  const checks = arrayOf('checks', plugin.checks).map((one, index) => checkOf(one, index, seen));
  for (const [index, one] of arrayOf('probes', plugin.probes).entries())
    probeOf(one, `probe ${index + 1}`, seen);
  unique(
    'check',
    checks.map((check) => check.name.toLowerCase()),
  );
  const probes = [...seen.probes.values()];
  unique(
    'probe',
    probes.map((probe) => probe.id.toLowerCase()),
  );
  if (checks.length + probes.length === 0) wrong('it has neither checks nor probes');
  return { name: name as string, checks, probes, cases: casesOf(plugin.cases) };
}

/** A plugin, or one check or probe alone. */
function asPlugin(exported: unknown): Record<string, unknown> {
  if (!isObject(exported)) return wrong(`the default export must be an object, not ${shown(exported)}`);
  if (typeof exported.score === 'function') return { checks: [exported] };
  if (typeof exported.run === 'function') return { probes: [exported] };
  return exported;
}

interface Seen {
  readonly isBuiltIn: IsBuiltIn;
  readonly evidence: Map<string, object>;
  readonly probes: Map<string, Probe>;
}

function checkOf(value: unknown, index: number, seen: Seen): Check {
  const place = `check ${index + 1}`;
  if (!isObject(value)) return wrong(`${place} must be made by defineCheck, not ${shown(value)}`);
  if (seen.isBuiltIn(value)) return wrong(`${place} is one of Assay's own`);
  const at = typeof value.name === 'string' ? `${place} (${value.name})` : place;
  id(at, 'name', value.name);
  oneOf(at, 'risk', value.risk, Object.keys(WEIGHT));
  texts(at, 'tags', value.tags);
  listOf(at, 'forges', value.forges, FORGES);
  for (const key of ['atCommit', 'onFolder'])
    if (typeof value[key] !== 'boolean')
      wrong(`${at}: ${key} must be true or false, not ${shown(value[key])}`);
  for (const key of ['summary', 'motivation', 'scoring']) words(at, key, value[key]);
  texts(at, 'remediation', value.remediation);
  callable(at, 'score', value.score);
  improvements(at, value.improvements);
  const probes = arrayOf(`${at}: probes`, value.probes);
  if (probes.length === 0) wrong(`${at}: probes must name at least one probe`);
  probes.forEach((probe, number) => probeOf(probe, `${at}: probe ${number + 1}`, seen));
  furtherOf(at, value, seen);
  return value as unknown as Check;
}

/** Further probes belong to improvements of the check. */
function furtherOf(at: string, { further, improvements }: Record<string, unknown>, seen: Seen): void {
  if (further === undefined) return;
  if (!isObject(further)) wrong(`${at}: further must be an object of probes, not ${shown(further)}`);
  for (const [name, probes] of Object.entries(further)) {
    if (!isObject(improvements) || !Object.hasOwn(improvements, name))
      wrong(`${at}: further.${name} is no improvement of the check`);
    arrayOf(`${at}: further.${name}`, probes).forEach((probe, number) =>
      probeOf(probe, `${at}: further.${name}: probe ${number + 1}`, seen),
    );
  }
}

function probeOf(value: unknown, place: string, seen: Seen): void {
  if (!isObject(value)) wrong(`${place} must be made by defineProbe, not ${shown(value)}`);
  if (seen.isBuiltIn(value)) return;
  const at = typeof value.id === 'string' ? `${place} (${value.id})` : place;
  id(at, 'id', value.id);
  if (seen.probes.get(value.id as string) === (value as unknown)) return;
  if (seen.probes.has(value.id as string)) wrong(`two probes are called ${value.id}`);
  oneOf(at, 'lifecycle', value.lifecycle, ['experimental', 'stable', 'deprecated']);
  for (const key of ['summary', 'motivation', 'implementation']) words(at, key, value[key]);
  if (!isObject(value.outcomes)) wrong(`${at}: outcomes must be an object, not ${shown(value.outcomes)}`);
  for (const outcome of Object.keys(value.outcomes as object)) oneOf(at, 'outcomes', outcome, OUTCOMES);
  const remediation = value.remediation;
  if (!isObject(remediation)) wrong(`${at}: remediation must be { on, effort, steps }`);
  oneOf(at, 'remediation.on', remediation.on, OUTCOMES);
  oneOf(at, 'remediation.effort', remediation.effort, ['None', 'Low', 'Medium', 'High']);
  texts(at, 'remediation.steps', remediation.steps);
  listOf(at, 'forges', value.forges, FORGES);
  callable(at, 'run', value.run);
  improvements(at, value.improvements);
  needs(at, value.needs, seen, 0);
  seen.probes.set(value.id as string, value as unknown as Probe);
}

const MAX_DEPTH = 50;

function needs(at: string, value: unknown, seen: Seen, depth: number): void {
  if (!isObject(value)) wrong(`${at}: needs must be an object of evidence, not ${shown(value)}`);
  if (depth > MAX_DEPTH) wrong(`${at}: its evidence needs itself`);
  for (const [key, kind] of Object.entries(value)) evidence(`${at}: needs.${key}`, kind, seen, depth);
}

function evidence(at: string, value: unknown, seen: Seen, depth: number): void {
  if (!isObject(value)) wrong(`${at} must be evidence (perFile, derive, ...), not ${shown(value)}`);
  if (seen.isBuiltIn(value)) return;
  id(at, 'id', value.id);
  const kind = value as unknown as AnyEvidence;
  const other = seen.evidence.get(kind.id);
  if (other === value) return;
  if (other !== undefined) wrong(`${at}: two kinds of evidence are called ${kind.id}`);
  if (!Number.isInteger(kind.version))
    wrong(`${at}: version must be a whole number, not ${shown(kind.version)}`);
  switch (kind.kind) {
    case 'perFile':
      paths(at, kind.paths);
      oneOf(at, 'read', kind.read, READS);
      callable(at, 'visit', kind.visit);
      if (kind.wholeIf !== undefined) callable(at, 'wholeIf', kind.wholeIf);
      if (kind.maxBytes !== undefined && !(kind.maxBytes > 0))
        wrong(`${at}: maxBytes must be a number of bytes`);
      break;
    case 'forge':
      texts(at, 'facts', kind.facts);
      callable(at, 'read', kind.read);
      break;
    case 'ask':
    case 'derive':
      callable(at, kind.kind, kind.kind === 'ask' ? kind.ask : kind.derive);
      needs(at, kind.needs, seen, depth + 1);
      break;
    default:
      wrong(`${at} must be made by perFile, fromForge, ask or derive`);
  }
  seen.evidence.set(kind.id, value);
}

function paths(at: string, value: unknown): void {
  if (!isObject(value)) wrong(`${at}: paths must be an object, not ${shown(value)}`);
  only(`${at}: paths`, value, ['every', 'folders', 'names', 'extensions', 'where']);
  for (const key of ['folders', 'names', 'extensions'])
    if (value[key] !== undefined) {
      texts(at, `paths.${key}`, value[key]);
      for (const word of value[key] as readonly string[]) {
        const right = key === 'extensions' ? word.toLowerCase().replace(/^\*?\./, '') : word.toLowerCase();
        if (word !== right) wrong(`${at}: paths.${key}: write ${shown(right)}, not ${shown(word)}`);
      }
    }
  if (value.where !== undefined) callable(at, 'paths.where', value.where);
  if (value.every === true) return;
  if (['folders', 'names', 'extensions'].every((key) => value[key] === undefined))
    wrong(`${at}: paths must name folders, names or extensions, or say every: true`);
}

function casesOf(value: unknown): NonNullable<Plugin['cases']> {
  if (value === undefined) return {};
  if (!isObject(value)) return wrong(`cases must be { checks, probes, evidence }, not ${shown(value)}`);
  only('cases', value, ['checks', 'probes', 'evidence']);
  for (const [key, tables] of Object.entries(value)) {
    if (!isObject(tables)) return wrong(`cases.${key} must be an object of tables, not ${shown(tables)}`);
    for (const [unit, table] of Object.entries(tables)) arrayOf(`cases.${key}.${unit}`, table);
  }
  return value as NonNullable<Plugin['cases']>;
}

function improvements(at: string, value: unknown): void {
  if (value === undefined) return;
  if (!isObject(value)) wrong(`${at}: improvements must be an object, not ${shown(value)}`);
  for (const [name, one] of Object.entries(value)) {
    if (!isObject(one)) wrong(`${at}: the improvement ${name} must be { what, why }`);
    for (const key of ['what', 'why']) words(`${at}: the improvement ${name}`, key, one[key]);
  }
}

function only(at: string, value: Record<string, unknown>, allowed: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) wrong(`${at} has an unknown key ${unknown} (one of ${allowed.join(', ')})`);
}

function arrayOf(what: string, value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return wrong(`${what} must be an array, not ${shown(value)}`);
  return value.length > MAX_UNITS ? wrong(`${what} has more than ${MAX_UNITS} entries`) : value;
}

function unique(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) wrong(`two ${what}s are called ${twice}`);
}

function id(at: string, key: string, value: unknown): void {
  if (typeof value !== 'string' || !ID.test(value))
    wrong(`${at}: ${key} must be of letters, digits and dashes, not ${shown(value)}`);
}

function words(at: string, key: string, value: unknown): void {
  if (typeof value !== 'string') wrong(`${at}: ${key} must be a text, not ${shown(value)}`);
}

function callable(at: string, key: string, value: unknown): void {
  if (typeof value !== 'function') wrong(`${at}: ${key} must be a function, not ${shown(value)}`);
}

function texts(at: string, key: string, value: unknown): void {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string'))
    wrong(`${at}: ${key} must be a list of texts, not ${shown(value)}`);
}

function listOf(at: string, key: string, value: unknown, allowed: readonly string[]): void {
  texts(at, key, value);
  for (const one of value as string[]) oneOf(at, key, one, allowed);
}

function oneOf(at: string, key: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string))
    wrong(`${at}: ${key} must be one of ${allowed.join(', ')}, not ${shown(value)}`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

export function wrong(message: string): never {
  throw new Error(message);
}
