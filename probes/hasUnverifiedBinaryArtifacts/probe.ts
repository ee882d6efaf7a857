import { CannotJudge, defineProbe, no } from '../../src/core/index.ts';
import { BINARY_IMPROVEMENTS, binaryFiles, binaryList, wrapperRun } from '../../src/evidence/binaryFiles.ts';
import { checkedIn } from '../binary.ts';

export const hasUnverifiedBinaryArtifacts = defineProbe({
  id: 'hasUnverifiedBinaryArtifacts',
  lifecycle: 'stable',
  summary: 'Are compiled or executable files checked in that nothing vouches for?',
  motivation:
    'Nobody can review a compiled file by reading it. What it does may differ from what the source beside it says, by mistake or on purpose.',
  implementation:
    'Reports the same files as `hasBinaryArtifacts`, except Gradle wrapper jars that a workflow validated successfully at the newest commit.',
  outcomes: {
    True: 'An unverified compiled file was found; one finding per file.',
    False: 'No unverified compiled file was found.',
  },
  remediation: {
    on: 'True',
    effort: 'Medium',
    act: 'Take compiled files out',
    steps: [
      'Take {path} out of version control and add it to `.gitignore`.',
      'Build it from source where it is needed, or download it from its publisher and compare its digest.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { binaryFiles, wrapperRun },
  improvements: BINARY_IMPROVEMENTS,
  example: {
    path: 'tools/convert',
    before: `\x7fELF\x02\x01\x01${'\0'.repeat(57)}`,
    after: '',
  },
  run: ({ binaryFiles, wrapperRun }, { adopts }) => {
    if (wrapperRun.failed !== undefined) throw new CannotJudge(wrapperRun.failed);
    const files = binaryList(binaryFiles, wrapperRun, adopts).filter(({ verified }) => !verified);
    if (files.length === 0) return [no('no unverified compiled file is checked in')];
    return files.map(({ path, what }) => checkedIn(path, what));
  },
});
