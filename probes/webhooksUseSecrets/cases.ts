import type { ProbeCase } from '../../src/core/index.ts';

const hooks = (...secrets: boolean[]) => ({
  webhooks: { known: secrets.map((hasSecret, index) => ({ url: `https://ci.example/${index}`, hasSecret })) },
});
const forbidden = {
  webhooks: { unknown: 'forbidden', why: 'not found', needs: 'webhooks: read' },
};
const location = { path: '', type: 'none' } as const;

export const cases: readonly ProbeCase[] = [
  { name: 'no webhooks', evidence: hooks(), findings: [{ outcome: 'NotApplicable' }] },
  {
    name: 'with and without a secret',
    evidence: hooks(true, false),
    findings: [
      { outcome: 'True', location },
      { outcome: 'False', location },
    ],
  },
  {
    name: 'with the address',
    evidence: hooks(false),
    adopts: ['webhook-address'],
    findings: [{ outcome: 'False', location: { path: 'https://ci.example/0', type: 'url' } }],
  },
  { name: 'no rights, reference', evidence: forbidden, cannotJudge: 'not found' },
  {
    name: 'no rights',
    evidence: forbidden,
    adopts: ['webhook-rights'],
    findings: [{ outcome: 'NotAvailable', values: { needs: 'webhooks: read' } }],
  },
  {
    name: 'the list failed',
    evidence: { webhooks: { unknown: 'failed', why: 'timeout' } },
    adopts: 'all',
    cannotJudge: 'timeout',
  },
];
