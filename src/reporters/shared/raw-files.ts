/** The parts of the raw format that come from files (formats-and-cli 5). */
import type { ReportOptions } from '../../core/index.ts';
import { binaryFiles, binaryList, wrapperRun } from '../../evidence/binaryFiles.ts';
import { dependencies } from '../../evidence/dependencies.ts';
import { referenceFuzzers } from '../../evidence/fuzzing.ts';
import { referenceLicenses } from '../../evidence/licenses.ts';
import { packagingRuns } from '../../evidence/packagingRuns.ts';
import { referencePolicy } from '../../evidence/securityPolicies.ts';
import { updateToolFiles } from '../../evidence/updateTools.ts';
import { vulnerabilities } from '../../evidence/vulnerabilities.ts';
import { checkouts, injections, permissionEntries } from '../../evidence/workflowFindings.ts';
import { workflows } from '../../evidence/workflows.ts';

/** Looks a kind of evidence up. */
export type Known = NonNullable<ReportOptions['known']>;

export function rawOfFiles(known: Known) {
  return {
    workflows: dangerousWorkflows(known),
    permissions: permissions(known),
    licenses: licenses(known),
    databaseVulnerabilities: vulnerabilityIds(known),
    binaries: binaries(known),
    securityPolicies: policies(known),
    dependencyUpdateTools: updateTools(known),
    fuzzers: fuzzers(known),
    packages: packages(known),
    dependencyPinning: { dependencies: pins(known) },
  };
}

/** A place; a zero offset and an empty snippet are left out. */
function place(path: string, offset: number | undefined, snippet?: string, endOffset?: number) {
  return {
    ...(snippet && { snippet }),
    path,
    ...(offset && { offset }),
    ...(endOffset && { endOffset }),
  };
}

function dangerousWorkflows(known: Known) {
  const models = known(workflows) ?? [];
  const job = (path: string, id: string) => {
    const found = models.find((one) => one.path === path)?.jobs.find((one) => one.id === id);
    return { name: found?.name?.value ?? null, id };
  };
  const rows = (files: readonly HitsOfFile[] | undefined, type: string) =>
    (files ?? []).flatMap(({ path, hits }) =>
      hits.map((hit) => ({ job: job(path, hit.job), file: place(path, hit.line, hit.snippet), type })),
    );
  return [...rows(known(checkouts), 'untrustedCheckout'), ...rows(known(injections), 'scriptInjection')];
}

interface HitsOfFile {
  readonly path: string;
  readonly hits: readonly { readonly job: string; readonly line: number; readonly snippet: string }[];
}

function permissions(known: Known) {
  const tokens = (known(permissionEntries) ?? []).flatMap(({ path, hits }) =>
    hits
      .filter(({ level, excuse }) => excuse === undefined && (level === 'undeclared' || level === 'write'))
      .map(({ place: where, name, value, line, snippet, level }) => ({
        locationType: where === 'job' ? 'jobLevel' : 'topLevel',
        ...(name !== undefined && { name }),
        ...(value !== undefined && { value }),
        file: place(path, line, snippet),
        type: level,
      })),
  );
  return tokens.length === 0 ? {} : { tokens };
}

function licenses(known: Known) {
  return (known(referenceLicenses)?.licenses ?? []).map(({ path, name, spdxId, source, approved }) => ({
    file: {
      path,
      ...(name && { name }),
      ...(spdxId && { spdxid: spdxId }),
      attribution: source,
      approved: String(approved),
    },
  }));
}

function vulnerabilityIds(known: Known) {
  const report = known(vulnerabilities);
  const all = report ? [...report.found.flatMap((one) => one.vulnerabilities), ...report.commit] : [];
  return [...new Set(all.map(({ id }) => id))].map((id) => ({ id }));
}

function binaries(known: Known) {
  const run = known(wrapperRun) ?? { validated: false };
  return binaryList(known(binaryFiles) ?? [], run, () => false).map(({ path }) => ({ path }));
}

const HIT_TYPES = { email: 'emailAddress', link: 'httpLink', text: 'vulnDisclosureText' } as const;

function policies(known: Known) {
  const policy = known(referencePolicy)?.policy;
  if (!policy) return [];
  const matches = policy.hits.map(({ type, match, line, offset }) => ({
    type: HIT_TYPES[type],
    match,
    lineNumber: line,
    ...(offset && { offset }),
  }));
  return [
    {
      path: policy.path,
      ...(matches.length > 0 && { matches }),
      ...(policy.size && { contentLength: policy.size }),
    },
  ];
}

const UPDATE_TOOLS: Readonly<Record<string, { readonly url: string; readonly desc: string }>> = {
  Dependabot: { url: 'https://github.com/dependabot', desc: 'dependency updates built into GitHub' },
  RenovateBot: {
    url: 'https://github.com/renovatebot/renovate',
    desc: 'dependency updates on many platforms',
  },
  'scala-steward': {
    url: 'https://github.com/scala-steward-org/scala-steward',
    desc: 'dependency updates for Scala',
  },
};

function updateTools(known: Known) {
  return (known(updateToolFiles) ?? [])
    .filter(({ tool }) => Object.hasOwn(UPDATE_TOOLS, tool))
    .map(({ tool, path }) => ({ ...UPDATE_TOOLS[tool]!, name: tool, files: [{ path }] }));
}

const FUZZER_URLS: Readonly<Record<string, string>> = {
  ClusterFuzzLite: 'https://github.com/google/clusterfuzzlite',
  OSSFuzz: 'https://github.com/google/oss-fuzz',
  GoBuiltInFuzzer: 'https://go.dev/doc/fuzz/',
};

function fuzzers(known: Known) {
  const { services = [], fuzzers = [] } = known(referenceFuzzers) ?? {};
  return [...services.map((tool) => ({ tool, targets: [] })), ...fuzzers].map(({ tool, targets }) => ({
    url: FUZZER_URLS[tool] ?? null,
    desc: null,
    name: tool,
    ...(targets.length > 0 && { files: targets.map(({ path }) => ({ path })) }),
  }));
}

function packages(known: Known) {
  return (known(packagingRuns)?.asked ?? [])
    .filter(({ runs }) => runs === 'unsupported' || runs.length > 0)
    .map(({ path, line, runs }) => ({
      file: place(path, line),
      // Where runs cannot be asked for, the reference writes two without an address.
      runs: runs === 'unsupported' ? [{ url: '' }, { url: '' }] : runs.map((url) => ({ url })),
    }));
}

function pins(known: Known) {
  return (known(dependencies)?.list ?? []).flatMap(({ reference, path, snippet, name, pinnedAt, type }) =>
    reference === undefined
      ? []
      : [
          {
            location: place(path, reference.startLine, snippet, reference.endLine),
            name: name ?? null,
            pinnedAt: pinnedAt ?? null,
            type,
          },
        ],
  );
}
