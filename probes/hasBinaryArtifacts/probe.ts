import { at, CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { BINARY_IMPROVEMENTS, binaryFiles, binaryList, wrapperRun } from '../../src/evidence/binaryFiles.ts';
import { checkedIn } from '../binary.ts';

export const hasBinaryArtifacts = defineProbe({
  id: 'hasBinaryArtifacts',
  lifecycle: 'stable',
  summary: 'Are compiled or executable files checked in?',
  motivation:
    'Nobody can review a compiled file by reading it. What it does may differ from what the source beside it says, by mistake or on purpose.',
  implementation:
    'Looks at the first kilobyte of every file: known executable formats are reported by their content, other files when their extension is that of a compiled format and they are no text. Files below `testdata/` and `src/test/` are left out.',
  outcomes: {
    True: 'A compiled file was found; one finding per file, verified wrapper jars included.',
    False: 'No compiled file was found.',
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
  forges: ['github', 'gitlab', 'local'],
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
    const files = binaryList(binaryFiles, wrapperRun, adopts);
    if (files.length === 0) return [no('no compiled file is checked in')];
    return files.map(({ path, what, verified }) =>
      verified
        ? yes(`${what} file is checked in (verified wrapper)`, {
            location: { ...at(path), type: 'verifiedBinary' },
          })
        : checkedIn(path, what),
    );
  },
});
