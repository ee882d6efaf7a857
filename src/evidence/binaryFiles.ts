import { ask, perFile } from '../core/index.ts';
import { isText, type Signature, signatureOf } from '../parse/binary/signature.ts';
import { parseWorkflow, type Workflow } from '../parse/workflow/index.ts';

/** A file that looks compiled or executable. */
export interface BinaryFile {
  readonly path: string;
  /** What the first bytes say; absent when only the name speaks. */
  readonly signature?: Signature;
}

/** Compared case-sensitively, as in the reference (file-checks 2.2, rule B). */
const EXTENSIONS: ReadonlySet<string> = new Set(
  'crx deb dex dey elf o a so macho iso class jar bundle dylib lib msi dll drv efi exe ocx pyc pyo par rpm wasm whl'.split(
    ' ',
  ),
);

const extensionOf = (base: string): string => base.slice(base.lastIndexOf('.') + 1);

/** Files that are executable by content, or by extension when they are no text. Empty files never are. */
export const binaryFiles = perFile<BinaryFile>({
  id: 'binaryFiles',
  version: 1,
  read: 'head',
  paths: { every: true, where: (path) => !path.testData },
  visit: ({ path, base, extension, head }) => {
    if (head.length === 0) return [];
    const signature = signatureOf(head);
    if (signature !== undefined) return [{ path, signature }];
    const byName = extension !== '' && EXTENSIONS.has(extensionOf(base)) && !isText(head);
    return byName ? [{ path }] : [];
  },
});

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
    const workflow = file.parsed(parseWorkflow);
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
