/** Garbage, deep nesting and long lines: nothing throws, and time stays bounded. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseImages, dockerfileInstalls, readDockerfile } from '../dockerfile/index.ts';
import { readCentralPackages, readProjectSettings } from '../nuget.ts';
import { analyzePowershell, analyzeShell, analyzeWorkflowScript, isShellScript } from './index.ts';

const pieces = fc.constantFrom(
  ...(
    'curl wget -O -o f f.sh http://x/f sh bash -c -s sudo env npm ci install pip -r go @v1.2.3 tar xz -C /opt cd chmod +x ./f ' +
    'sha256sum echo eval source . if then fi for do done case esac in { } ( ) [ ] [[ ]] ! && || | |& ; & > >> < << <<< <( $( `' +
    ' ) \' " $ ${ } a=b export $x ${x} \\ # iex iwr -OutFile FROM RUN ADD COPY --from=a ARG A=1 ${A} AS <<E E'
  ).split(' '),
  '\n',
  ' ',
  '\t',
  '\\\n',
);
const scripts = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((list) => list.join(' ')),
  fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
);
const settings = { numRuns: 400, seed: 7 };

describe('any text', () => {
  test('names that every object has are names of no program', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(analyzePowershell(`${name} -c x`)).toEqual([]);
      expect(analyzeShell(`${name} -c x`).records).toEqual([]);
    }
  });
  test('shell scripts: records or an error, lines within the text', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { records, errors } = analyzeShell(script);
        const lines = script.split('\n').length;
        for (const { startLine, endLine, reference, truth } of records) {
          expect(startLine).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(startLine);
          expect(endLine).toBeLessThanOrEqual(lines);
          expect(reference ?? truth).toBeDefined();
        }
        if (errors.some((error) => error.script === script)) expect(records).toEqual([]);
        analyzeWorkflowScript(script, { line: 1 });
      }),
      settings,
    );
  });

  test('the views do not disturb each other', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const both = analyzeShell(script);
        const alone = analyzeShell(script, { views: 'reference' });
        expect(both.records.flatMap(({ reference }) => reference ?? [])).toEqual(
          alone.records.map(({ reference }) => reference),
        );
        expect(both.errors).toEqual(alone.errors);
      }),
      settings,
    );
  });

  test('Dockerfiles, PowerShell, project files', () => {
    fc.assert(
      fc.property(scripts, (text) => {
        const file = readDockerfile(text);
        const { images } = baseImages(file);
        const { records } = dockerfileInstalls(file);
        const lines = text.split('\n').length;
        for (const { startLine, endLine } of [...images, ...records]) {
          expect(startLine).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(lines);
        }
        for (const { startLine, endLine } of analyzePowershell(text)) {
          expect(endLine).toBeGreaterThanOrEqual(startLine);
        }
        readProjectSettings(text);
        readCentralPackages(`<Project>${text}`);
        isShellScript('a', text);
      }),
      settings,
    );
  });
});

const LONG = 1 << 16;
const long = (text: string): string => text.repeat(Math.ceil(LONG / text.length));

describe('large texts end in time', () => {
  test.each([
    ['one line', long('a')],
    ['one command', `curl ${long('a ')}`],
    ['pipes', `${long('curl u|')}sh`],
    ['groups', long('(')],
    ['substitutions', long('$(')],
    ['back quotes', long('`')],
    ['quotes', long('"$(a)"')],
    ['expansions', long('${a:-')],
    ['arithmetic', `echo $((${long('(')}1${long(')')}))`],
    ['here-documents', long('cat <<E\nx\nE\n')],
    [
      'different files',
      Array.from({ length: 5000 }, (_, at) => `wget http://x/f${at}\nsh f${at}`).join('\n'),
    ],
    ['checks', `curl -O u/f;${long('h=$(sha256sum f);')}`],
    ['quoted scripts', long('bash -c "npm ci";')],
    ['here-documents on a line', long('<<a ')],
    ['requirement with many signs', `pip install "a${long('=')} "`],
    ['requirement with a tail', `pip install "a==1${long('\t')}x"`],
    ['requirement with a fragment', `pip install https://x/${long('#6')}`],
    ['letters of an option', `curl u | bash -${long('s')}1; bash -${long('c')}1; sha256sum -${long('c')}1`],
    ['name of a program', `curl u | python${long('.')}x`],
    ['blanks before a target', `cat >${long('\t')}x`],
    ['piped here-document', `cat <<E ${'| bash '.repeat(500)}\n${'npm ci\n'.repeat(500)}E\n`],
    ['line ends', long('\r')],
    ['array', `a=(${long('[')})`],
    ['braces', long('{{')],
    [
      'arguments',
      `${Array.from({ length: 2000 }, (_, at) => `ARG A${at}=\${A${at + 1}}\${A${at + 1}}`).join('\n')}\nFROM \${A0}`,
    ],
    ['stages', Array.from({ length: 3000 }, (_, at) => `FROM a AS s${at}\nFROM s-$X`).join('\n')],
  ])('%s', { timeout: 30_000 }, (_name, text) => {
    const { records, errors } = analyzeShell(text);
    expect(records.every(({ startLine }) => startLine >= 1)).toBe(true);
    expect(errors.every(({ script }) => script.length <= text.length)).toBe(true);
    for (const prefix of ['', 'RUN ', 'RUN <<E\n', 'FROM ', 'ARG ', 'COPY --from=']) {
      const file = readDockerfile(`FROM x\n${prefix}${text}`);
      expect(baseImages(file).images.length).toBeGreaterThanOrEqual(1);
      dockerfileInstalls(file);
    }
    analyzeWorkflowScript(text, { line: 1 });
    analyzePowershell(text);
    expect(readProjectSettings(text)).toBeUndefined();
  });

  test.each([
    ['words', `pip install ${'x '.repeat(300_000)}`, 'pipCommand'],
    ['assignments', `${'a=b '.repeat(200_000)}npm i`, 'npmCommand'],
    ['quoted words', `npm i ${'"x" '.repeat(200_000)}`, 'npmCommand'],
  ])('one command of very many %s takes linear time', { timeout: 10_000 }, (_name, text, type) => {
    expect(analyzeShell(text).records).toMatchObject([{ type }]);
  });

  test('nesting beyond the parser is an error, not a crash', () => {
    expect(analyzeShell(`${'$('.repeat(5000)}x${')'.repeat(5000)}`).errors).toHaveLength(1);
    expect(analyzeShell(`${'if a; then '.repeat(5000)}x${'; fi'.repeat(5000)}`).errors).toHaveLength(1);
  });
});
