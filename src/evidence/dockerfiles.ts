import { perFile, type SourceFile } from '../core/index.ts';
import {
  baseImages,
  type DockerfileError,
  dockerfileInstalls,
  type ImageRecord,
  readDockerfile,
} from '../parse/dockerfile/index.ts';
import { hasCommands } from '../parse/has-commands.ts';
import {
  type InstallRecord,
  isAnyShellScript,
  limitInstalls,
  type ShellParseError,
} from '../parse/shell/index.ts';

/** What one Dockerfile takes from elsewhere. */
export interface DockerfileEvidence {
  readonly path: string;
  /** A template: the reference looks at its scripts but not at its images. */
  readonly template: boolean;
  /** The reference looks for `Dockerfile` in the name only. */
  readonly containerfile: boolean;
  readonly images: readonly ImageRecord[];
  readonly imageError?: DockerfileError;
  readonly installs: readonly InstallRecord[];
  readonly unreadable: readonly ShellParseError[];
  readonly scriptError?: DockerfileError;
  /** Why what stands from a line on was not looked at. */
  readonly cut?: DockerfileError;
}

const OTHER_LANGUAGES = ['.go', '.c', '.cpp', '.rs', '.js', '.py', '.pyc', '.java'];
const VENDORED = new Set(['vendor', 'third_party']);
const TEMPLATE = new Set(['template', 'tmpl', 'tpl']);

/** Dockerfiles outside vendored folders and test data. Reference: file-checks 1.5, 8.1. */
export const dockerfiles = perFile<DockerfileEvidence>({
  id: 'dockerfiles',
  version: 1,
  read: 'whole',
  paths: {
    every: true,
    where: (path) =>
      (path.lowerBase.includes('dockerfile') || path.lowerBase === 'containerfile') &&
      !path.testData &&
      !OTHER_LANGUAGES.some((end) => path.path.endsWith(end)) &&
      !path.lower.split('/').some((part) => VENDORED.has(part)),
  },
  notice: ({ cut }) =>
    cut && {
      code: 'file-not-understood',
      message: `dockerfiles: not read from line ${cut.line} on: ${cut.message}`,
      line: cut.line,
    },
  visit(file) {
    if (isAnyShellScript(file.path, file.headText()) || !hasCommands(file.text())) return [];
    const model = readDockerfile(file.text());
    const { images, error: imageError } = baseImages(model);
    const { records, errors, error: scriptError } = dockerfileInstalls(model);
    const limited = limitInstalls(records);
    const cut = model.error ?? model.cut ?? limited.cut;
    return [
      {
        path: file.path,
        template: isTemplate(file),
        containerfile: !file.lowerBase.includes('dockerfile'),
        images,
        ...(imageError === undefined ? {} : { imageError }),
        installs: limited.installs,
        unreadable: errors,
        ...(scriptError === undefined ? {} : { scriptError }),
        ...(cut === undefined ? {} : { cut }),
      },
    ];
  },
});

function isTemplate(file: SourceFile): boolean {
  return file.lowerBase.split(/[._-]/).some((part) => TEMPLATE.has(part));
}
