import { at, defineProbe, no, yes } from '../../src/core/index.ts';
import {
  engineOf,
  FUZZ_IMPROVEMENTS,
  fuzzersFor,
  fuzzTargets,
  referenceFuzzers,
} from '../../src/evidence/fuzzing.ts';

export const fuzzed = defineProbe({
  id: 'fuzzed',
  lifecycle: 'stable',
  summary: 'Is the code fuzzed or tested with generated inputs?',
  motivation:
    'Fuzzers and property tests find crashes and broken promises that nobody thought of writing a test for; in code that reads untrusted input these are vulnerabilities.',
  implementation:
    'Looks for the set-up of ClusterFuzzLite, asks OSS-Fuzz for the repository, and searches the source files of the prominent languages for fuzz targets and property-test libraries.',
  outcomes: {
    True: 'A fuzzer was found; one finding per place, or one without a place for services.',
    False: 'No fuzzer was found.',
  },
  remediation: {
    on: 'False',
    effort: 'High',
    act: 'Fuzz the code that reads untrusted input',
    steps: [
      'Write a fuzz target for the code that reads untrusted input: the language’s own fuzzer (`go test -fuzz`, cargo-fuzz, Atheris, Jazzer, libFuzzer) or a property-test library.',
      'Run it on every change with ClusterFuzzLite; apply to OSS-Fuzz if the project is widely used.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referenceFuzzers, fuzzTargets },
  improvements: FUZZ_IMPROVEMENTS,
  example: {
    path: 'parse_test.go',
    before:
      'package parse\n\nimport "testing"\n\nfunc TestParse(t *testing.T) {\n	if _, err := Parse("a=1"); err != nil {\n		t.Fatal(err)\n	}\n}\n',
    after:
      'package parse\n\nimport "testing"\n\nfunc FuzzParse(f *testing.F) {\n	f.Add("a=1")\n	f.Fuzz(func(t *testing.T, text string) {\n		if value, err := Parse(text); err == nil && value == nil {\n			t.Fatal("neither a value nor an error")\n		}\n	})\n}\n',
    beside: { languages: { Go: 100 } },
  },
  run: ({ referenceFuzzers, fuzzTargets }, { adopts }) => {
    const fuzzers = fuzzersFor(referenceFuzzers, fuzzTargets, adopts);
    if (fuzzers.length === 0) return [no('no fuzzer was found')];
    return fuzzers.flatMap(({ tool, targets }) => {
      const message = `${tool} is in use`;
      if (targets.length === 0) return [yes(message, { values: { tool } })];
      const engine = adopts('more-fuzzers') ? { engine: engineOf(tool) } : undefined;
      return targets.map(({ path, line, snippet }) =>
        yes(message, { values: { tool, ...engine }, location: at(path, line, { snippet }) }),
      );
    });
  },
});
