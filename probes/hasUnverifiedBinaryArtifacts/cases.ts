import type { ProbeCase } from '../../src/core/index.ts';

const wrapper = { path: 'gradle/wrapper/gradle-wrapper.jar' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'nothing found',
    evidence: { binaryFiles: [], wrapperRun: { validated: false } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'one finding per file',
    evidence: {
      binaryFiles: [{ path: 'a.out', signature: 'elf' }, wrapper],
      wrapperRun: { validated: false },
    },
    findings: [
      { outcome: 'True', location: { path: 'a.out', type: 'binary', lineStart: 1 } },
      { outcome: 'True', location: { path: wrapper.path, type: 'binary', lineStart: 1 } },
    ],
  },
  {
    name: 'only validated wrapper jars',
    evidence: { binaryFiles: [wrapper], wrapperRun: { validated: true } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the forge does not tell the runs',
    evidence: { binaryFiles: [wrapper], wrapperRun: { validated: false, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
