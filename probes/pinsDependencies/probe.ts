import {
  CannotJudge,
  defineProbe,
  type FindingDraft,
  failed,
  type Location,
  no,
  notApplicable,
  type Remedy,
  type View,
  yes,
} from '../../src/core/index.ts';
import { type Dependency, dependencies, type Unreadable } from '../../src/evidence/dependencies.ts';
import { type ImageDigest, imageDigests, imageOf } from '../../src/evidence/imageDigests.ts';
import { nugetPinning } from '../../src/evidence/nugetSettings.ts';
import { commandRemedy } from './remedies.ts';

export const pinsDependencies = defineProbe({
  id: 'pinsDependencies',
  lifecycle: 'stable',
  summary: 'Is everything that builds and workflows fetch named by what it contains?',
  motivation:
    'A tag, a branch or a version range can be moved to other content. What is named by a hash, or held by a lock file with hashes, cannot be swapped unseen by whoever takes over its source.',
  implementation:
    'Reads workflows, Dockerfiles and shell scripts and lists what they fetch: actions, container images, packages, and downloads that are run. Each is pinned when its content is fixed.',
  outcomes: {
    True: 'One dependency whose content is fixed.',
    False: 'One dependency whose content is not fixed.',
    Error: 'A script or runner that could not be read.',
    NotApplicable: 'Nothing is fetched.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Pin dependencies by hash',
    steps: [
      'Name actions by the full commit hash and leave the version as a comment, so that update tools can follow it.',
      'Name images by digest, install packages from a lock file with hashes, and compare the checksum of a download before running it.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  needs: { dependencies, nugetPinning, imageDigests },
  improvements: {
    'true-pins': {
      what: 'A dependency is judged by what fixes its content: verified checksums and signatures, lock files, build stages, arguments and local sources count; further package managers are seen.',
      why: 'The reference matches words of the command: a verified download is reported, `curl -o f …; sh f` is not (scorecard issues 4534, 3401, 5235, 1572).',
    },
    'one-file': {
      what: 'A file that cannot be read is one Error finding; the others are judged.',
      why: 'In the reference one broken workflow or Dockerfile leaves the whole check without a score (scorecard issues 2932, 3316, 5072).',
    },
  },
  example: {
    path: '.github/workflows/build.yml',
    before:
      'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: curl -sSL https://example.com/install.sh | sh\n      - run: npm install\n',
    after:
      'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n      - run: |\n          curl -fsSLo install.sh https://example.com/install.sh\n          echo "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  install.sh" | sha256sum --check\n          sh install.sh\n      - run: npm ci\n',
  },
  run: ({ dependencies, nugetPinning, imageDigests }, view) => {
    const fatal = dependencies.unreadable.find((one) => one.fatal);
    if (fatal && !view.adopts('one-file')) {
      throw new CannotJudge(`${fatal.path} cannot be read: ${fatal.message}`, {
        path: fatal.path,
        line: fatal.startLine,
      });
    }
    const nuget = view.adopts('true-pins') ? nugetPinning.truth : nugetPinning.reference;
    const digests = new Map(imageDigests.map((one) => [one.image, one]));
    const around = { all: dependencies.list, nugetPins: nuget.pins, digests };
    const found = dependencies.list.flatMap((one) => judge(one, around, view) ?? []);
    const all = [...dependencies.unreadable.map(unreadable), ...found];
    return all.length > 0 ? all : [notApplicable('nothing is fetched by workflows, Dockerfiles or scripts')];
  },
});

function unreadable({ path, startLine, endLine, snippet, message }: Unreadable): FindingDraft {
  // The reference writes the end line of scripts even when it is 0, and none for runners.
  const location = {
    ...place(path, startLine, endLine ?? 0, snippet),
    ...(endLine === undefined ? {} : { lineEnd: endLine }),
  };
  return failed(`cannot be read: ${message}`, { location });
}

function place(path: string, lineStart: number, lineEnd: number, snippet: string): Location {
  return {
    path,
    type: 'source',
    lineStart,
    ...(lineEnd ? { lineEnd } : {}),
    ...(snippet ? { snippet } : {}),
  };
}

interface Around {
  readonly all: readonly Dependency[];
  readonly nugetPins: boolean;
  /** What registries say, by image. */
  readonly digests: ReadonlyMap<string, ImageDigest>;
}

function judge(one: Dependency, around: Around, view: View): FindingDraft | undefined {
  const { nugetPins } = around;
  const values = { dependencyType: one.type };
  if (view.adopts('true-pins')) {
    if (one.truth === undefined || one.truth.verdict === 'not-a-download') return undefined;
    const { verdict, why } = one.truth;
    const location = place(one.path, one.startLine, one.endLine, one.snippet);
    const told = one.class === undefined ? values : { ...values, class: one.class };
    const pinned = verdict === 'pinned' || (one.type === 'nugetCommand' && nugetPins);
    return pinned
      ? yes('', { location, values: told })
      : no(`${naming(one)} is not pinned (${why})`, {
          location,
          values: told,
          remedy: remedyOf(one, one.startLine, around),
          remediated: false,
        });
  }
  if (one.reference === undefined) return undefined;
  const location = place(one.path, one.reference.startLine, one.reference.endLine, one.snippet);
  const pinned = one.reference.pinned || (one.type === 'nugetCommand' && nugetPins);
  return pinned
    ? yes('', { location, values })
    : no(`${naming(one)} not pinned by hash`, {
        location,
        values,
        remedy: remedyOf(one, one.reference.startLine || one.startLine, around),
        remediated: false,
      });
}

const naming = (one: Dependency): string => (one.owner === undefined ? one.type : `${one.owner} ${one.type}`);

/** What to do. The reference tells another line than the command's where a script is not a block. */
function remedyOf(one: Dependency, line: number, around: Around): Remedy {
  const truly = line === one.startLine ? '' : `on line ${one.startLine} `;
  return { text: `${one.path}:${line}: ${truly}${mending(one, around)}` };
}

function mending(one: Dependency, { all, digests }: Around): string {
  const { type, snippet, name, pinnedAt } = one;
  if (type === 'GitHubAction') {
    if (snippet.includes('docker://')) return `write ${snippet}@sha256:<digest>`;
    return `write ${name}@<full commit hash> # ${pinnedAt ?? 'version'}`;
  }
  if (type !== 'containerImage') return commandRemedy(type, snippet) ?? 'name what is fetched by its hash';
  if (one.truth?.verdict === 'not-a-download') return mendingStage(one, all);
  const image = imageOf(one);
  if (image === undefined) return 'add @sha256:<digest> to the image';
  const { digest, why } = digests.get(image) ?? {};
  return `write ${image}@${digest ?? 'sha256:<digest>'}${why === undefined ? '' : ` (${why})`}`;
}

/** A stage is mended where its own image stands. */
function mendingStage({ path, startLine, name }: Dependency, all: readonly Dependency[]): string {
  const isBase = (one: Dependency) =>
    one.path === path && one.type === 'containerImage' && one.startLine < startLine && stageOf(one) === name;
  const from = all.findLast(isBase)?.startLine;
  const where = from === undefined ? '' : ` (${path}:${from})`;
  return `pin the image that the stage ${name} starts from${where}`;
}

/** `build` of `FROM node:20 AS build`. */
function stageOf({ snippet }: Dependency): string | undefined {
  const words = snippet.split(/\s+/, 10);
  return words.at(-2)?.toLowerCase() === 'as' ? words.at(-1) : undefined;
}
