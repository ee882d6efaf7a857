/** A finding as the reference's probe format writes it (formats-and-cli 6). */
import {
  type Catalogue,
  type Finding,
  LOCATION_NUMBER,
  type Location,
  type Probe,
  stepsFor,
} from '../../core/index.ts';
import { sortedMap } from './json.ts';

/** The number the reference writes for an effort. */
const EFFORT_NUMBER = { None: 0, Low: 1, Medium: 2, High: 3 } as const;

/** Key order: location, remediation, values, probe, message, outcome; the first three only when there are any. */
export function findingJson(finding: Finding, catalogue: Catalogue) {
  const remediation = remediationJson(finding, catalogue.probes.get(finding.probe));
  const values = sortedMap(finding.values);
  return {
    ...(finding.location && { location: locationJson(finding.location) }),
    ...(remediation && { remediation }),
    ...(values && { values }),
    probe: finding.probe,
    message: finding.message,
    outcome: finding.outcome,
  };
}

function locationJson({ lineStart, lineEnd, snippet, path, type }: Location) {
  return {
    ...(lineStart !== undefined && { lineStart }),
    ...(lineEnd !== undefined && { lineEnd }),
    ...(snippet !== undefined && { snippet }),
    path,
    type: LOCATION_NUMBER[type],
  };
}

function remediationJson(finding: Finding, probe: Probe | undefined) {
  const steps = stepsFor(finding, probe);
  if (!probe || steps.length === 0) return undefined;
  const text = steps.join('\n');
  const patch = finding.remedy?.patch;
  return {
    ...(patch !== undefined && { patch }),
    text,
    markdown: text,
    effort: EFFORT_NUMBER[probe.remediation.effort],
  };
}
