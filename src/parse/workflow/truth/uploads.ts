import { withoutEnd } from '../../trim.ts';
import type { Step, Text } from '../model.ts';
import type { Place } from './further.ts';
import { actual, type Surroundings } from './surroundings.ts';

// Trees that leave the machine as an artifact, together with the token that the checkout left in `.git/config`.

const CHECKOUT = /^actions\/checkout@/i;
const UPLOAD = /^actions\/upload-artifact@/i;

/** From this version on the checkout action keeps the token outside of the tree. */
const TOKEN_OUTSIDE = 6;

/** Checkouts that keep their token and whose tree a later step of the job uploads whole. */
export function uploadedCredentials(files: Surroundings): readonly Place[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    return workflow.jobs.flatMap(({ id, steps }): readonly Place[] => {
      if (!steps.some(({ uses }) => uses !== undefined && UPLOAD.test(uses.value))) return [];
      return steps.flatMap((step, index) => {
        if (!keepsToken(step) || !isUploaded(step, steps.slice(index + 1))) return [];
        const place = { path: workflow.path, job: id, line: step.line, snippet: step.uses!.value };
        return [{ ...place, verdict: 'true' }];
      });
    });
  });
}

function inputOf(step: Step, name: string): string {
  return step.inputs.find((input) => input.name === name)?.value.trim() ?? '';
}

function keepsToken(step: Step): boolean {
  if (step.uses === undefined || !CHECKOUT.test(step.uses.value)) return false;
  if (inputOf(step, 'persist-credentials').toLowerCase() === 'false') return false;
  return (versionOf(step.uses)?.[0] ?? 0) < TOKEN_OUTSIDE;
}

/** Major and minor of a `uses`, from its tag or the comment behind its hash; a floating major has no minor. */
function versionOf({ value, comment }: Text): readonly [number, number | undefined] | undefined {
  const reference = value.slice(value.indexOf('@') + 1);
  const text = /^[\da-f]{40}$/i.test(reference) ? (comment ?? '') : reference;
  const match = /(?:^|[\s@=#])v?(\d{1,4})(?:\.(\d{1,4}))?/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1]), match[2] === undefined ? undefined : Number(match[2])];
}

/** Artifacts leave out hidden files since 4.4, unless told otherwise. */
function takesHidden(step: Step): boolean {
  const hidden = inputOf(step, 'include-hidden-files').toLowerCase();
  if (hidden !== '') return hidden === 'true';
  const [major, minor] = versionOf(step.uses!) ?? [];
  return major !== undefined && (major < 4 || (major === 4 && minor !== undefined && minor < 4));
}

function isUploaded(checkout: Step, later: readonly Step[]): boolean {
  const tree = folderOf(inputOf(checkout, 'path'));
  return later.some((step) => {
    if (step.uses === undefined || !UPLOAD.test(step.uses.value) || !takesHidden(step)) return false;
    const paths = inputOf(step, 'path').split('\n');
    if (paths.some((path) => path.trim().startsWith('!') && path.includes('.git'))) return false;
    return paths.some((path) => path.trim() !== '' && holds(folderOf(path), tree));
  });
}

/** True when a folder holds the token of a tree. */
function holds(folder: string, tree: string): boolean {
  return (
    folder === '' ||
    folder === tree ||
    tree.startsWith(`${folder}/`) ||
    folder === (tree === '' ? '.git' : `${tree}/.git`)
  );
}

/** A path below the workspace, without its wildcards; empty for the workspace itself. */
function folderOf(path: string): string {
  const bare = path
    .trim()
    .replace(/^\$\{\{\s*github\.workspace\s*\}\}|^\$\{?GITHUB_WORKSPACE\}?/, '')
    .replace(/^\.?\/+|^\.$/, '')
    .replace(/(?:^|\/)\*{1,2}(?:\/\*)?$/, '');
  return withoutEnd(bare, '/');
}
