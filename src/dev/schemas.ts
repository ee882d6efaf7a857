/** JSON Schemas of the JSON formats, written to `docs/schemas`; the tests hold real output against them. */
import { OUTCOMES } from '../core/index.ts';
import { annotationSchemas } from './annotation-schemas.ts';
import type { Generated } from './lists.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'array', items: text };
const integer: Schema = { type: 'integer' };
const number: Schema = { type: 'number' };
const list = (items: Schema): Schema => ({ type: 'array', items });

/** All members required but those in `optional`; nothing else allowed. */
function object(members: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(members).filter((name) => !optional.includes(name)),
    properties: members,
  };
}

const dateTime: Schema = { type: 'string', format: 'date-time' };
const day: Schema = { type: 'string', format: 'date' };
const tool = object({ version: text, commit: text });
const score: Schema = { type: 'integer', minimum: -1, maximum: 10 };
const total: Schema = { type: 'number', minimum: -1, maximum: 10 };
const values: Schema = { type: 'object', additionalProperties: text };
const outcome: Schema = { enum: OUTCOMES };

const v2Finding = object(
  {
    location: object(
      {
        lineStart: integer,
        lineEnd: integer,
        snippet: text,
        path: text,
        type: { type: 'integer', minimum: 0, maximum: 5 },
      },
      ['lineStart', 'lineEnd', 'snippet'],
    ),
    remediation: object(
      { patch: text, text, markdown: text, effort: { type: 'integer', minimum: 0, maximum: 3 } },
      ['patch'],
    ),
    values,
    probe: text,
    message: text,
    outcome,
  },
  ['location', 'remediation', 'values'],
);

const v2Check = object(
  {
    details: texts,
    score,
    reason: text,
    name: text,
    documentation: object({ url: { type: 'string', format: 'uri' }, short: text }),
    annotations: texts,
  },
  ['annotations'],
);

const v2Repo = object({ name: text, commit: text });
const v2Members = {
  date: dateTime,
  repo: v2Repo,
  scorecard: tool,
  score: total,
  checks: list(v2Check),
  metadata: texts,
  findings: list(v2Finding),
};

const { repo: _, ...predicateMembers } = v2Members;

const statement = object({
  _type: { const: 'https://in-toto.io/Statement/v1' },
  subject: {
    type: 'array',
    minItems: 1,
    items: object(
      {
        name: text,
        uri: { type: 'string', format: 'uri' },
        digest: {
          type: 'object',
          minProperties: 1,
          additionalProperties: { type: 'string', pattern: '^[0-9a-f]+$' },
        },
      },
      ['uri'],
    ),
  },
  predicateType: { type: 'string', format: 'uri' },
  predicate: object(predicateMembers, ['findings']),
});

const location = object(
  {
    path: text,
    type: { enum: ['none', 'source', 'binary', 'text', 'url', 'verifiedBinary'] },
    lineStart: integer,
    lineEnd: integer,
    snippet: text,
  },
  ['lineStart', 'lineEnd', 'snippet'],
);

const finding = object(
  {
    probe: text,
    outcome,
    message: text,
    location,
    values,
    remedy: object({ text, markdown: text, patch: text }, ['markdown', 'patch']),
    remediated: { type: 'boolean' },
  },
  ['location', 'values', 'remedy', 'remediated'],
);

const viewMembers = {
  score,
  reason: text,
  details: list(
    object({ level: { enum: ['Info', 'Warn', 'Debug'] }, text, location, finding }, ['location', 'finding']),
  ),
  range: object({ min: score, max: score }),
  error: text,
};

const optionalText = { type: ['string', 'null'] };
const flag: Schema = { type: ['boolean', 'null'] };
const rawFile = object({ snippet: text, path: text, offset: integer, endOffset: integer }, [
  'snippet',
  'offset',
  'endOffset',
]);
const rawUser = object(
  {
    repoAssociation: text,
    login: text,
    organization: list(object({ login: text })),
    company: list(object({ name: text })),
    NumContributions: integer,
    isBot: { type: 'boolean' },
  },
  ['repoAssociation', 'organization', 'company', 'NumContributions'],
);
const rawTool = object({ url: optionalText, desc: optionalText, name: text, files: list(rawFile) }, [
  'files',
]);

