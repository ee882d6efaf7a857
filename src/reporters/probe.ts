import { defineReporter } from '../core/index.ts';
import { probeFindings } from './shared/details.ts';
import { findingJson } from './shared/findings.ts';
import { goJson, localDay } from './shared/json.ts';

/** The reference's probe format (formats-and-cli 6), with an array where the reference prints null. */
export const probe = defineReporter({
  id: 'probe',
  mediaType: 'application/json',
  summary: "the reference's findings by probe, one line",
  render: (result, { catalogue }) => {
    const { name, commit } = result.repo;
    const { version, commit: toolCommit } = result.tool;
    const document = {
      date: localDay(result.date),
      repo: { name, commit },
      scorecard: { version, commit: toolCommit },
      findings: result.probes.flatMap((one) =>
        (result.probeMode ? probeFindings(one) : one.reference).map((finding) =>
          findingJson(finding, catalogue),
        ),
      ),
    };
    return `${goJson(document)}\n`;
  },
});
