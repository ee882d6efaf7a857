import { describe, expect, it } from 'vitest';
import { evidenceOf, type Tree } from '../../test/support/tree.ts';
import { type Doors, known, type PackageQuery, unknown, type Vulnerability } from '../core/index.ts';
import { osvConfigs } from './osvConfigs.ts';
import { packages, scopeOf } from './packages.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** `path: name version @line scope` */
async function packagesIn(tree: Tree): Promise<string[]> {
  const found = await evidenceOf(packages, tree);
  return found.map(
    ({ path, name, version, line, scope }) =>
      `${path}: ${name} ${version}${line === undefined ? '' : ` @${line}`}${scope === 'runtime' ? '' : ` ${scope}`}`,
  );
}

const lock = (...names: string[]) =>
  JSON.stringify({ packages: Object.fromEntries(names.map((name) => [name, { version: '1.0.0' }])) });

describe('packages of a repository', () => {
  it('leaves package-lock.json to npm-shrinkwrap.json beside it', async () => {
    expect(
      await packagesIn({
        'package-lock.json': lock('node_modules/a'),
        'npm-shrinkwrap.json': lock('node_modules/b'),
        'sub/package-lock.json': lock('node_modules/c'),
      }),
    ).toEqual(['npm-shrinkwrap.json: b 1.0.0 @1', 'sub/package-lock.json: c 1.0.0 @1']);
  });

  it('reads go.mod with its replacements, without the standard library', async () => {
    const text = `module example.org/m // comment
go 1.21
toolchain go1.21.3
require example.org/single v1.0.0
require (
	example.org/a v1.0.0 // indirect
	example.org/b v0.0.0-2020
	"example.org/quoted" "v3.0.0"
	example.org/local v1.0.0
	example.org/kept v1.0.0
)
replace (
	example.org/a => example.org/fork v1.5.0
	example.org/b v0.0.0-2020 => example.org/b v2.0.0
	example.org/kept v9.9.9 => example.org/never v1.0.0
)
replace example.org/local => ../local
exclude example.org/x v1.0.0
`;
    expect(await packagesIn({ 'go.mod': text, 'go.sum': 'example.org/sum v1.0.0 h1:x=\n' })).toEqual([
      'go.mod: example.org/b 2.0.0 @14',
      'go.mod: example.org/fork 1.5.0 @13',
      'go.mod: example.org/kept 1.0.0 @10',
      'go.mod: example.org/quoted 3.0.0 @8',
      'go.mod: example.org/single 1.0.0 @4',
    ]);
  });

  it('adds go.sum for modules before Go 1.17', async () => {
    const sum =
      'example.org/a v1.0.0 h1:x=\nexample.org/a v1.0.0/go.mod h1:x=\nexample.org/deep v2.0.0 h1:x=\n';
    const mod = 'module m\ngo 1.16\nrequire example.org/a v1.0.0\n';
    expect(await packagesIn({ 'x/go.mod': mod, 'x/go.sum': sum })).toEqual([
      'x/go.mod: example.org/a 1.0.0 @3',
      'x/go.sum: example.org/deep 2.0.0 @3',
    ]);
    expect(await packagesIn({ 'go.mod': mod, 'go.sum': 'two words\n' })).toEqual([
      'go.mod: example.org/a 1.0.0 @3',
    ]);
  });

  it('reads requirements and what they include', async () => {
    const text = `# comment
Flask==1.0 # trailing
flask_login>=0.5,<1
Zope-Interface ~= 5.0
requests[security,tests]==2.0 ; python_version > "3"
exact===3.0
wild==1.*
below<2
not!=2
name-only
-e git+https://github.com/a/b
\${VARIABLE}==1
long==\\
1.5
hashed==2.0 --hash=sha256:aa \\
    --hash=sha256:bb
dotted.name==1
-r base.txt
-r ../outside.txt
-r ../../../../escape.txt
`;
    expect(
      await packagesIn({
        'app/requirements.txt': text,
        'app/base.txt': 'base==1.0\n-r requirements.txt\n-r requirements/deep.in\n',
        'app/requirements/deep.in': 'deep==2.0\n',
        'app/dev.txt': 'never==1.0\n',
        'outside.txt': 'unknown==1.0\n',
      }),
    ).toEqual([
      'app/base.txt: base 1.0 @1',
      'app/requirements.txt: dotted-name 1 @17',
      'app/requirements.txt: exact 3.0 @6',
      'app/requirements.txt: flask 1.0 @2',
      'app/requirements.txt: hashed 2.0 @15',
      'app/requirements.txt: long 1.5 @13',
      'app/requirements.txt: requests 2.0 @5',
      'app/requirements.txt: zope-interface 5.0 @4',
      'app/requirements/deep.in: deep 2.0 @1',
    ]);
  });

  it('marks names in requirements that the reference does not see', async () => {
    const text = 'ruamel.yaml==0.15\nq==1.0\nzope_interface==5.0\n.bad==1\nbad)==1\n';
    const found = await evidenceOf(packages, { 'requirements.txt': text });
    expect(found.map(({ name, beyond }) => [name, beyond])).toEqual([
      ['q', true],
      ['ruamel-yaml', true],
      ['zope-interface', undefined],
    ]);
  });

  it('reads pom.xml with properties, parents in the repository and managed versions', async () => {
    const dependency = (artifact: string, more = '') =>
      `<dependency><groupId>org.d</groupId><artifactId>${artifact}</artifactId>${more}</dependency>`;
    const parent = `<project><groupId>org.p</groupId><artifactId>parent</artifactId><version>1</version>
<packaging>pom</packaging><properties><managed.version>4.0</managed.version></properties>
<dependencyManagement><dependencies>${dependency('managed', '<version>${managed.version}</version>')}</dependencies></dependencyManagement>
<dependencies>${dependency('inherited', '<version>7.0</version>')}</dependencies></project>`;
    const child = `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.p</groupId><artifactId>parent</artifactId><version>1</version></parent>
  <artifactId>child</artifactId>
  <properties><a.version>\${b.version}</a.version><b.version>2.0</b.version></properties>
  <dependencies>
    ${dependency('property', '<version>${a.version}</version>')}
    ${dependency('managed')}
    ${dependency('own', '<version>${project.version}</version><scope>test</scope>')}
    ${dependency('range', '<version>[1.5,2.0)</version>')}
    ${dependency('unknown', '<version>${nowhere}</version>')}
    ${dependency('without')}
  </dependencies>
  <build><plugins><plugin><dependencies>${dependency('plugin', '<version>1</version>')}</dependencies></plugin></plugins></build>
  <profiles>
    <profile><id>on</id><activation><activeByDefault>true</activeByDefault></activation>
      <dependencies>${dependency('profile', '<version>5.0</version>')}</dependencies></profile>
    <profile><id>off</id><dependencies>${dependency('off', '<version>1</version>')}</dependencies></profile>
  </profiles>
</project>`;
    expect(await packagesIn({ 'pom.xml': parent, 'child/pom.xml': child })).toEqual([
      'child/pom.xml: org.d:inherited 7.0',
      'child/pom.xml: org.d:managed 4.0 @8',
      'child/pom.xml: org.d:own 1 @9 test',
      'child/pom.xml: org.d:profile 5.0 @17',
      'child/pom.xml: org.d:property 2.0 @7',
      'child/pom.xml: org.d:range 1.5 @10',
      'pom.xml: org.d:inherited 7.0 @4',
    ]);
    const other = parent.replace('<version>1</version>', '<version>2</version>');
    expect(
      (await packagesIn({ 'pom.xml': other, 'child/pom.xml': child })).filter((one) =>
        one.startsWith('child'),
      ),
    ).toEqual([
      'child/pom.xml: org.d:own 1 @9 test',
      'child/pom.xml: org.d:profile 5.0 @17',
      'child/pom.xml: org.d:property 2.0 @7',
      'child/pom.xml: org.d:range 1.5 @10',
    ]);
  });

  it('follows circles of parents and properties to an end', async () => {
    const circular = `<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent>
<groupId>g</groupId><artifactId>a</artifactId><version>1</version><packaging>pom</packaging>
<properties><x>\${y}</y></x><y>\${x}</y></properties></project>`;
    expect(await packagesIn({ 'pom.xml': circular })).toEqual([]);
    const loop = circular
      .replace('</y></x>', '</x>')
      .replace(
        '</project>',
        '<dependencies><dependency><groupId>d</groupId><artifactId>e</artifactId><version>${x}</version></dependency></dependencies></project>',
      );
    expect(await packagesIn({ 'pom.xml': loop })).toEqual([]);
  });

  it('leaves out what a .gitignore names, committed or not', async () => {
    const text = 'name==1.0\n';
    const locks = Object.fromEntries(
      [
        'requirements.txt',
        'out/requirements.txt',
        'a/build/requirements.txt',
        'a/requirements-dev.txt',
        'b/requirements-x.txt',
        'b/c/requirements.txt',
        'keep/requirements.txt',
        'b/keep/requirements.txt',
      ].map((path) => [path, text]),
    );
    const found = await packagesIn({
      ...locks,
      '.gitignore': '# comment\n/out/\nbuild\n*-dev.txt\nkeep/\n!keep/\n',
      'b/.gitignore': 'requirements-*.txt\nc/requirements.txt\n',
    });
    expect(found.map((one) => one.split(':')[0])).toEqual([
      'b/keep/requirements.txt',
      'keep/requirements.txt',
      'requirements.txt',
    ]);
  });

  it.each([
    ['package-lock.json', [], 'runtime'],
    ['package-lock.json', ['dev'], 'dev'],
    ['package-lock.json', ['optional'], 'runtime'],
    ['pom.xml', ['test'], 'test'],
    ['pom.xml', ['provided'], 'runtime'],
    ['tests/fixtures/yarn.lock', [], 'test'],
    ['examples/a/go.mod', ['dev'], 'example'],
    ['docs/requirements.txt', [], 'example'],
    ['requirements-dev.txt', [], 'dev'],
    ['requirements/test.txt', [], 'test'],
    ['test-requirements.txt', [], 'test'],
    ['requirements.txt', [], 'runtime'],
    ['latest/go.mod', [], 'runtime'],
    ['packages/testing-library/package-lock.json', [], 'runtime'],
    ['test-apps/x/package-lock.json', [], 'test'],
    ['internal/testutil/go.mod', [], 'test'],
    ['fuzz/Cargo.lock', [], 'test'],
    ['demo-app/package-lock.json', [], 'example'],
    ['.github/actions/x/package-lock.json', [], 'dev'],
    ['tools/go.mod', [], 'dev'],
    ['src/tools/package-lock.json', [], 'runtime'],
    ['ci/requirements.txt', [], 'dev'],
  ])('%s %j is there for %s', (path, groups, scope) => {
    expect(scopeOf(path, groups)).toBe(scope);
  });
});

