/** What pipelines beside GitHub Actions fetch: images and scripts of other CI systems, compose and devcontainer files. */
import { parseYaml } from '../yaml/index.ts';
import { readAzure } from './azure.ts';
import { readCompose } from './compose.ts';
import { readDevcontainer, withoutComments } from './devcontainer.ts';
import { readGitlab } from './gitlab.ts';
import { type CiFile, type CiFormat, newCollector } from './model.ts';
import {
  readAppveyor,
  readBitbucket,
  readBuildkite,
  readCircle,
  readCirrus,
  readDrone,
  readTravis,
} from './others.ts';

export type { CiFile, CiFormat, CiImage, CiScript, CiTask } from './model.ts';

const AZURE_FOLDERS =
  /^(?:(?:\.?(?:azure-?pipelines|azuredevops|vsts|ado|pipelines)|(?:build|eng|tools|ci|\.ci)\/(?:azure-?)?pipelines)\/)/;
/** Code of others, whose pipelines never run here. */
const VENDORED = /(?:^|\/)(?:vendor|node_modules|third_?party|third-party)\//;

/** The format of a file by its path, which is compared in lower case; undefined for all others. */
export function ciFormatOf(path: string): CiFormat | undefined {
  const lower = path.toLowerCase();
  if (VENDORED.test(lower)) return undefined;
  const base = lower.slice(lower.lastIndexOf('/') + 1);
  if (base === 'devcontainer.json' || base === '.devcontainer.json') return 'devcontainer';
  if (!base.endsWith('.yml') && !base.endsWith('.yaml')) return undefined;
  if (base.includes('gitlab-ci') || lower.startsWith('.gitlab/ci/')) return 'gitlab';
  if (base.startsWith('azure-pipeline') || AZURE_FOLDERS.test(lower)) return 'azure';
  const further = otherFormat(lower, base);
  if (further !== undefined) return further;
  return base.includes('compose') && /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(base)
    ? 'compose'
    : undefined;
}

/** Files of CI systems that have one fixed name or folder. */
const NAMES: Readonly<Record<string, CiFormat>> = {
  '.travis.yml': 'travis',
  '.cirrus.yml': 'cirrus',
  'appveyor.yml': 'appveyor',
  '.appveyor.yml': 'appveyor',
  'bitbucket-pipelines.yml': 'bitbucket',
  '.drone.yml': 'drone',
  '.woodpecker.yml': 'drone',
  '.woodpecker.yaml': 'drone',
};
const FOLDERS: readonly (readonly [string, CiFormat])[] = [
  ['.circleci/', 'circleci'],
  ['.buildkite/', 'buildkite'],
  ['.woodpecker/', 'drone'],
];

/** By the name anywhere for a file, by the folder at the root for several. */
function otherFormat(lower: string, base: string): CiFormat | undefined {
  if (Object.hasOwn(NAMES, base)) return NAMES[base];
  if (!lower.startsWith('.')) return undefined;
  return FOLDERS.find(([folder]) => lower.startsWith(folder))?.[1];
}

/** Reads one file; one that is not YAML, or has another shape, gives nothing. Never throws. */
export function parseCiFile(text: string, path: string): CiFile | undefined {
  const format = ciFormatOf(path);
  if (format === undefined) return undefined;
  const { root } = parseYaml(format === 'devcontainer' ? withoutComments(text) : text);
  const found = newCollector();
  if (root !== undefined) READERS[format](root, found);
  return { path, format, images: found.images, scripts: found.scripts, tasks: found.tasks };
}

const READERS = {
  gitlab: readGitlab,
  azure: readAzure,
  compose: readCompose,
  devcontainer: readDevcontainer,
  circleci: readCircle,
  travis: readTravis,
  cirrus: readCirrus,
  appveyor: readAppveyor,
  bitbucket: readBitbucket,
  buildkite: readBuildkite,
  drone: readDrone,
} as const;
