/**
 * Which registry the user's own package client is set to. Assay knows no registry by itself: one is asked only at the
 * address that a client's configuration names, and that of the user alone, never a file of a repository.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../http/index.ts';
import { isObject, stringOf } from './ask-json.ts';
import type { PackageName } from './package-name.ts';

export interface Registry {
  /** Without a slash at the end and without user and password. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const MAX_BYTES = 1024 * 1024;

/** The setting that a message names. */
export const SETTINGS: Readonly<Partial<Record<PackageName['type'], string>>> = {
  npm: 'npm_config_registry or ~/.npmrc',
  pypi: 'PIP_INDEX_URL or pip.conf',
  gem: 'the sources in ~/.gemrc',
  nuget: 'the sources in NuGet.Config',
  composer: "the repositories in Composer's config.json",
};

/** Undefined when no client names one. */
export function registryFor(wanted: PackageName, environment: Environment): Registry | undefined {
  switch (wanted.type) {
    case 'npm':
      return npm(wanted.name, environment);
    case 'pypi':
      return registry(environment.PIP_INDEX_URL || fromPipConfig(environment));
    case 'gem':
      return registry(firstOf(gemFiles(environment), (text) => sourcesInGemrc(text)));
    case 'nuget':
      return registry(firstOf(nugetFiles(environment), sourceInNugetConfig));
    case 'composer':
      return registry(firstOf(composerFiles(environment), sourceInComposerConfig));
    default:
      return undefined;
  }
}

function registry(address: string | undefined, headers: Registry['headers'] = {}): Registry | undefined {
  const url = address === undefined ? null : URL.parse(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  return { url: url.href.replace(/\/+$/, ''), headers: username === '' ? headers : basic };
}

function npm(name: string, environment: Environment): Registry | undefined {
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : undefined;
  const file =
    environment.NPM_CONFIG_USERCONFIG ?? environment.npm_config_userconfig ?? home(environment, '.npmrc');
  const lines = settingsIn(read(file) ?? '', environment);
  const value = (key: string) =>
    environment[`npm_config_${key}`] || environment[`NPM_CONFIG_${key.toUpperCase()}`] || lines.get(key);
  const address = (scope && value(`${scope}:registry`)) || value('registry');
  const found = registry(address);
  if (found === undefined) return undefined;
  const token = lines.get(`${found.url.replace(/^https?:/, '')}/:_authToken`);
  return token ? { ...found, headers: { authorization: `Bearer ${token}` } } : found;
}

/** `key = value` lines; comments begin with `#` or `;`; `${NAME}` is a variable. */
function settingsIn(text: string, environment: Environment): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const clean = line.trim();
    const equals = clean.indexOf('=');
    if (equals < 1 || /^[#;[]/.test(clean)) continue;
    const value = clean
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    found.set(
      clean.slice(0, equals).trim(),
      value.replace(/\$\{(\w{1,100})\??\}/g, (_, name: string) => environment[name] ?? ''),
    );
  }
  return found;
}

function fromPipConfig(environment: Environment): string | undefined {
  const files = [
    environment.PIP_CONFIG_FILE,
    environment.APPDATA && join(environment.APPDATA, 'pip', 'pip.ini'),
    environment.XDG_CONFIG_HOME && join(environment.XDG_CONFIG_HOME, 'pip', 'pip.conf'),
    home(environment, '.config', 'pip', 'pip.conf'),
    home(environment, 'Library', 'Application Support', 'pip', 'pip.conf'),
    home(environment, '.pip', 'pip.conf'),
    '/etc/pip.conf',
  ];
  return firstOf(files, (text) => settingsIn(text, {}).get('index-url'));
}

function gemFiles(environment: Environment): (string | undefined)[] {
  const config = environment.XDG_CONFIG_HOME || home(environment, '.config');
  return [environment.GEMRC, home(environment, '.gemrc'), config && join(config, 'gem', 'gemrc')];
}

/** The first entry of the list `:sources:`. */
function sourcesInGemrc(text: string): string | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^:?sources:\s*$/.test(line));
  const first = start < 0 ? undefined : lines.slice(start + 1).find((line) => line.trim() !== '');
  return first === undefined ? undefined : /^\s*-\s+["']?([^"'\s]+)/.exec(first)?.[1];
}

function nugetFiles(environment: Environment): (string | undefined)[] {
  return [
    environment.APPDATA && join(environment.APPDATA, 'NuGet', 'NuGet.Config'),
    home(environment, '.nuget', 'NuGet', 'NuGet.Config'),
    home(environment, '.config', 'NuGet', 'NuGet.Config'),
  ];
}

/** The first source with a service index, which is what version 3 of the protocol has. */
function sourceInNugetConfig(text: string): string | undefined {
  const start = text.indexOf('<packageSources>');
  const end = text.indexOf('</packageSources>', start);
  if (start < 0 || end < 0) return undefined;
  for (const tag of text.slice(start, end).split('<add ').slice(1)) {
    const value = /\bvalue\s*=\s*"([^"]{1,1000})"/.exec(tag.slice(0, 2000))?.[1];
    if (value !== undefined && /^https?:\/\/.*\/index\.json$/.test(value))
      return value.replaceAll('&amp;', '&');
  }
  return undefined;
}

function composerFiles(environment: Environment): (string | undefined)[] {
  const config = environment.XDG_CONFIG_HOME || home(environment, '.config');
  return [
    environment.COMPOSER_HOME && join(environment.COMPOSER_HOME, 'config.json'),
    config && join(config, 'composer', 'config.json'),
    home(environment, '.composer', 'config.json'),
  ];
}

function sourceInComposerConfig(text: string): string | undefined {
  try {
    const { repositories } = JSON.parse(text) as { repositories?: unknown };
    const all = isObject(repositories) || Array.isArray(repositories) ? Object.values(repositories) : [];
    const first = all.find((one) => isObject(one) && one.type === 'composer');
    return isObject(first) ? stringOf(first.url) : undefined;
  } catch {
    return undefined;
  }
}

function home(environment: Environment, ...parts: string[]): string | undefined {
  const folder = environment.HOME || environment.USERPROFILE;
  return folder ? join(folder, ...parts) : undefined;
}

function firstOf(
  files: readonly (string | undefined)[],
  find: (text: string) => string | undefined,
): string | undefined {
  for (const file of files) {
    const text = read(file);
    const found = text === undefined ? undefined : find(text);
    if (found) return found;
  }
  return undefined;
}

function read(file: string | undefined): string | undefined {
  try {
    if (!file || !statSync(file).isFile() || statSync(file).size > MAX_BYTES) return undefined;
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
