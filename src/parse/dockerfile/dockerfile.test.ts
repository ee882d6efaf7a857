import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { baseImages, dockerfileInstalls, readDockerfile, runScripts } from './index.ts';

const DIGEST = 'a'.repeat(64);

/** Reference view of the images: pinned flags in order, or `error`. */
function pins(text: string): boolean[] | 'error' {
  const { images, error } = baseImages(readDockerfile(text));
  if (error !== undefined) return 'error';
  return images.flatMap(({ reference }) => (reference === undefined ? [] : [reference.pinned]));
}

describe('images, reference view (file-checks 8.3)', () => {
  test.each<[string, boolean[] | 'error']>([
    ['FROM a', [false]],
    ['FROM a:1', [false]],
    ['FROM --platform=x a:1', [false]],
    [`FROM a@sha256:${DIGEST}`, [true]],
    [`FROM a:1@sha256:${DIGEST}`, [true]],
    ['FROM scratch', []],
    ['FROM Scratch', []],
    ['FROM scratch AS x\nFROM x', [true]],
    ['FROM a:1 AS b\nFROM b', [false, false]],
    [`FROM a@sha256:${DIGEST} AS b\nFROM b AS c\nFROM c`, [true, true, true]],
    [`ARG I=a@sha256:${DIGEST}\nFROM \${I}`, [true]],
    [`ARG I="a@sha256:${DIGEST}"\nFROM \${I}`, [true]],
    [`ARG I=a@sha256:${DIGEST}\nFROM $I`, [false]],
    ['FROM a@sha256:${D}', [true]],
    ['ARG D\nFROM a@sha256:${D}', [true]],
    [`FROM a@sha256:${DIGEST.toUpperCase()}`, [false]],
    [`FROM a@sha512:${DIGEST}${DIGEST}`, [false]],
    ['FROM a:1 As Base\nFROM base', [false, false]],
    ['from a', []],
    ['FROM a b c d', 'error'],
    ['FROM a b', 'error'],
    ['FROM', 'error'],
    ['FROM a\nCOPY --from=b:1 x y\nADD http://x y\nONBUILD COPY --from=c x y', [false]],
    ['# syntax=docker/dockerfile:1\nFROM a', [false]],
  ])('%j', (text, expected) => {
    expect(pins(text)).toEqual(expected);
  });

  test('name, pinned-at, lines and snippet', () => {
    const { images } = baseImages(readDockerfile('FROM host:5000/a:1 \\\n  AS b\nFROM c AS d'));
    expect(images).toMatchObject([
      { name: 'host', pinnedAt: '5000/a:1', startLine: 1, endLine: 2, snippet: 'FROM host:5000/a:1   AS b' },
      { name: 'c', pinnedAt: 'd', startLine: 3, endLine: 3 },
    ]);
  });
});

describe('images, Assay view', () => {
  const truths = (text: string) =>
    baseImages(readDockerfile(text)).images.map(({ via, truth }) => `${via} ${truth.verdict} ${truth.why}`);

  test.each<[string, string[]]>([
    ['FROM a:1', ['from unpinned no-digest']],
    ['from a:1', ['from unpinned no-digest']],
    [`FROM a@sha256:${DIGEST.toUpperCase()}`, ['from pinned digest']],
    [`FROM a@sha512:${DIGEST}${DIGEST}`, ['from pinned digest']],
    [`FROM a@sha256:${DIGEST.slice(1)}`, ['from unpinned no-digest']],
    ['FROM scratch', ['from not-a-download scratch']],
    ['FROM a:1 As Base\nFROM base', ['from unpinned no-digest', 'from not-a-download stage']],
    [`ARG I=a@sha256:${DIGEST}\nFROM $I`, ['from pinned digest']],
    [`ARG D=${DIGEST}\nFROM a@sha256:$D`, ['from pinned digest']],
    ['ARG V=1\nARG I="a:${V}"\nFROM ${I}', ['from unpinned no-digest']],
    ['ARG I\nFROM $I', ['from unpinned argument']],
    [`FROM \${I:-a@sha256:${DIGEST}}`, ['from pinned digest']],
    ['FROM a@sha256:${D}', ['from pinned digest-argument']],
    [
      'FROM a AS base-amd64\nFROM base-$TARGETARCH AS z',
      ['from unpinned no-digest', 'from not-a-download stage'],
    ],
    [
      'FROM a AS b\nCOPY --from=B x y\nCOPY --from=0 x y\nCOPY --from=c:1 x y',
      [
        'from unpinned no-digest',
        'copy not-a-download stage',
        'copy not-a-download stage',
        'copy unpinned no-digest',
      ],
    ],
    [
      'FROM a\nRUN --mount=type=bind,from=b:1,target=/x ls',
      ['from unpinned no-digest', 'mount unpinned no-digest'],
    ],
    ['# syntax=docker/dockerfile:1\nFROM a', ['from unpinned no-digest', 'syntax unpinned no-digest']],
  ])('%j', (text, expected) => {
    expect(truths(text)).toEqual(expected);
  });
});

