/** Where even the reference view departs from the reference on purpose, each with the tests that hold it. */

export interface Departure {
  /** What Assay does. */
  readonly here: string;
  /** What Scorecard does. */
  readonly there: string;
  /** Files with the name of a test or case in them. */
  readonly tests: readonly (readonly [file: string, name: string])[];
}

const OWN = 'test/compatibility.test.ts';

/** By the kind of reason. */
export const DEPARTURES: Readonly<Record<string, readonly Departure[]>> = {
  'Random results': [
    {
      here: 'Of several branches the points that can be reached are those of each branch, added up.',
      there:
        'Takes those of one branch, picked at random, times the number of branches: equal settings score 4 or 5, and more than 10 can come out.',
      tests: [
        [
          'checks/branch-protection/cases.ts',
          'full rules on main, a release branch that only blocks deletion and force pushes: always 4',
        ],
      ],
    },
    {
      here: 'A Debian package without the usual ending of its name is always a binary artifact.',
      there: 'Tells so in some runs only.',
      tests: [[OWN, 'a Debian package is told whatever its name']],
    },
    {
      here: 'Findings about a workflow keep the order of the file.',
      there:
        'Goes through jobs, scopes and matrices in random order. Where a finding names the first job that fits, such as the one that uploads SARIF, its line changes from run to run.',
      tests: [
        [OWN, 'jobs and scopes keep the order of the file'],
        [OWN, 'the first job that uploads SARIF is named'],
      ],
    },
    {
      here: 'The counts by kind in Pinned-Dependencies are sorted by name, behind those of actions.',
      there: 'Lists them in random order.',
      tests: [[OWN, 'counts by kind are sorted']],
    },
    {
      here: 'Changes, checks of commits, contributors and fuzzers keep the order in which the forge and the files tell them; organizations are sorted.',
      there: 'Lists them in random order, in the raw format too.',
      tests: [
        [OWN, 'changes keep the order of the commits'],
        ['test/raw.test.ts', 'tells what a forge knows'],
      ],
    },
    {
      here: 'Checks are sorted by name, in results and in the help text.',
      there: 'Lists them in random order in the help text.',
      tests: [
        ['test/cli.test.ts', 'take check names in any letter case, in lists and repeated, sorted by name'],
      ],
    },
  ],
  'Facts of the forge': [
    {
      here: 'Checks of pull requests are one conclusion per app, however far back.',
      there:
        'Tells them check by check beyond the first 99 commits, so that with `--commit-depth` above 99 the same checks can count there and not before.',
      tests: [['test/forge-departures.test.ts', 'checks of a long history are judged in one way']],
    },
    {
      here: 'Accounts of apps belong to no company or organization; nobody is asked about them.',
      there: 'Asks for the profile of each, which names none unless the forge lets apps have one.',
      tests: [['test/forge-departures.test.ts', 'an app belongs to no company']],
    },
    {
      here: "A security policy in the organisation's `.github` repository counts.",
      there: 'Overlooks one that `.gitattributes` there keeps out of archives.',
      tests: [
        ['test/forge-departures.test.ts', 'a policy of the organisation that archives leave out counts'],
      ],
    },
  ],
  'Crashes, waits and failures': [
    {
      here: 'Pipes, sockets and devices in a folder are passed over.',
      there: 'Waits for ever to read from a pipe.',
      tests: [['test/hostile-folder.test.ts', 'with pipes and sockets is read without waiting']],
    },
    {
      here: 'A link that leads out of the folder is passed over with a notice.',
      there: 'Ends every check that would read it with a runtime error.',
      tests: [
        ['test/hostile-folder.test.ts', 'with circles and ways out is walked once and not left'],
        [OWN, 'a link out of the folder spoils no check'],
      ],
    },
    {
      here: 'Of a file larger than a limit (8 MiB for most kinds, 32 MiB for lock files) the beginning is read, with a notice; nesting, here-documents and other ways to take all time or memory have bounds, beyond which a text counts as unreadable.',
      there: 'Has no bounds.',
      tests: [
        ['test/hostile-folder.test.ts', 'with a file of a gigabyte costs no gigabyte'],
        ['src/parse/shell/robust.test.ts', 'here-documents on a line'],
      ],
    },
    {
      here: 'A commit that a search finds and whose author has no account belongs to no update tool.',
      there: 'Reads an account that is not there, and crashes.',
      tests: [['src/evidence/updateTools.test.ts', 'wants the account of Dependabot']],
    },
    {
      here: 'A download of the files that stays broken makes what files tell unknown, with a notice.',
      there: 'Scores a repository without files for some such answers.',
      tests: [
        ['test/github.test.ts', 'that stays broken makes all that files tell unknown, and nothing else'],
      ],
    },
    {
      here: 'A folder without a known origin is not looked for in OSS-Fuzz.',
      there: 'Asks for the list all the same; without network Fuzzing ends with a runtime error.',
      tests: [[OWN, 'a folder without an origin is not looked for in OSS-Fuzz']],
    },
    {
      here: 'A repository that is empty, gone or blocked is an error with exit code 3, and so is a folder that is not there.',
      there: 'Prints nothing to standard output and ends with 0.',
      tests: [
        ['test/github.test.ts', '%s is told as %s'],
        ['test/cli.test.ts', 'no folder by option'],
      ],
    },
    {
      here: 'An unknown check, probe, format or option is an error with exit code 2 that names the nearest one.',
      there:
        'Ends with 0 and no result for an unknown probe, and speaks of request types for an unknown check.',
      tests: [
        ['test/cli.test.ts', 'unknown check'],
        ['test/cli.test.ts', 'unknown probe'],
      ],
    },
    {
      here: 'A check that ends with a runtime error does not change the exit code: the result says so.',
      there: 'Ends with 1.',
      tests: [[OWN, 'a workflow that is no YAML ends with 0, and the checks that read it with -1']],
    },
    {
      here: 'SARIF places compiled files that were verified like all others.',
      there: 'Crashes.',
      tests: [['test/reporters.test.ts', 'places results where viewers accept them']],
    },
  ],
  Formats: [
    {
      here: 'Empty lists are `[]`.',
      there: 'Writes `null`, against its own schema.',
      tests: [['test/reporters.test.ts', 'has the keys, the decimal and the escapes of the reference']],
    },
    {
      here: 'in-toto statements have the field names of the specification; without a commit there is none, and a folder has no address.',
      there: 'Writes `type` and `predicate_type`, and made-up digests and addresses.',
      tests: [
        ['test/reporters.test.ts', 'speaks of the commit by its digest'],
        ['test/reporters.test.ts', 'is refused when there is no commit, and has no address for a folder'],
      ],
    },
    {
      here: 'SARIF has fingerprints that stay when lines move, and regions that begin at line 1.',
      there: 'Has no fingerprints, and regions that viewers refuse.',
      tests: [
        ['test/reporters.test.ts', 'keeps fingerprints when lines move, and tells equal findings apart'],
        ['test/reporters.test.ts', 'places results where viewers accept them'],
      ],
    },
    {
      here: 'Findings of `--probes` are in every format.',
      there: 'Shows them in the probe format only.',
      tests: [['test/cli.test.ts', 'show findings of probes in every format']],
    },
    {
      here: 'One unknown name, or one entry that is no YAML, in the annotations is told; the other entries hold.',
      there: 'Drops the whole file.',
      tests: [
        ['test/annotations.test.ts', 'keep the good entries beside a bad one'],
        ['test/annotations.test.ts', 'hold beside an entry that is no YAML: %s'],
      ],
    },
  ],
};
