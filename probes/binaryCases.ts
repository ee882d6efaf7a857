/** The cases both probes on compiled files share. */
import type { ProbeCase } from '../src/core/index.ts';

/** Evidence of compiled files that no run vouches for. */
export const binaries = (...binaryFiles: readonly object[]) => ({
  binaryFiles,
  wrapperRun: { validated: false },
});

/** A finding about a file nothing vouches for. */
export const checkedIn = (path: string) =>
  ({ outcome: 'True', location: { path, type: 'binary', lineStart: 1 } }) as const;

/** Everything but what the probes do with verified files. */
export const sharedCases: readonly ProbeCase[] = [
  { name: 'nothing found', evidence: binaries(), findings: [{ outcome: 'False' }] },
  {
    name: 'one finding per file',
    evidence: binaries({ path: 'a.out', signature: 'elf' }, { path: 'gradle/wrapper/gradle-wrapper.jar' }),
    findings: [checkedIn('a.out'), checkedIn('gradle/wrapper/gradle-wrapper.jar')],
  },
  {
    name: 'the forge does not tell the runs',
    evidence: { binaryFiles: [{ path: 'x.jar' }], wrapperRun: { validated: false, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  {
    name: 'only real headers',
    adopts: ['real-headers'],
    evidence: binaries(
      { path: 'MZ.txt', signature: 'mz' },
      { path: 'a.bundle' },
      { path: 'a.exe', signature: 'mz', format: 'Windows program' },
    ),
    findings: [{ outcome: 'True', message: 'Windows program file is checked in' }],
  },
  {
    name: 'more formats',
    adopts: ['more-formats'],
    evidence: binaries(
      { path: 'A.WAR', beyond: true, format: 'Java archive' },
      { path: 'b.jar', format: 'Java archive' },
    ),
    findings: [checkedIn('A.WAR'), checkedIn('b.jar')],
  },
  {
    name: 'test inputs apart',
    adopts: ['test-inputs'],
    evidence: binaries(
      { path: 'test/fixtures/a.elf', signature: 'elf', format: 'ELF' },
      { path: 'latest/a.elf', signature: 'elf', format: 'ELF' },
    ),
    findings: [checkedIn('latest/a.elf')],
  },
];

/** Evidence of a wrapper jar that is a published one. */
export const publishedWrapper = binaries({
  path: '.mvn/wrapper/maven-wrapper.jar',
  format: 'Java archive',
  wrapper: 'Maven 3.3.2',
});
