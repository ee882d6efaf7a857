import { releasesAreSigned } from '../../probes/releasesAreSigned/probe.ts';
import { releasesHaveProvenance } from '../../probes/releasesHaveProvenance/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  inconclusive,
  type Judgement,
  line,
  scored,
} from '../../src/core/index.ts';

export const signedReleases = defineCheck({
  name: 'Signed-Releases',
  risk: 'High',
  tags: ['supply-chain', 'security', 'releases'],
  forges: ['github'],
  atCommit: false,
  onFolder: false,
  summary: 'Are release files signed, or do they come with provenance?',
  motivation:
    'Users get releases over many hands. A signature or signed provenance lets them find out whether what they hold is what the project made.',
  scoring:
    'Each of the last five releases with files gets 10 for provenance, else 8 for a signature, else 0; the score is the mean, rounded down. Inconclusive without such releases. The reference view goes by file names; the Assay view also counts attestations and immutability the forge vouches for.',
  remediation: [
    'Let the workflow that builds a release attest its provenance.',
    'Or sign the files, e.g. with cosign, minisign or GnuPG, and publish the signatures with them.',
    'Switch on immutable releases, so that published files cannot be exchanged.',
  ],
  probes: [releasesAreSigned, releasesHaveProvenance],
  score,
});

function score(findings: readonly Finding[]): Judgement {
  if (findings.some((finding) => finding.outcome === 'NotApplicable'))
    return inconclusive('no releases found');
  const tags = [...new Set(findings.map((finding) => finding.values?.releaseName ?? ''))];
  if (tags.includes('')) return { score: 'error', reason: 'a finding names no release' };
  const proven = findings.filter((finding) => finding.outcome === 'True');
  const details = detailsOf(findings, tags);
  if (proven.length === 0) return scored(0, 'no release is signed or has provenance', details);
  if (tags.length > 5) return { score: 'error', reason: 'more than five releases were looked at' };
  const points = new Map<string, number>();
  for (const { probe, values } of proven) {
    const tag = values!.releaseName!;
    if (probe === releasesHaveProvenance.id) points.set(tag, 10);
    else if (!points.has(tag)) points.set(tag, 8);
  }
  const sum = [...points.values()].reduce((total, one) => total + one, 0);
  const reason = `${points.size} out of the last ${tags.length} releases have a total of ${proven.length} signed artifacts.`;
  return scored(Math.floor(sum / tags.length), reason, details);
}

/** A release with provenance is not blamed for a missing signature. */
function detailsOf(findings: readonly Finding[], tags: readonly string[]): Detail[] {
  const proven = new Set(
    findings
      .filter((finding) => finding.probe === releasesHaveProvenance.id && finding.outcome === 'True')
      .map((finding) => finding.values?.releaseName),
  );
  const told = findings.filter(
    ({ probe, outcome, values }) =>
      !(probe === releasesAreSigned.id && outcome === 'False' && proven.has(values?.releaseName)),
  );
  return [
    ...tags.map((tag) => line('Debug', `release found: ${tag}`)),
    ...told.map((finding) =>
      detail(finding.outcome === 'True' ? 'Info' : finding.outcome === 'False' ? 'Warn' : 'Debug', finding),
    ),
  ];
}
