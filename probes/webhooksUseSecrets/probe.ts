import {
  CannotJudge,
  defineProbe,
  isKnown,
  no,
  notApplicable,
  notAvailable,
  yes,
} from '../../src/core/index.ts';
import { webhooks } from '../../src/evidence/facts.ts';

export const webhooksUseSecrets = defineProbe({
  id: 'webhooksUseSecrets',
  lifecycle: 'experimental',
  summary: 'Do all webhooks sign what they send with a secret?',
  motivation:
    'A receiver can tell messages of the forge from forged ones only by a signature made with a shared secret. A forged message can start builds or deployments.',
  implementation: 'Lists the webhooks of the repository and looks whether each has a secret.',
  outcomes: {
    True: 'The webhook has a secret; one finding per webhook.',
    False: 'The webhook has none.',
    NotApplicable: 'The repository has no webhooks.',
    NotAvailable: 'Assay view only: the token may not list webhooks.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Set a secret for every webhook',
    steps: [
      'Open Settings > Webhooks, set a secret for every webhook, and check the signature of each message at the receiver.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { webhooks },
  improvements: {
    'webhook-rights': {
      what: 'Where the token may not list webhooks the answer is not available, naming the permission, instead of an error.',
      why: 'Listing takes administrator rights that scans rarely have; an error spoils the run (ossf/scorecard#1655, #3399).',
    },
    'webhook-address': {
      what: 'Findings name the address the webhook sends to.',
      why: 'With several webhooks a maintainer has to know which one to mend.',
    },
  },
  example: {
    before: { webhooks: [{ url: 'https://ci.example/hook', hasSecret: false }] },
    after: { webhooks: [{ url: 'https://ci.example/hook', hasSecret: true }] },
  },
  run: ({ webhooks }, view) => {
    if (!isKnown(webhooks)) {
      const { unknown, why, needs } = webhooks;
      if (unknown === 'failed' || !view.adopts('webhook-rights'))
        throw new CannotJudge(`webhooks cannot be listed: ${why}`);
      return [
        notAvailable(`webhooks cannot be listed: ${why}`, needs === undefined ? {} : { values: { needs } }),
      ];
    }
    if (webhooks.known.length === 0) return [notApplicable('the repository has no webhooks')];
    return webhooks.known.map(({ url, hasSecret }) => {
      const shown = view.adopts('webhook-address') && url !== '';
      const location = shown ? { path: url, type: 'url' as const } : { path: '', type: 'none' as const };
      return hasSecret
        ? yes('a webhook signs its messages with a secret', { location })
        : no('a webhook has no secret', { location });
    });
  },
});
