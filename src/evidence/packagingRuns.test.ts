import { describe, expect, it } from 'vitest';
import { type Doors, repoPath, type WorkflowRun } from '../core/index.ts';
import { packagingRuns } from './packagingRuns.ts';

const { packagingJobs: _, pipelines } = packagingRuns.needs as Record<string, never>;
const { paths } = pipelines as unknown as {
  paths: { where: (path: ReturnType<typeof repoPath>) => boolean };
};

describe('the merged pipeline of GitLab', () => {
  const pipeline = { path: 'gitlabscorecard_flattened_ci.yaml', line: 4 };
  const ask = (known: readonly WorkflowRun[] | undefined, found: readonly object[] = [pipeline]) => {
    const workflowRuns = async () =>
      known === undefined ? { unknown: 'unsupported' as const, why: 'a folder' } : { known };
    const needed = { packagingJobs: [], pipelines: found } as never;
    return packagingRuns.ask(needed, { workflowRuns } as unknown as Doors, { commit: 'unknown' });
  };

  it('counts in a folder', async () => {
    expect(await ask(undefined)).toEqual({ asked: [], pipeline });
    expect(await ask(undefined, [])).toEqual({ asked: [] });
  });

  it('is one file among many where a forge knows of runs', async () => {
    expect(await ask([])).toEqual({ asked: [] });
  });

  it.each([
    ['gitlabscorecard_flattened_ci.yaml', true],
    ['sub/gitlabscorecard_flattened_ci.yaml', false],
  ])('%s', (path, expected) => expect(paths.where(repoPath(path))).toBe(expected));
});
