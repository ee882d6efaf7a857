import type { ProbeCase } from '../../src/core/index.ts';

const anyLanguage = { unknown: 'unsupported', why: 'a folder cannot tell' };
const go = { language: 'go', path: 'a.go', line: 3, what: 'go-import' };
const java = { language: 'java', path: 'A.java', line: 7, what: 'java-use' };
const project = { language: 'c#', path: 'a.csproj', what: 'project-setting' };
const broken = { language: 'go', path: 'b.go', what: 'malformed' };

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { languages: anyLanguage, unsafeCode: [] }, findings: [{ outcome: 'False' }] },
  {
    name: 'by language',
    evidence: { languages: anyLanguage, unsafeCode: [java, project, go] },
    findings: [
      { outcome: 'True', location: { path: 'a.go', type: 'none', lineStart: 3 } },
      { outcome: 'True', location: { path: 'a.csproj', type: 'none' } },
      { outcome: 'True', location: { path: 'A.java', type: 'none', lineStart: 7 } },
    ],
  },
  {
    name: 'only in languages the repository has',
    evidence: { languages: { known: { Java: 10, Shell: 5 } }, unsafeCode: [java, go] },
    findings: [{ outcome: 'True', location: { path: 'A.java', type: 'none', lineStart: 7 } }],
  },
  {
    name: 'an unreadable file says nothing about the rest',
    evidence: { languages: anyLanguage, unsafeCode: [broken] },
    findings: [{ outcome: 'Error', location: { path: 'b.go', type: 'none' } }, { outcome: 'False' }],
  },
  {
    name: 'the languages cannot be asked for',
    evidence: { languages: { unknown: 'failed', why: 'no answer' }, unsafeCode: [] },
    cannotJudge: 'no answer',
  },
  {
    name: 'more languages',
    adopts: ['more-unsafe-code'],
    evidence: {
      languages: { known: { Java: 10 } },
      unsafeCode: [{ language: 'rust', path: 'a.rs', line: 2, what: 'keyword', beyond: true }, java],
    },
    findings: [
      { outcome: 'True', location: { path: 'A.java', type: 'none', lineStart: 7 } },
      { outcome: 'True', location: { path: 'a.rs', type: 'none', lineStart: 2 } },
    ],
  },
  {
    name: 'places with a type',
    adopts: ['unsafe-places'],
    evidence: { languages: anyLanguage, unsafeCode: [go] },
    findings: [
      {
        outcome: 'True',
        location: { path: 'a.go', type: 'source', lineStart: 3 },
        values: { language: 'go' },
      },
    ],
  },
];
