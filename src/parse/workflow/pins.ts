/** Whether a `uses` or an image fixes what it fetches (verdicts: unpinned-action, unpinned-container). */
import { withoutExpressions } from '../trim.ts';
import type { Job, MatrixValue, Workflow } from './model.ts';

export interface PinVerdict {
  readonly verdict: 'unpinned' | 'pinned' | 'not-a-download';
  readonly why: string;
}

const COMMIT = /@[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;
const DIGEST = /@sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/i;
/** The SLSA generator tells from the tag which builder ran; its own documents demand a tag. */
const BY_TAG = /^slsa-framework\/slsa-github-generator\/\.github\/workflows\/[\w.-]+@v\d+\.\d+\.\d+$/;

/** Of an action or reusable workflow. */
export function usesVerdict(uses: string): PinVerdict {
  const value = uses.trim();
  // `$/` is the root of the repository the workflow comes from.
  if (/^(?:\.{1,2}|\$)\//.test(value)) return { verdict: 'not-a-download', why: 'local' };
  if (value.startsWith('docker://')) return imageVerdict(value.slice('docker://'.length));
  if (COMMIT.test(value)) return { verdict: 'pinned', why: 'commit' };
  if (BY_TAG.test(value)) return { verdict: 'pinned', why: 'must be named by tag' };
  return { verdict: 'unpinned', why: value.includes('@') ? 'a tag or branch can be moved' : 'no version' };
}

/** Of a container image reference. */
export function imageVerdict(image: string): PinVerdict {
  const value = image.trim();
  if (value === '' || value === 'scratch') return { verdict: 'not-a-download', why: 'no image' };
  return DIGEST.test(value)
    ? { verdict: 'pinned', why: 'digest' }
    : { verdict: 'unpinned', why: 'a tag can be moved to another image' };
}

const MATRIX_ONLY = /^\$\{\{\s*matrix\.([\w-]+)(?:\.([\w-]+))?\s*\}\}$/;

/**
 * Of a job's `container` or `services` image: values of the matrix are looked up; what cannot be told (inputs,
 * outputs) is no download of this workflow's own choosing.
 */
export function jobImageVerdict(image: string, job: Job): PinVerdict {
  if (!image.includes('${{')) return imageVerdict(image);
  const matrix = MATRIX_ONLY.exec(image.trim());
  if (matrix) {
    const verdicts = matrixValues(job, matrix[1]!, matrix[2]).map(imageVerdict);
    if (verdicts.length > 0) return verdicts.find((one) => one.verdict === 'unpinned') ?? verdicts[0]!;
  }
  // Text around an expression that itself holds a digest, or a tag made of a variable.
  if (DIGEST.test(image)) return { verdict: 'pinned', why: 'digest' };
  const fixed = withoutExpressions(image).trim();
  return fixed === '' || fixed === ':'
    ? { verdict: 'not-a-download', why: 'cannot be told' }
    : imageVerdict(image);
}

function matrixValues(job: Job, name: string, key: string | undefined): string[] {
  const rows = job.matrix?.rows.find((row) => row.name === name.toLowerCase())?.values ?? [];
  const included = (job.matrix?.include ?? []).flat().filter((one) => one.name === name.toLowerCase());
  const values: readonly MatrixValue[] = [...rows, ...included.map((one) => one.value)];
  return values.flatMap((value) => {
    const inner =
      key !== undefined && typeof value === 'object' && !Array.isArray(value)
        ? (value as Record<string, MatrixValue>)[key]
        : value;
    return typeof inner === 'string' && inner !== '' ? [inner] : [];
  });
}

/** The workflow as GitHub reads it, aliases followed. */
export function asRun(workflow: Workflow): Workflow {
  return workflow.expanded ?? workflow;
}
