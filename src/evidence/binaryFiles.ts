import { ask, perFile } from '../core/index.ts';
import { formatOf } from '../parse/binary/format.ts';
import { isText, type Signature, signatureOf } from '../parse/binary/signature.ts';
import { publishedWrapper } from '../parse/binary/wrapper-digests.ts';
import { parseWorkflow, type Workflow } from '../parse/workflow/index.ts';
import { isTestInput } from './testInputs.ts';

/** A file that is or looks compiled. */
export interface BinaryFile {
  readonly path: string;
  /** What the first bytes say to the reference; absent when only the name speaks. */
  readonly signature?: Signature;
  /** The reference does not report it. */
  readonly beyond?: true;
  /** What the header really is; absent when it is no compiled format. */
  readonly format?: string;
  /** The release whose published wrapper jar this is, e.g. `Gradle 8.5`. */
  readonly wrapper?: string;
}

/** Compared case-sensitively, as in the reference (file-checks 2.2, rule B). */
const EXTENSIONS: ReadonlySet<string> = new Set(
  'crx deb dex dey elf o a so macho iso class jar bundle dylib lib msi dll drv efi exe ocx pyc pyo par rpm wasm whl'.split(
    ' ',
  ),
);

const extensionOf = (base: string): string => base.slice(base.lastIndexOf('.') + 1);
const isWrapper = (base: string): boolean => base === 'gradle-wrapper.jar' || base === 'maven-wrapper.jar';

/** Files that are executable by content, or by extension when they are no text. Empty files never are. */
export const binaryFiles = perFile<BinaryFile>({
  id: 'binaryFiles',
  version: 2,
  read: 'head',
  wholeIf: ({ base }) => isWrapper(base),
  maxBytes: 1024 * 1024,
  paths: { every: true, where: (path) => !path.testData },
  visit: ({ path, base, extension, head, bytes }) => {
    if (head.length === 0) return [];
    const signature = signatureOf(head);
    const reported =
      signature !== undefined || (extension !== '' && EXTENSIONS.has(extensionOf(base)) && !isText(head));
    const format = formatOf(head, extension);
    if (!reported && format === undefined) return [];
    const wrapper = isWrapper(base) ? publishedWrapper(base, bytes) : undefined;
    return [
      {
        path,
        ...(signature === undefined ? {} : { signature }),
        ...(reported ? {} : { beyond: true as const }),
        ...(format === undefined ? {} : { format }),
        ...(wrapper === undefined ? {} : { wrapper }),
      },
    ];
  },
});

/** Names of the improvements by which the Assay view lists binary files. */
type Adopts = (improvement: keyof typeof BINARY_IMPROVEMENTS) => boolean;

export const BINARY_IMPROVEMENTS = {
  'real-headers': {
    what: 'A file counts when its header really is that of a compiled format.',
    why: 'Text that begins with `MZ` and data called `.bundle` or `.lib` are no programs (ossf/scorecard#3760, #2163).',
  },
  'more-formats': {
    what: 'Extensions are compared ignoring case, and versioned libraries, app packages and bytecode count too.',
    why: '`SETUP.EXE`, `libx.so.1`, `app.war` and `app.apk` ship compiled code as `.exe`, `.so` and `.jar` do.',
  },
  'test-inputs': {
    what: 'Files in folders of tests and fixtures do not count.',
    why: 'Parsers of binary formats need samples to test with; these neither ship nor run (ossf/scorecard#3760).',
  },
  'published-wrappers': {
    what: 'Gradle and Maven wrapper jars with a published digest are verified.',
    why: 'The digest proves the content without any workflow run (ossf/scorecard#1815, #2357, ossf/scorecard-action#782).',
  },
} as const;

/** The files that a view reports, with what it takes them for, and whether something vouches for them. */
export function binaryList(
  files: readonly BinaryFile[],
  run: WrapperRun,
  adopts: Adopts,
): { readonly path: string; readonly what: string; readonly verified: boolean }[] {
  return files
    .filter(({ beyond }) => !beyond || adopts('more-formats'))
    .filter(({ beyond, format }) => beyond || format !== undefined || !adopts('real-headers'))
    .filter(({ path }) => !(adopts('test-inputs') && isTestInput(path)))
    .map(({ path, signature, format, wrapper }) => ({
      path,
      what: (adopts('real-headers') ? format : signature) ?? 'compiled',
      verified:
        (run.validated && isGradleWrapper(path)) || (wrapper !== undefined && adopts('published-wrappers')),
    }));
}

export const isGradleWrapper = (path: string): boolean =>
  path === 'gradle-wrapper.jar' || path.endsWith('/gradle-wrapper.jar');

/** A workflow that runs Gradle's wrapper validation. */
export interface WrapperValidation {
  readonly path: string;
}

const VALIDATORS = ['gradle/wrapper-validation-action@', 'gradle/actions/wrapper-validation@'];

const wrapperValidations = perFile<WrapperValidation>({
  id: 'wrapperValidations',
  version: 1,
  read: 'whole',
  paths: { folders: ['.github/workflows'], where: (path) => !path.testData },
  visit: (file) => {
    if (!file.text().includes('wrapper-validation')) return [];
    const workflow = file.parsedBytes(parseWorkflow);
    return validatesWrapper(workflow) ? [{ path: file.path }] : [];
  },
});

/** A workflow counts only when the reference's parser finds nothing wrong with it. */
function validatesWrapper({ error, problemCount, jobs }: Workflow): boolean {
  if (error !== undefined || problemCount > 0) return false;
  return jobs.some((job) =>
    job.steps.some(
      ({ uses }) => uses !== undefined && VALIDATORS.some((action) => uses.value.startsWith(action)),
    ),
  );
}

/** Whether the wrapper jars of this commit were validated by a successful run, or why that is not known. */
export interface WrapperRun {
  readonly validated: boolean;
  /** The forge could not be asked. */
  readonly failed?: string;
}

/**
 * Asks for runs only when a wrapper jar and a validating workflow are there. Reference: file-checks 2.3; the first
 * validating workflow is the only one considered.
 */
export const wrapperRun = ask({
  id: 'wrapperRun',
  version: 1,
  needs: { binaryFiles, wrapperValidations },
  ask: async ({ binaryFiles, wrapperValidations }, doors, { commit }): Promise<WrapperRun> => {
    const [workflow] = wrapperValidations;
    if (workflow === undefined || !binaryFiles.some(({ path }) => isGradleWrapper(path)))
      return { validated: false };
    const runs = await doors.workflowRuns(workflow.path.slice(workflow.path.lastIndexOf('/') + 1));
    if ('known' in runs) return { validated: runs.known.some((run) => run.headSha === commit) };
    return runs.unknown === 'unsupported'
      ? { validated: false }
      : { validated: false, failed: `the runs of ${workflow.path} could not be listed: ${runs.why}` };
  },
});
