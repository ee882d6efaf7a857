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
  {
    name: 'only real headers',
    adopts: ['real-headers'],
    evidence: {
      binaryFiles: [
        { path: 'MZ.txt', signature: 'mz' },
        { path: 'a.bundle' },
        { path: 'a.exe', signature: 'mz', format: 'Windows program' },
      ],
      wrapperRun: { validated: false },
    },
    findings: [{ outcome: 'True', message: 'Windows program file is checked in' }],
  },
  {
    name: 'more formats',
    adopts: ['more-formats'],
    evidence: {
      binaryFiles: [
        { path: 'A.WAR', beyond: true, format: 'Java archive' },
        { path: 'b.jar', format: 'Java archive' },
      ],
      wrapperRun: { validated: false },
    },
    findings: [
      { outcome: 'True', location: { path: 'A.WAR', type: 'binary', lineStart: 1 } },
      { outcome: 'True', location: { path: 'b.jar', type: 'binary', lineStart: 1 } },
    ],
  },
  {
    name: 'test inputs apart',
    adopts: ['test-inputs'],
    evidence: {
      binaryFiles: [
        { path: 'test/fixtures/a.elf', signature: 'elf', format: 'ELF' },
        { path: 'latest/a.elf', signature: 'elf', format: 'ELF' },
      ],
      wrapperRun: { validated: false },
    },
    findings: [{ outcome: 'True', location: { path: 'latest/a.elf', type: 'binary', lineStart: 1 } }],
  },
  {
    name: 'a wrapper with a published digest',
    adopts: ['published-wrappers'],
    evidence: {
      binaryFiles: [
        { path: '.mvn/wrapper/maven-wrapper.jar', format: 'Java archive', wrapper: 'Maven 3.3.2' },
      ],
      wrapperRun: { validated: false },
    },
    findings: [{ outcome: 'False' }],
  },
];
