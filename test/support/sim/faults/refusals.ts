/** Faults of permission: the request is understood and refused. */
import type { FieldRefusal } from '../graphql/execution.ts';
import { githubError, type Reply } from '../http/exchange.ts';
import type { FaultDefinition, FaultKind, FaultRule } from './types.ts';

const SAML_MESSAGE =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.';
const IP_MESSAGE =
  'Although you appear to have the correct authorization credentials, the organization has an IP allow list enabled, and your IP address is not permitted to access this resource.';
const SSO = { 'X-GitHub-SSO': 'required; url=https://github.com/orgs/example/sso?authorization_request=SIM' };

/** REST answers 403, GraphQL 200 with a null repository and an error of that field. */
function organizationPolicy(
  summary: string,
  message: string,
  headers: Record<string, string>,
  saml: boolean,
): FaultDefinition {
  const refusal: FieldRefusal = {
    field: 'Query.repository',
    type: 'FORBIDDEN',
    message,
    extensions: { saml_failure: saml },
  };
  return {
    summary,
    on: ['rest', 'graphql', 'archive'],
    before: (_, x) =>
      x.kind === 'graphql' ? undefined : { ...githubError(403, message), headers, faulty: true },
    execution: () => ({ refusals: [refusal] }),
    after: (_, reply, x) =>
      x.kind === 'graphql' ? { ...reply, headers: { ...reply.headers, ...headers } } : reply,
  };
}

const refuse =
  (status: number, message: string, extra = {}) =>
  (): Reply => ({ ...githubError(status, message, extra), faulty: true });

/** The answer a `status` rule describes. */
function anyStatus(rule: FaultRule): Reply {
  const status = rule.status ?? 500;
  const { body, headers } = rule;
  if (typeof body === 'string')
    return { status, raw: Buffer.from(body), type: 'text/plain', headers, faulty: true };
  return { status, json: body ?? { message: rule.message ?? 'Server Error' }, headers, faulty: true };
}

export const refusals = {
  status: {
    summary: 'any status with any body and headers',
    on: ['rest', 'graphql', 'download', 'git', 'service'],
    sample: { status: 418 },
    before: anyStatus,
  },
  'bad-credentials': {
    summary: '401: the token is not valid',
    on: ['rest', 'graphql', 'archive'],
    before: refuse(401, 'Bad credentials'),
  },
  'anonymous-refused': {
    summary: '401 for callers without a token',
    on: ['rest', 'graphql'],
    before: (_, x) => (x.token === 'anonymous' ? refuse(401, 'Requires authentication')() : undefined),
  },
  forbidden: {
    summary: '403: the token may not read this',
    on: ['rest', 'graphql', 'archive'],
    before: refuse(403, 'Resource not accessible by personal access token'),
  },
  'field-forbidden': {
    summary: 'single GraphQL fields answer null with a FORBIDDEN error',
    on: ['graphql'],
    sample: { fields: ['Repository.rulesets', 'Ref.branchProtectionRule'] },
    execution: (rule) => ({
      refusals: (rule.fields ?? []).map((field) => ({
        field,
        type: 'FORBIDDEN',
        message: rule.message ?? 'Resource not accessible by integration',
        extensions: { saml_failure: false },
      })),
    }),
  },
  saml: organizationPolicy('403: the organization demands single sign-on', SAML_MESSAGE, SSO, true),
  'ip-allow-list': organizationPolicy(
    "403: the address is not on the organization's list",
    IP_MESSAGE,
    {},
    false,
  ),
  blocked: {
    summary: '451: the repository is blocked for legal reasons',
    on: ['rest', 'archive'],
    before: refuse(451, 'Repository access blocked', {
      block: {
        reason: 'dmca',
        created_at: '2020-01-01T00:00:00Z',
        html_url: 'https://github.com/github/dmca',
      },
    }),
  },
  'not-found': {
    summary: '404 where the answer should be',
    on: ['rest', 'graphql', 'download', 'git', 'service'],
    before: refuse(404, 'Not Found'),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
