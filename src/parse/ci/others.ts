/** CircleCI, Travis CI, Cirrus CI, AppVeyor, Bitbucket, Buildkite, Drone and Woodpecker: scripts and images by key. */
import { getValue, type YamlNode } from '../yaml/index.ts';
import { addImage, addScripts, type Collector, pairsOf, scalarOf } from './model.ts';

/** What is read in one format; keys hold at any depth, since all of them nest jobs and matrices. */
interface Keys {
  readonly scripts: RegExp;
  /** Keys of images: a text, or a map with `name`. */
  readonly images?: RegExp;
}

const CIRCLE: Keys = { scripts: /^run$/, images: /^image$/ };
const TRAVIS: Keys = {
  scripts: /^(?:before_|after_)?(?:install|script|success|failure|deploy|cache)$/,
};
const CIRRUS: Keys = { scripts: /(?:^|_)script$/, images: /^image$/ };
const APPVEYOR: Keys = {
  scripts: /^(?:init|install|(?:before_|after_)(?:build|test|deploy)|(?:build|test|deploy)_script|on_\w+)$/,
};
const BITBUCKET: Keys = { scripts: /^(?:after-)?script$/, images: /^image$/ };
const BUILDKITE: Keys = { scripts: /^commands?$/ };
const DRONE: Keys = { scripts: /^commands$/, images: /^image$/ };

const MAX_DEPTH = 40;
/** Maps in place of a script: CircleCI's `command`, and AppVeyor's shells. */
const INNER: Readonly<Record<string, 'shell' | 'powershell'>> = {
  command: 'shell',
  cmd: 'shell',
  sh: 'shell',
  ps: 'powershell',
  pwsh: 'powershell',
};

/** A reader of the files of one format. Parts that are included from elsewhere are not followed. */
function reader(keys: Keys): (root: YamlNode, found: Collector) => void {
  return (root, found) => walk(root, keys, found, 0);
}

export const readCircle = reader(CIRCLE);
export const readCirrus = reader(CIRRUS);
export const readAppveyor = reader(APPVEYOR);
export const readBitbucket = reader(BITBUCKET);
export const readBuildkite = reader(BUILDKITE);
export const readDrone = reader(DRONE);

/** Travis CI: scripts, and what `deploy` names as its provider. */
export function readTravis(root: YamlNode, found: Collector): void {
  walk(root, TRAVIS, found, 0);
  const deploy = getValue(root, 'deploy');
  for (const one of deploy?.kind === 'seq' ? deploy.items : deploy === undefined ? [] : [deploy]) {
    const provider = one.kind === 'map' ? scalarOf(getValue(one, 'provider')) : scalarOf(one);
    if (provider !== undefined)
      found.tasks.push({
        name: 'travis-deploy',
        command: `provider=${provider.value.slice(0, 50)}`,
        line: provider.line,
      });
  }
}

function walk(node: YamlNode, keys: Keys, found: Collector, depth: number): void {
  if (found.budget-- < 0 || depth > MAX_DEPTH) return;
  if (node.kind === 'seq') for (const item of node.items) walk(item, keys, found, depth + 1);
  for (const [key, value] of pairsOf(node)) {
    if (keys.scripts.test(key)) scriptOf(value, keys, found, depth + 1);
    else if (keys.images?.test(key) === true && isImage(value))
      addImage(value.kind === 'map' ? getValue(value, 'name') : value, found);
    else if (!MACHINES.test(key)) walk(value, keys, found, depth + 1);
  }
}

/** Virtual machines have images too, which are no containers. */
const MACHINES = /^machine$|_instance$/;

/** Names with a blank or without a letter are no images; parameters of CircleCI cannot be told. */
function isImage(value: YamlNode): boolean {
  const text = scalarOf(value.kind === 'map' ? getValue(value, 'name') : value)?.value ?? '';
  return text !== '' && !/\s|^<<|^\$/.test(text);
}

function scriptOf(node: YamlNode, keys: Keys, found: Collector, depth: number): void {
  if (found.budget-- < 0 || depth > MAX_DEPTH) return;
  if (node.kind === 'scalar') addScripts(node, 'shell', found);
  else if (node.kind === 'seq') for (const item of node.items) scriptOf(item, keys, found, depth + 1);
  for (const [key, value] of pairsOf(node)) {
    const language = Object.hasOwn(INNER, key) ? INNER[key] : undefined;
    if (language !== undefined) addScripts(value, language, found);
    else if (value.kind !== 'scalar') walk(value, keys, found, depth + 1);
  }
}
