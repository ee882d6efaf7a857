import { hasFSFOrOSIApprovedLicense } from '../../probes/hasFSFOrOSIApprovedLicense/probe.ts';
import { hasLicenseFile } from '../../probes/hasLicenseFile/probe.ts';
import { defineCheck, detailsByOutcome, scored } from '../../src/core/index.ts';

export const license = defineCheck({
  name: 'License',
  risk: 'Low',
  tags: ['license'],
  forges: ['github', 'gitlab', 'azure', 'local'],
  atCommit: true,
  onFolder: true,
  summary: 'Does the project say under which licence it may be used?',
  motivation:
    'A missing or home-made licence keeps users, packagers and security reviewers away: they cannot know what they may do.',
  scoring:
    '9 for a licence file, 1 more when the licence is approved by the FSF or the OSI; 0 without a licence.',
  remediation: [
    'Put the unchanged text of an approved licence into `LICENSE` at the root of the repository.',
    'If several licences apply, put each into `LICENSES/` under its SPDX id.',
  ],
  probes: [hasLicenseFile, hasFSFOrOSIApprovedLicense],
  score: (findings) => {
    const details = detailsByOutcome(findings, { True: 'Info', False: 'Warn' });
    const has = (id: string) => findings.some(({ probe, outcome }) => probe === id && outcome === 'True');
    const approved = has(hasFSFOrOSIApprovedLicense.id);
    if (has(hasLicenseFile.id)) return scored(approved ? 10 : 9, 'licence file detected', details);
    if (approved) return { score: 'error', reason: 'an approved licence without a licence file', details };
    return scored(0, 'no licence file detected', details);
  },
});
