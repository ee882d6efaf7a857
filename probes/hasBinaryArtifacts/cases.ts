import type { ProbeCase } from '../../src/core/index.ts';
import { checkedIn, publishedWrapper, sharedCases } from '../binaryCases.ts';

const verified = (path: string) =>
  ({ outcome: 'True', location: { path, type: 'verifiedBinary', lineStart: 1 } }) as const;

export const cases: readonly ProbeCase[] = [
  ...sharedCases,
  {
    name: 'a validated wrapper jar is reported as verified',
    evidence: {
      binaryFiles: [{ path: 'gradle/wrapper/gradle-wrapper.jar' }, { path: 'x.jar' }],
      wrapperRun: { validated: true },
    },
    findings: [verified('gradle/wrapper/gradle-wrapper.jar'), checkedIn('x.jar')],
  },
  {
    name: 'a wrapper with a published digest',
    adopts: ['published-wrappers'],
    evidence: publishedWrapper,
    findings: [verified('.mvn/wrapper/maven-wrapper.jar')],
  },
];
