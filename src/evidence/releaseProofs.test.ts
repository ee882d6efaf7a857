import { describe, expect, it } from 'vitest';
import { type Answer, type Attestation, known, type Release, unknown } from '../core/index.ts';
import { isDescription, isProduct, type ReleaseProof, releaseProofs } from './releaseProofs.ts';

const release = (tag: string, digest: string | undefined, more: Partial<Release> = {}): Release => ({
  tag,
  target: 'main',
  htmlUrl: '',
  apiUrl: '',
  publishedAt: undefined,
  draft: false,
  prerelease: false,
  assets: [
    { name: 'SHA256SUMS', url: '', digest: 'sha256:sums' },
    { name: 'tool', url: '', ...(digest ? { digest } : {}) },
  ],
  ...more,
});

/** Asks with a door that knows the given digests, and tells what was asked. */
async function ask(releases: Answer<readonly Release[]>, attested: Record<string, string[]>) {
  const asked: (readonly string[])[] = [];
  const attestations = async (digests: readonly string[]): Promise<Answer<readonly Attestation[]>> => {
    asked.push(digests);
    return known(digests.map((digest) => ({ digest, predicates: attested[digest] ?? [] })));
  };
  const question = releaseProofs.ask as unknown as (
    evidence: unknown,
    doors: unknown,
  ) => Promise<Answer<readonly ReleaseProof[]>>;
  return { answer: await question({ releases }, { attestations }), asked };
}

describe('release proofs', () => {
  it('asks about one file of the newest release only when nothing is attested', async () => {
    const { answer, asked } = await ask(known([release('2', 'sha256:b'), release('1', 'sha256:a')]), {});
    expect(asked).toEqual([['sha256:b']]);
    expect(answer).toEqual(known([]));
  });
  it('goes on to the others when it is', async () => {
    const { answer, asked } = await ask(
      known([release('2', 'sha256:b'), release('1', 'sha256:a'), release('0', 'sha256:c')]),
      { 'sha256:b': ['x'], 'sha256:a': ['y'] },
    );
    expect(asked).toEqual([['sha256:b'], ['sha256:a', 'sha256:c']]);
    expect(answer).toEqual(
      known([
        { tag: '2', asset: 'tool', predicates: ['x'] },
        { tag: '1', asset: 'tool', predicates: ['y'] },
      ]),
    );
  });
  it('asks nothing about a release with provenance beside it', async () => {
    const assets = [
      { name: 'tool', url: '', digest: 'sha256:b' },
      { name: 'tool.intoto.jsonl', url: '' },
    ];
    const { asked } = await ask(known([release('2', undefined, { assets })]), {});
    expect(asked).toEqual([]);
  });
  it('asks nothing about drafts, files without a digest, or releases that cannot be listed', async () => {
    const none = await ask(known([release('2', 'sha256:b', { draft: true }), release('1', undefined)]), {});
    expect(none.asked).toEqual([]);
    const failed = await ask(unknown('failed', '502'), {});
    expect(failed.answer).toEqual(unknown('failed', '502'));
  });
});

describe('kinds of release files', () => {
  it.each<[string, boolean, boolean]>([
    ['tool.tar.gz', true, false],
    ['tool', true, false],
    ['tool.tar.gz.asc', false, false],
    ['tool.intoto.jsonl', false, false],
    ['tool.sigstore.json', false, false],
    ['tool_1.0_checksums.txt', false, true],
    ['SHA256SUMS', false, true],
    ['tool.sha256', false, true],
    ['bom.cdx.json', false, true],
    ['tool.spdx', false, true],
    ['package.json', true, false],
  ])('%s', (name, product, description) => {
    expect(isProduct({ name, url: '' })).toBe(product);
    expect(isDescription({ name, url: '' })).toBe(description);
  });
});