const rawResults = object({
  workflows: list(
    object({
      job: object({ name: optionalText, id: text }),
      file: rawFile,
      type: { enum: ['scriptInjection', 'untrustedCheckout'] },
    }),
  ),
  permissions: object(
    {
      tokens: list(
        object(
          {
            locationType: { enum: ['topLevel', 'jobLevel'] },
            name: text,
            value: text,
            file: rawFile,
            type: { enum: ['undeclared', 'write'] },
          },
          ['name', 'value'],
        ),
      ),
    },
    ['tokens'],
  ),
  licenses: list(
    object({
      file: object(
        { path: text, name: text, spdxid: text, attribution: text, approved: { enum: ['true', 'false'] } },
        ['name', 'spdxid'],
      ),
    }),
  ),
  issues: list(
    object({
      createdAt: dateTime,
      author: rawUser,
      URL: text,
      comments: list(object({ createdAt: dateTime, author: rawUser })),
    }),
  ),
  openssfBestPracticesBadge: object({ badge: text }),
  databaseVulnerabilities: list(object({ id: text })),
  binaries: list(rawFile),
  securityPolicies: list(
    object(
      {
        path: text,
        matches: list(
          object(
            {
              type: { enum: ['emailAddress', 'httpLink', 'vulnDisclosureText'] },
              match: text,
              lineNumber: integer,
              offset: integer,
            },
            ['offset'],
          ),
        ),
        contentLength: integer,
      },
      ['matches', 'contentLength'],
    ),
  ),
  dependencyUpdateTools: list(rawTool),
  branchProtections: object({
    branches: list(
      object({
        protection: {
          anyOf: [
            { type: 'null' },
            object({
              requiredReviewerCount: { type: ['integer', 'null'] },
              allowsDeletions: flag,
              allowsForcePushes: flag,
              requiresCodeOwnerReview: flag,
              requiredLinearHistory: flag,
              dismissesStaleReviews: flag,
              enforcesAdmin: flag,
              requiresStatuChecks: flag,
              requiresUpdatedBranchesToMerge: flag,
              statusChecksContexts: texts,
            }),
          ],
        },
        name: text,
      }),
    ),
    codeownersFiles: texts,
  }),
  Contributors: object({ users: list(rawUser) }),
  defaultBranchChangesets: list(
    object({
      number: text,
      platform: text,
      reviews: list(object({ state: text, reviewer: rawUser })),
      authors: list(rawUser),
      commits: list(object({ message: text, sha: text, committer: rawUser })),
    }),
  ),
  archived: object({ status: { type: 'boolean' } }),
  createdAt: object({ timestamp: dateTime }),
  fuzzers: list(rawTool),
  releases: list(object({ tag: text, url: text, assets: list(object({ path: text, url: text })) })),
  packages: list(object({ file: rawFile, runs: list(object({ url: text })) })),
  dependencyPinning: object({
    dependencies: list(object({ location: rawFile, name: optionalText, pinnedAt: optionalText, type: text })),
  }),
});

const reasons = list({
  enum: ['test-data', 'remediated', 'not-applicable', 'not-supported', 'not-detected'],
});
const annotation = object(
  {
    file: text,
    line: integer,
    checks: texts,
    probes: texts,
    paths: texts,
    at: integer,
    fingerprint: text,
    reasons,
    note: text,
    owner: text,
    expires: text,
  },
  ['at', 'fingerprint', 'note', 'owner', 'expires'],
);

const check = object(
  {
    name: text,
    plugin: text,
    ...viewMembers,
    adjusted: object(viewMembers, ['range', 'error']),
    improvements: texts,
    annotations: texts,
    annotated: object({ reasons, by: list(annotation), fingerprints: texts, score }),
  },
  ['plugin', 'range', 'error', 'annotations', 'annotated'],
);

const repo = object({ name: text, commit: text, branch: text, source: text }, ['branch']);
const notice = object({ code: text, message: text, path: text, line: integer }, ['path', 'line']);
const skipped = list(object({ name: text, why: text }));
const milliseconds: Schema = { type: 'object', additionalProperties: number };

const native = object(
  {
    format: { const: 'assay/1' },
    repo,
    date: dateTime,
    tool,
    score: total,
    adjusted: total,
    checks: list(check),
    probes: list(object({ probe: text, reference: list(finding), adjusted: list(finding) })),
    skipped,
    notices: list(notice),
    metadata: texts,
    plugins: list(
      object({ name: text, source: text, checks: texts, probes: texts, failed: text }, ['failed']),
    ),
    probeMode: { type: 'boolean' },
    stats: object({
      filesSeen: integer,
      filesOpened: integer,
      bytesRead: integer,
      filesParsed: integer,
      parses: integer,
      phases: milliseconds,
      evidence: milliseconds,
      probes: milliseconds,
      requests: milliseconds,
    }),
  },
  ['plugins', 'stats'],
);

const evidence = object(
  {
    format: { const: 'assay-evidence/1' },
    tool,
    repo,
    now: dateTime,
    asked: object(
      {
        checks: texts,
        probes: texts,
        probeMode: { type: 'boolean' },
        experimental: { type: 'boolean' },
        skipped,
        metadata: texts,
        counted: texts,
      },
      ['counted'],
    ),
    evidence: {
      type: 'object',
      additionalProperties: {
        anyOf: [object({ version: integer, value: {} }), object({ version: integer, failed: text })],
      },
    },
    notices: list(notice),
  },
  ['asked'],
);

/** Schema by format id. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  json: titled('JSON v2, as OpenSSF Scorecard writes it, without its nulls', object(v2Members, ['findings'])),
  probe: titled(
    'Findings by probe, as OpenSSF Scorecard writes them, without its nulls',
    object({ date: day, repo: v2Repo, scorecard: tool, findings: list(v2Finding) }),
  ),
  raw: titled(
    'What was seen, as OpenSSF Scorecard writes its raw data, without its nulls for lists',
    object(
      {
        date: day,
        repo: v2Repo,
        scorecard: tool,
        metadata: texts,
        results: rawResults,
        ran: texts,
        findings: list(finding),
      },
      ['findings'],
    ),
  ),
  assay: titled('The native result of Assay', native),
  intoto: titled('in-toto Statement v1 about a commit', statement),
  evidence: titled('Evidence as --evidence stores it', evidence),
};

function titled(title: string, schema: Schema): Schema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
}

/** One file per schema. */
export function schemaFiles(): Generated[] {
  return Object.entries({ ...SCHEMAS, ...annotationSchemas() }).map(([id, schema]) => ({
    path: `docs/schemas/${id}.json`,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  }));
}
