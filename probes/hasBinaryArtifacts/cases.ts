import type { ProbeCase } from '../../src/core/index.ts';

const notRun = { validated: false };

export const cases: readonly ProbeCase[] = [
  {
    name: 'nothing found',
    evidence: { binaryFiles: [], wrapperRun: notRun },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'one finding per file',
    evidence: {
      binaryFiles: [{ path: 'a.out', signature: 'elf' }, { path: 'lib/x.jar' }],
      wrapperRun: notRun,
    },
    findings: [
      { outcome: 'True', location: { path: 'a.out', type: 'binary', lineStart: 1 } },
      { outcome: 'True', location: { path: 'lib/x.jar', type: 'binary', lineStart: 1 } },
    ],
  },
  {
    name: 'a validated wrapper jar is reported as verified',
    evidence: {
      binaryFiles: [{ path: 'gradle/wrapper/gradle-wrapper.jar' }, { path: 'x.jar' }],
      wrapperRun: { validated: true },
    },
    findings: [
      {
        outcome: 'True',
        location: { path: 'gradle/wrapper/gradle-wrapper.jar', type: 'verifiedBinary', lineStart: 1 },
      },
      { outcome: 'True', location: { path: 'x.jar', type: 'binary', lineStart: 1 } },
    ],
  },
  {
    name: 'the forge does not tell the runs',
    evidence: { binaryFiles: [{ path: 'x.jar' }], wrapperRun: { validated: false, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
