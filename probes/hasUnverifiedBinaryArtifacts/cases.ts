import type { ProbeCase } from '../../src/core/index.ts';
import { publishedWrapper, sharedCases } from '../binaryCases.ts';

export const cases: readonly ProbeCase[] = [
  ...sharedCases,
  {
    name: 'only validated wrapper jars',
    evidence: {
      binaryFiles: [{ path: 'gradle/wrapper/gradle-wrapper.jar' }],
      wrapperRun: { validated: true },
    },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a wrapper with a published digest',
    adopts: ['published-wrappers'],
    evidence: publishedWrapper,
    findings: [{ outcome: 'False' }],
  },
];
