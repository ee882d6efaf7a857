import type { ProbeCase } from '../../src/core/index.ts';
import { app, merge, of, person, pull, push, review } from '../reviewCases.ts';

const upstream = { changesets: { reference: [push()], actual: [pull([review('bob')])] } };

export const cases: readonly ProbeCase[] = [
  { name: 'no changes', evidence: of(), cannotJudge: 'no changesets' },
  {
    name: 'commits that cannot be read',
    evidence: { changesets: { unknown: 'timeout' } },
    cannotJudge: 'timeout',
  },
  {
    name: 'one reviewer each',
    evidence: of(pull([review('bob')]), pull([merge('cy')])),
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'whatever the reviewer says',
    evidence: of(pull([review('bob', 'COMMENTED')])),
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'the weakest decides',
    evidence: of(pull([review('bob')]), pull([merge('ann')])),
    findings: [{ outcome: 'False' }],
  },
  { name: 'no reviews at all', evidence: of(pull([])), findings: [{ outcome: 'False' }] },
  {
    name: 'a change without a pull request',
    evidence: of(pull([review('bob')]), push()),
    findings: [{ outcome: 'NotAvailable' }],
  },
  {
    name: 'a reviewer who is gone',
    evidence: of(pull([review('')])),
    findings: [{ outcome: 'NotAvailable' }],
  },
  {
    name: 'bots only',
    evidence: of(pull([review('bob')], { author: app('bot') })),
    findings: [{ outcome: 'NotAvailable' }],
  },
  {
    name: 'a bot among people counts as a change',
    evidence: of(pull([], { author: app('bot') }), pull([review('bob')])),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a direct push has no reviewer',
    evidence: of(pull([review('bob')]), push()),
    adopts: ['unreviewed-pushes'],
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a push of a machine is left out',
    evidence: of(pull([review('bob')]), push({ committedBy: person('github-actions') })),
    adopts: ['unreviewed-pushes'],
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'a bot that comments is no reviewer',
    evidence: of(pull([review('renovate', 'COMMENTED')])),
    adopts: ['human-reviews'],
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a reviewer who is gone is no obstacle',
    evidence: of(pull([review(''), review('bob')])),
    adopts: ['human-reviews'],
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'reviewed upstream',
    evidence: upstream,
    adopts: ['every-pull-request'],
    findings: [{ outcome: 'True' }],
  },
];
