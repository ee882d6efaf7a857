/**
 * Every reader of repository content on the inputs that are dearest to patterns and scanners: one short piece repeated
 * many times, inside a script or a value. Time may grow little faster than the length.
 */
import { describe, expect, it } from 'vitest';
import { cpuTime } from './support/cpu.ts';
import { fuzzTargets } from './support/fuzzTargets.ts';

/** Characters of the short input; the long one has four times as many, the longest sixteen times. */
const SHORT = 8_000;
/** Below this a measurement says nothing. */
const NOTICEABLE_MS = 80;
/** What makes a second look worth while, at four times the length. */
const SUSPICIOUS_GROWTH = 6;
/** At sixteen times: between 16, which is linear, and 256, which is quadratic; a busy machine does not reach it. */
const MOST_GROWTH = 64;

const PIECES: readonly string[] = [
  ...[
    '${{',
    '}}',
    '${{ github.event.issue.title }}',
    'github.event.commits',
    'commits.author.email',
    'pages',
  ],
  ...['[', '[[ $0 =~ ', '(', '{', '{"a":', '<', '<a>', '<!--', '<BOM<O', '"', "'", '`', '$(', '$((', '<<A\n'],
  ...[
    ' ',
    '\t',
    '\n',
    '\n  ',
    '\\\n',
    '\r',
    '-',
    '--skip=',
    '=',
    '==',
    '@',
    '#',
    '/',
    '//',
    '/*',
    '.',
    '../',
    ':',
  ],
  ...[
    'git\t',
    'gh run download ',
    'mvn-',
    'npm ',
    'repository',
    'sh -c ',
    '|',
    ';',
    '&&',
    '$SHA',
    'go install a@$',
  ],
  ...[
    'pip install a==',
    'curl a | ',
    '.downloadfile(',
    '\nFROM a',
    '\nRUN a',
    'a: ',
    '- ',
    '&a ',
    '*a ',
    'a',
    '1',
    '1.',
  ],
  ...[
    'security',
    '3 days ',
    '@example.com',
    'a at b dot ',
    'http://',
    '"license":',
    'import sun',
    '\n SPDXVersion',
  ],
];

/** The piece alone, and as the script and the values of a workflow, an action and a Dockerfile. */
const FRAMES: readonly ((body: string) => string)[] = [
  (body) => body,
  (body) => {
    const quoted = JSON.stringify(body);
    const steps = `[{uses: ${quoted}}, {run: ${quoted}, env: {A: ${quoted}}}, {uses: actions/github-script@v7, with: {script: ${quoted}}}]`;
    return `on: push\njobs:\n  a:\n    if: ${quoted}\n    runs-on: a\n    container: ${quoted}\n    steps: ${steps}\nruns:\n  using: composite\n  steps: ${steps}\n`;
  },
  (body) => `FROM a\nRUN curl x | sh ${body}\nx\n`,
];

function time(run: () => void): number {
  const start = cpuTime();
  run();
  return cpuTime() - start;
}

/** The longest input may end at a limit, which readers tell by throwing. */
function timeToTheEnd(run: () => void): number {
  return time(() => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof Error) || !/too (?:deep|many|long|large)|not judged/.test(error.message))
        throw error;
    }
  });
}

describe('the dearest inputs cost no more than their length', () => {
  it.each(fuzzTargets().map((target) => [target.name, target] as const))(
    '%s',
    (_, target) => {
      const slow: string[] = [];
      for (const piece of PIECES) {
        for (const [index, frame] of FRAMES.entries()) {
          const input = (length: number) =>
            new TextEncoder().encode(frame(piece.repeat(Math.ceil(length / piece.length))));
          const [short, long] = [input(SHORT), input(4 * SHORT)];
          const cost = timeToTheEnd(() => target.run(long));
          if (cost < NOTICEABLE_MS) continue;
          // Measured again, with the code warm: the least of several is what the input costs.
          const least = (bytes: Uint8Array) =>
            Math.min(...[0, 1, 2].map(() => timeToTheEnd(() => target.run(bytes))));
          const one = Math.max(least(short), 1);
          const four = least(long);
          if (four < NOTICEABLE_MS || four / one <= SUSPICIOUS_GROWTH) continue;
          const growth = least(input(16 * SHORT)) / one;
          if (growth > MOST_GROWTH)
            slow.push(
              `${JSON.stringify(piece)} in frame ${index}: ${cost.toFixed(0)} ms, ${growth.toFixed(1)} times`,
            );
        }
      }
      expect(slow).toEqual([]);
    },
    120_000,
  );
});
