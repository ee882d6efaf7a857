import type { ProbeCase } from '../../src/core/index.ts';
import type { Dependency, Unreadable } from '../../src/evidence/dependencies.ts';
import type { ImageDigest } from '../../src/evidence/imageDigests.ts';

const nothing = { pins: false, unfixedVersions: [], unlockedProjects: [], unreadable: [] };
const pins = { ...nothing, pins: true };

function evidence(
  list: readonly Dependency[],
  unreadable: readonly Unreadable[] = [],
  reference = nothing,
  truth = reference,
  digests: readonly ImageDigest[] = [],
) {
  return { dependencies: { list, unreadable }, nugetPinning: { reference, truth }, imageDigests: digests };
}

const place = { path: '.github/workflows/ci.yml', startLine: 4, endLine: 4 };
const action = (pinned: boolean): Dependency => ({
  ...place,
  type: 'GitHubAction',
  snippet: 'a/b@v1',
  name: 'a/b',
  pinnedAt: 'v1',
  owner: 'third-party',
  reference: { pinned, startLine: 4, endLine: 4 },
});
const script: Dependency = {
  path: 'get.sh',
  type: 'downloadThenRun',
  startLine: 2,
  endLine: 2,
  snippet: 'curl u | sh',
  reference: { pinned: false, startLine: 2, endLine: 2 },
};
const unpinned = { verdict: 'unpinned', why: 'a tag can be moved' } as const;
const nuget: Dependency = { ...script, type: 'nugetCommand', snippet: 'nuget install x' };
const image: Dependency = {
  path: 'Dockerfile',
  type: 'containerImage',
  startLine: 1,
  endLine: 1,
  snippet: 'FROM node:20 AS build',
  name: 'node',
  pinnedAt: '20 AS build',
  image: 'node:20',
  reference: { pinned: false, startLine: 1, endLine: 1 },
  truth: { verdict: 'unpinned', why: 'no-digest' },
};
const broken: Unreadable = { path: 'b.sh', startLine: 0, endLine: 0, snippet: 'if', message: 'no end' };

export const cases: readonly ProbeCase[] = [
  { name: 'nothing fetched', evidence: evidence([]), findings: [{ outcome: 'NotApplicable' }] },
  {
    name: 'an action by hash and one by tag',
    evidence: evidence([action(true), action(false)]),
    findings: [
      { outcome: 'True', message: '', values: { dependencyType: 'GitHubAction' } },
      {
        outcome: 'False',
        message: 'third-party GitHubAction not pinned by hash',
        location: { path: place.path, type: 'source', lineStart: 4, lineEnd: 4, snippet: 'a/b@v1' },
      },
    ],
  },
  {
    name: 'an image with the digest its registry names',
    evidence: evidence([image], [], nothing, nothing, [
      { image: 'node:20', digest: `sha256:${'a'.repeat(64)}` },
    ]),
    findings: [
      {
        outcome: 'False',
        remedy: { text: `Dockerfile:1: write node:20@sha256:${'a'.repeat(64)}` },
      },
    ],
  },
  {
    name: 'an image whose registry does not answer',
    evidence: evidence([image], [], nothing, nothing, [{ image: 'node:20', why: 'no answer' }]),
    findings: [
      { outcome: 'False', remedy: { text: 'Dockerfile:1: write node:20@sha256:<digest> (no answer)' } },
    ],
  },
  {
    name: 'unreadable scripts come first',
    evidence: evidence([script], [broken]),
    findings: [
      {
        outcome: 'Error',
        location: { path: 'b.sh', type: 'source', lineStart: 0, lineEnd: 0, snippet: 'if' },
      },
      { outcome: 'False' },
    ],
  },
  {
    name: 'NuGet settings pin NuGet commands',
    evidence: evidence([nuget, script], [], pins),
    findings: [{ outcome: 'True' }, { outcome: 'False' }],
  },
  {
    name: 'one broken workflow ends the reference view',
    evidence: evidence([script], [{ ...broken, fatal: true }]),
    cannotJudge: 'b.sh cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: evidence([{ ...script, truth: unpinned }], [{ ...broken, fatal: true }]),
    adopts: 'all',
    findings: [{ outcome: 'Error' }, { outcome: 'False' }],
  },
  {
    name: 'a verified download is pinned',
    evidence: evidence([{ ...script, truth: { verdict: 'pinned', why: 'verified-checksum' } }]),
    adopts: ['true-pins'],
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'a stage is no image, a download the reference misses is one',
    evidence: evidence([
      { ...script, type: 'containerImage', truth: { verdict: 'not-a-download', why: 'stage' } },
      { ...script, reference: undefined, truth: { verdict: 'unpinned', why: 'no-hash' } },
    ]),
    adopts: ['true-pins'],
    findings: [{ outcome: 'False', values: { dependencyType: 'downloadThenRun' } }],
  },
];