describe('pnpm 9', () => {
  it('tells by who needs a package whether it ships', async () => {
    const text = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(peer@2.0.0)
      alias:
        specifier: npm:real@1.0.0
        version: real@1.0.0
      linked:
        specifier: workspace:*
        version: link:../linked
    devDependencies:
      tool:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-a}

  '@s/both@1.0.0':
    resolution: {integrity: sha512-a}

  only@1.0.0:
    resolution: {integrity: sha512-a}

  peer@2.0.0:
    resolution: {integrity: sha512-a}

  real@1.0.0:
    resolution: {integrity: sha512-a}

  tool@1.0.0:
    resolution: {integrity: sha512-a}

snapshots:

  a@1.0.0(peer@2.0.0):
    dependencies:
      '@s/both': 1.0.0
      peer: 2.0.0

  '@s/both@1.0.0': {}

  only@1.0.0: {}

  peer@2.0.0: {}

  real@1.0.0: {}

  tool@1.0.0:
    dependencies:
      '@s/both': 1.0.0
      only: 1.0.0
`;
    const found = await packagesIn({ 'pnpm-lock.yaml': text });
    expect(found.map((one) => one.replace(/^.*: | @\d+/g, ''))).toEqual([
      '@s/both 1.0.0',
      'a 1.0.0',
      'only 1.0.0 dev',
      'peer 2.0.0',
      'real 1.0.0',
      'tool 1.0.0 dev',
    ]);
  });
});

describe('osv-scanner.toml', () => {
  // As osv-scanner 2.3.2 does, by running the reference on each.
  it.each([
    ['[[ignoredvulns]]\nID = "X-1"', 1],
    ['IgnoredVulns = [{ id = "X-1" }]', 1],
    ['[[IgnoredVulns]]\nid = "X-1"\nignoreUntil = "2099-01-01T00:00:00Z"', 1],
    ['[[IgnoredVulns]]\nid = "X-1"\nignoreUntil = 2099-01-01T00:00:00', 1],
    ['GoVersionOverride = "1.2"\n[[IgnoredVulns]]\nid = "X-1"', 1],
    ['[[IgnoredVulns]]\nid = "X-1"\nignoreUntil = "2020-01-01"', undefined],
    ['[[IgnoredVulns]]\nid = "X-1"\nexpires = 2020-01-01', undefined],
    ['[[IgnoredVulns]]\nid = 5', undefined],
    ['[IgnoredVulns]\nid = "X-1"', undefined],
    ['[[IgnoredVulns]]\nid = "X-1"\n[[PackageOverrides]]\nignored = true', undefined],
    ['[[IgnoredVulns]]\nid = "X-1"\n[[PackageOverrides]]\nvulnerability = true', undefined],
    ['[[IgnoredVulns]]\nid = "X-1"\n[[PackageOverrides]]\nvulnerability.ignored = true', undefined],
  ])('%j sets aside as osv-scanner does', async (text, expected) => {
    const [config] = await evidenceOf(osvConfigs, { 'osv-scanner.toml': text });
    expect(config?.vulnerabilities.length).toBe(expected);
  });
  it('is read; what is no TOML is passed over', async () => {
    const text = `
[[IgnoredVulns]]
id = "GHSA-1"
ignoreUntil = 2026-05-01
reason = "not reachable"
[[IgnoredVulns]]
id = "GHSA-2"
[[PackageOverrides]]
name = "a"
ecosystem = "npm"
ignore = true
[[PackageOverrides]]
group = "dev"
vulnerability.ignore = true
effectiveUntil = 2026-05-01T12:00:00Z
[[PackageOverrides]]
name = "b"
license.ignore = true
`;
    expect(await evidenceOf(osvConfigs, { 'osv-scanner.toml': text, 'x/osv-scanner.toml': '[[' })).toEqual([
      {
        path: 'osv-scanner.toml',
        vulnerabilities: [
          { id: 'GHSA-1', until: '2026-05-01T00:00:00.000Z', reason: 'not reachable' },
          { id: 'GHSA-2' },
        ],
        packages: [
          { name: 'a', ecosystem: 'npm', ignores: 'package' },
          { group: 'dev', until: '2026-05-01T12:00:00.000Z', ignores: 'vulnerabilities' },
          { name: 'b', ignores: 'nothing' },
        ],
      },
    ]);
  });
});

describe('vulnerabilities of a repository', () => {
  const advisory: Vulnerability = { id: 'GHSA-1', aliases: [], summary: 's' };
  const asked: { packages: readonly PackageQuery[]; commit: string | undefined }[] = [];
  const doors: Partial<Doors> = {
    vulnerabilities: async (list, commit) => {
      asked.push({ packages: list, commit });
      return known({
        packages: list.map(({ name }) => (name === 'a' ? [advisory] : [])),
        commit: commit === undefined ? [] : [{ ...advisory, id: 'OSV-1' }],
      });
    },
  };

  it('asks for each package once, and for the newest commit where a forge tells it', async () => {
    asked.length = 0;
    const sha = '0a0b'.repeat(10);
    const tree = {
      'package-lock.json': lock('node_modules/a', 'node_modules/b'),
      'x/package-lock.json': lock('node_modules/a'),
      'bun.lock': `{"lockfileVersion": 1, "packages": {"g": ["g@github:x/y#${sha}"], "h": ["h@github:x/z#0a0b0c0"]}}`,
    };
    const commits = known([{ sha: 'c0ffee' }, { sha: 'old' }] as never);
    const report = await evidenceOf(vulnerabilities, tree, { doors, facts: { commits } });
    expect(asked).toEqual([
      {
        packages: [
          { ecosystem: 'npm', name: 'g', version: '', commit: sha },
          { ecosystem: 'npm', name: 'a', version: '1.0.0' },
          { ecosystem: 'npm', name: 'b', version: '1.0.0' },
        ],
        commit: 'c0ffee',
      },
    ]);
    expect(report).toMatchObject({
      lookedUp: 3,
      commit: [{ id: 'OSV-1' }],
      found: [
        { package: { name: 'a', path: 'package-lock.json' }, vulnerabilities: [advisory] },
        { package: { name: 'a', path: 'x/package-lock.json' }, vulnerabilities: [advisory] },
      ],
    });
  });

  it('asks for nothing that OSV refuses: one such entry would cost the answers on all others', async () => {
    asked.length = 0;
    const entries = [
      { name: 'a', version: '1', ecosystem: 'npm' },
      { name: 'curl', version: '7', ecosystem: 'Debian:12' },
      { name: 'b', version: '1', ecosystem: 'Unheard Of' },
      { name: 'c', version: '1', ecosystem: '../npm' },
      { name: 'd', version: '1' },
      { name: 'e', commit: 'main' },
      { name: 'f', commit: '0a0b0c0' },
    ];
    const tree = {
      'osv-scanner-custom.json': JSON.stringify({
        results: [{ packages: entries.map((entry) => ({ package: entry })) }],
      }),
      'Package.resolved': JSON.stringify({
        version: 2,
        pins: [{ identity: 'g', location: 'https://github.com/x/g', state: { revision: 'a' } }],
      }),
    };
    await evidenceOf(vulnerabilities, tree, { doors });
    expect(asked).toEqual([
      {
        packages: [
          { ecosystem: 'npm', name: 'a', version: '1' },
          { ecosystem: 'Debian:12', name: 'curl', version: '7' },
        ],
      },
    ]);
  });

  it('asks nobody when there is nothing to ask for', async () => {
    asked.length = 0;
    expect(await evidenceOf(vulnerabilities, { README: 'x' }, { doors })).toEqual({
      lookedUp: 0,
      found: [],
      commit: [],
    });
    expect(asked).toEqual([]);
  });

  it('says when nobody answers', async () => {
    const silent = { vulnerabilities: async () => unknown('failed', 'no network') };
    const report = await evidenceOf(
      vulnerabilities,
      { 'yarn.lock': 'a@1:\n  version "1"\n' },
      { doors: silent },
    );
    expect(report).toMatchObject({ lookedUp: 1, found: [], unknown: 'no network' });
  });
});
