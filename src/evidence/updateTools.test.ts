import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { updateCommits } from './updateTools.ts';

describe('updateCommits', () => {
  const found = (...ids: (number | undefined)[]) => ({
    commitsByAuthor: async (login: string) =>
      known(login === 'dependabot[bot]' ? ids.map((authorId) => ({ authorId })) : []),
  });
  it('wants the account of Dependabot', async () => {
    expect(await evidenceOf(updateCommits, {}, { doors: found(1, undefined, 49699333) })).toEqual({
      dependabot: true,
    });
    expect(await evidenceOf(updateCommits, {}, { doors: found(1, undefined) })).toEqual({
      dependabot: false,
    });
  });
  it('is not asked beside a configuration', async () => {
    const doors = { commitsByAuthor: async () => expect.unreachable() };
    expect(await evidenceOf(updateCommits, { '.renovaterc': '' }, { doors })).toEqual({ dependabot: false });
  });
  it('is nothing on a folder, and an error when the search failed', async () => {
    expect(await evidenceOf(updateCommits, {})).toEqual({ dependabot: false });
    const doors = { commitsByAuthor: async () => unknown('failed', 'no line') };
    expect((await evidenceOf(updateCommits, {}, { doors })).failed).toContain('no line');
  });
});
