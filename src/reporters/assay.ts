import { defineReporter } from '../core/index.ts';

/** The native result: both views and everything else that is known, indented. */
export const assay = defineReporter({
  id: 'assay',
  mediaType: 'application/json',
  summary: 'everything: both scores, findings by view, notices',
  render: (result) => `${JSON.stringify(result, null, 2)}\n`,
});
