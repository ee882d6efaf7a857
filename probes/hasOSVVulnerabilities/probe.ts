import {
  at,
  defineProbe,
  type FindingDraft,
  no,
  notAvailable,
  type View,
  type Vulnerability,
  yes,
} from '../../src/core/index.ts';
import { type OsvConfigFile, osvConfigs } from '../../src/evidence/osvConfigs.ts';
import type { UsedPackage } from '../../src/evidence/packages.ts';
import { type VulnerabilityReport, vulnerabilities } from '../../src/evidence/vulnerabilities.ts';
import { grouped, representative } from './group.ts';
import { notIgnored } from './ignored.ts';

/** A vulnerability and who brings it; `used` is empty for the repository's own commit. */
interface Hit extends Vulnerability {
  readonly used: readonly UsedPackage[];
}

export const hasOSVVulnerabilities = defineProbe({
  id: 'hasOSVVulnerabilities',
  lifecycle: 'stable',
  summary: 'Does the project have known vulnerabilities that are not fixed?',
  motivation:
    'A known vulnerability in the code or in a dependency can be used by anyone who reads the advisory. It should be fixed by an update, or looked at and set aside with a reason.',
  implementation:
    'Reads the packages out of lock files, manifests and bills of material, asks the OSV database about them and about the newest commit, and puts together what several databases say of the same vulnerability. What an `osv-scanner.toml` beside the file sets aside does not count.',
  outcomes: {
    True: 'There is a known vulnerability; one finding for each.',
    False: 'None is known.',
    NotAvailable: 'The database could not be asked.',
  },
  remediation: {
    on: 'True',
    effort: 'High',
    act: 'Update packages with known vulnerabilities',
    steps: [
      'Read the advisory that the finding names, and update the package to a version without the vulnerability.',
      'If it does not concern this project, set it aside in an `osv-scanner.toml` beside the lock file, with its id, a reason and a date.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { vulnerabilities, osvConfigs },
  improvements: {
    'shipped-dependencies': {
      what: 'Vulnerabilities only in development, test, example or fixture dependencies do not count.',
      why: 'They do not reach the users of the project, and old versions in test fixtures are often there on purpose (ossf/scorecard#4550).',
    },
    'ignore-file-below': {
      what: 'An `osv-scanner.toml` also holds for lock files in the folders below it.',
      why: 'Otherwise the same entries have to be kept beside every lock file (google/osv-scanner#1640).',
    },
    'more-lock-files': {
      what: 'Swift packages, names with a dot or of one letter in requirements files, packages with scoped peers in `pnpm-lock.yaml`, and what stands in its later documents, are looked up as well.',
      why: 'OSV knows their vulnerabilities; the reference does not read `Package.resolved`, takes `ruamel.yaml==0.15` and `/a@1.0.0(@b/c@2.0.0)` for no packages, and of the two documents that pnpm 11 writes it sees only what the package manager itself needs.',
    },
    'located-vulnerabilities': {
      what: 'Findings name the package, its version, the file and line, and the version that mends it.',
      why: 'Without them nobody knows where to begin.',
    },
  },
  example: {
    path: 'package-lock.json',
    before:
      '{\n  "name": "app",\n  "lockfileVersion": 3,\n  "packages": {\n    "": { "dependencies": { "lodash": "^4.17.0" } },\n    "node_modules/lodash": { "version": "4.17.15" }\n  }\n}\n',
    after:
      '{\n  "name": "app",\n  "lockfileVersion": 3,\n  "packages": {\n    "": { "dependencies": { "lodash": "^4.17.0" } },\n    "node_modules/lodash": { "version": "4.17.21" }\n  }\n}\n',
  },
  run: ({ vulnerabilities, osvConfigs }, view) => {
    if (vulnerabilities.unknown !== undefined)
      return [notAvailable(`known vulnerabilities could not be looked up: ${vulnerabilities.unknown}`)];
    const groups = grouped(hitsOf(vulnerabilities, osvConfigs, view));
    if (groups.length === 0) return [nothingFound(vulnerabilities, view)];
    return groups.map((group) => finding(group, view));
  },
});

/** What counts in this view, each id once. */
function hitsOf(report: VulnerabilityReport, configs: readonly OsvConfigFile[], view: View): Hit[] {
  const hits = new Map<string, Hit>();
  const add = (one: Vulnerability, used: readonly UsedPackage[]) => {
    const before = hits.get(one.id);
    hits.set(
      one.id,
      before === undefined ? { ...one, used } : { ...before, used: [...before.used, ...used] },
    );
  };
  for (const one of report.commit) add(one, []);
  for (const found of report.found) {
    const { beyond, scope } = found.package;
    if (beyond && !view.adopts('more-lock-files')) continue;
    if (scope !== 'runtime' && view.adopts('shipped-dependencies')) continue;
    for (const one of notIgnored(found, configs, view.now, view.adopts('ignore-file-below')))
      add(one, [found.package]);
  }
  return [...hits.values()];
}

function nothingFound({ lookedUp, asOf }: VulnerabilityReport, view: View): FindingDraft {
  if (!view.adopts('located-vulnerabilities')) return no('no known vulnerabilities');
  const message = lookedUp === 0 ? 'no packages to look up' : 'no known vulnerabilities';
  return no(message, { values: { packages: String(lookedUp), ...(asOf === undefined ? {} : { asOf }) } });
}

/** The command of the ecosystem's package manager, where it is one line. */
const UPDATES: Readonly<Record<string, (name: string, version: string) => string>> = {
  npm: (name, version) => `npm install ${name}@${version}`,
  Go: (name, version) => `go get ${name}@v${version.replace(/^v/, '')} && go mod tidy`,
  'crates.io': (name, version) => `cargo update --package ${name} --precise ${version}`,
  RubyGems: (name) => `bundle update --conservative ${name}`,
  Packagist: (name) => `composer update --with-dependencies ${name}`,
};

function mending(id: string, { ecosystem, name, version }: UsedPackage, fixed: string | undefined): string {
  if (fixed === undefined) {
    return `no version of ${name} without it is known: replace ${name}, or set it aside in an osv-scanner.toml beside the file\n[[IgnoredVulns]]\nid = "${id}"\nreason = "<why it does not concern this project>"`;
  }
  // Names come out of the repository: what is no plain word makes no command.
  const isPlain = /^[@\w./-]{1,200}$/.test(name) && /^[\w.+-]{1,80}$/.test(fixed);
  const command = isPlain && Object.hasOwn(UPDATES, ecosystem) ? UPDATES[ecosystem]!(name, fixed) : undefined;
  const by = command === undefined ? '' : `, e.g. ${command}`;
  return `update ${name} from ${version || 'this commit'} to ${fixed} or later${by}`;
}

function finding(group: readonly Hit[], view: View): FindingDraft {
  const id = representative(group);
  const address = `https://osv.dev/${id}`;
  if (!view.adopts('located-vulnerabilities')) return yes(`known vulnerability: ${address}`);
  const hit = group.find((one) => one.used.length > 0) ?? group[0]!;
  const [used] = hit.used;
  const severity = group.find((one) => one.severity !== undefined)?.severity;
  const values = { id, ...(severity === undefined ? {} : { severity }) };
  if (used === undefined) return yes(`the newest commit is vulnerable: ${address}`, { values });
  const places = new Set(group.flatMap((one) => one.used.map(({ path }) => path)));
  const { ecosystem, name, version, scope, path, line } = used;
  const fixed = group.find((one) => one.fixed !== undefined)?.fixed;
  const what = `${name} ${version || used.commit?.slice(0, 12)}`;
  const more = places.size > 1 ? `, in ${places.size} files` : '';
  return yes(`${what} is vulnerable: ${address}${fixed === undefined ? '' : `, fixed in ${fixed}`}${more}`, {
    location: at(path, line),
    values: {
      ...values,
      ecosystem,
      package: name,
      version,
      scope,
      ...(fixed === undefined ? {} : { fixed }),
      ...(more === '' ? {} : { files: String(places.size) }),
    },
    remedy: { text: `${path}:${line}: ${mending(id, used, fixed)}` },
  });
}