describe('scripts, reference view (file-checks 8.4)', () => {
  const found = (text: string) => {
    const { records, error } = dockerfileInstalls(readDockerfile(text));
    if (error !== undefined) return 'error';
    return records.flatMap(({ type, reference }) =>
      reference === undefined ? [] : [[type, reference.startLine, reference.endLine]],
    );
  };

  test.each<[string, unknown]>([
    ['FROM a\nRUN npm ci', [['npmCommand', 2, 2]]],
    ['FROM a\nRUN a && \\\n  b && \\\n  npm ci', [['npmCommand', 2, 4]]],
    ['FROM a\nRUN ["curl","http://x","|","sh"]', [['downloadThenRun', 2, 2]]],
    ['FROM a\nRUN --mount=type=cache,target=/x npm ci', [['npmCommand', 2, 2]]],
    ['FROM a\nrun npm ci', []],
    ['FROM a\nCMD npm ci\nENTRYPOINT npm ci\nONBUILD RUN npm ci', []],
    ['FROM a\nRUN []', 'error'],
    ['FROM a\nRUN', 'error'],
    [
      'FROM a\nRUN <<E\nnpm ci\nnpm i\nE',
      [
        ['npmCommand', 3, 4],
        ['npmCommand', 4, 5],
      ],
    ],
    ['FROM a\nRUN <<A <<B\nls\nA\nnpm ci\nB', [['npmCommand', 5, 5]]],
    ['FROM a\nRUN wget http://x/f\nRUN sh f', [['downloadThenRun', 3, 3]]],
    ['FROM a\nRUN wget http://x/%zz', 'error'],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('true lines of continued and here-document scripts', () => {
    const { records } = dockerfileInstalls(
      readDockerfile('FROM a\nRUN a && \\\n# note\n  npm ci && \\\n  npm i\nRUN <<E\nls\nnpm ci\nE'),
    );
    expect(records.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [4, 4],
      [5, 5],
      [8, 8],
    ]);
  });

  test('a script that cannot be read is told with its range', () => {
    const { errors } = dockerfileInstalls(readDockerfile('FROM a\nRUN echo "a \\\n  b'));
    expect(errors).toMatchObject([{ startLine: 1, endLine: 2, script: 'echo "a   b' }]);
  });

  test('shell kinds', () => {
    const { scripts } = runScripts(
      readDockerfile(
        'FROM a\nRUN a\nSHELL ["powershell", "-Command"]\nRUN b\nFROM mcr/windows/servercore\nRUN c\nRUN <<E python3\nx\nE',
      ),
    );
    expect(scripts.map(({ shell }) => shell)).toEqual(['posix', 'powershell', 'cmd', 'other']);
  });
});

describe('grammar', () => {
  test.each<[string, number]>([
    ['', 0],
    ['# only a comment\n', 1],
    ['FROM a\nENV x', 2],
    ['FROM a\nENV a=1 b', 2],
    ['FROM a\nLABEL x', 2],
    ['FROM a\nRUN [1]', 2],
    ['FROM a\nHEALTHCHECK CMD [1]', 2],
    ['FROM a\nONBUILD CMD [1]', 2],
    ['FROM a\nRUN <<E\nls', 2],
    ['# escape=x\nFROM a', 1],
    ['# escape=`\n# escape=`\nFROM a', 2],
    [`FROM a\nRUN ${'x'.repeat(70_000)}`, 2],
  ])('refused: %j', (text, line) => {
    expect(readDockerfile(text).error?.line).toBe(line);
  });

  test('an instruction of a million lines ends the reading, what stands before it counts', () => {
    const { instructions, cut, error } = readDockerfile(
      `FROM a\nRUN x \\\n${'y \\\n'.repeat(1_000_000)}z\nRUN b\n`,
    );
    expect(instructions.map(({ name }) => name)).toEqual(['FROM']);
    expect([cut?.line, error]).toEqual([2, undefined]);
    const many = readDockerfile(`FROM a\nRUN x \\\n${'y \\\n'.repeat(40_000)}z\nRUN b\n`);
    expect([many.instructions.length, many.cut]).toEqual([3, undefined]);
  });

  test('escape directive, comments between, flags', () => {
    const { instructions, directives } = readDockerfile(
      '# escape=`\n\nFROM --platform="linux/a m" a `\n# note\n\n  AS b\nRUN dir C:\\',
    );
    expect(directives).toEqual([{ name: 'escape', value: '`', line: 1 }]);
    expect(instructions).toMatchObject([
      { name: 'FROM', flags: ['--platform=linux/a m'], args: ['a', 'AS', 'b'], startLine: 3, endLine: 6 },
      { name: 'RUN', args: ['dir C:\\'], startLine: 7 },
    ]);
  });

  test('here-documents: tabs, quotes, several; expansions that break the line drop them', () => {
    const { instructions } = readDockerfile(
      "FROM a\nRUN cat <<-'E' 3<<F >x\n\ta\n\tE\nb\nF\nCOPY <<X /y\nz\nX\nRUN cat <<E ${a^}\nLABEL a=b\n",
    );
    expect(instructions[1]?.heredocs).toEqual([
      { name: 'E', expand: false, chomp: true, content: '\ta\n', startLine: 3 },
      { name: 'F', expand: true, chomp: false, content: 'b\n', startLine: 5 },
    ]);
    expect(instructions[2]?.heredocs).toMatchObject([{ name: 'X', content: 'z\n' }]);
    expect(instructions.map(({ keyword }) => keyword)).toEqual(['from', 'run', 'copy', 'run', 'label']);
  });
});

const SAMPLES: readonly string[] = [
  'FROM a\nRUN b\n',
  '# c\n\nFROM a AS b\n# d\nRUN x && \\\n   y && \\\n\n   z\nCOPY --from=b /x /y\n',
  '# escape=`\nFROM a\nRUN x `\n  y\n',
  'ARG A=1\nARG B="x y"\nFROM a:${A}\nENV a=1 b="2 3" c=\\"4\nENV d 5 6\nLABEL "a b"="c"\n',
  'FROM a\nRUN <<E\na\nb\nE\nRUN <<A <<-B cat\na\nA\n\tb\n\tB\nWORKDIR /x\n',
  'FROM a\nRUN ["a", "b c"]\nCMD ["x"]\nENTRYPOINT ["y", "z"]\nSHELL ["sh", "-c"]\nEXPOSE 80 81\n',
  'from a\nrun b\nOnBuild Run c\nUSER x\nVOLUME ["/a"]\nSTOPSIGNAL 9\nHEALTHCHECK --interval=5s CMD x\n',
  'FROM a\r\nRUN b \\\r\n  c\r\nMAINTAINER x y\r\n',
  'FROM --platform=$BUILDPLATFORM a\nCOPY --chown=1:1 --chmod=644 a b /c\nADD --checksum=x http://a /b\n',
];

describe('agrees with another parser', () => {
  test.each(SAMPLES)('%j', (text) => {
    const other = DockerfileParser.parse(text).getInstructions();
    const own = readDockerfile(text).instructions;
    expect(own.map(({ keyword, startLine, endLine }) => [keyword, startLine, endLine])).toEqual(
      other.map((node) => [
        node.getKeyword().toLowerCase(),
        node.getRange().start.line + 1,
        node.getRange().end.line + 1,
      ]),
    );
  });
});
