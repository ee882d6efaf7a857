/** JSON Schemas of the files maintainers write: editors complete and check them while typing. */
import { checks } from '../../checks/index.ts';
import { probes } from '../../probes/index.ts';
import { ANNOTATION_REASONS } from '../core/index.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
/** A plugin's unit. */
const plugin: Schema = { type: 'string', pattern: '^[a-z][a-z0-9-]*/' };

/** Words with what each means, one of which is meant. */
function words(meanings: Readonly<Record<string, string>>): Schema {
  return { oneOf: Object.entries(meanings).map(([word, description]) => ({ const: word, description })) };
}

const oneOrMore = (item: Schema): Schema => ({
  anyOf: [item, { type: 'array', minItems: 1, items: item }],
});

const reason = words(ANNOTATION_REASONS);
const checkNames = Object.fromEntries(checks.map(({ name, summary }) => [name, summary]));
const lowerNames = Object.fromEntries(checks.map(({ name, summary }) => [name.toLowerCase(), summary]));
const check: Schema = { anyOf: [words(checkNames), plugin] };
const probe: Schema = {
  anyOf: [words(Object.fromEntries(probes.map((one) => [one.id, one.summary]))), plugin],
};
const described = (schema: Schema, description: string): Schema => ({ description, ...schema });

const properties: Readonly<Record<string, Schema>> = {
  check: described(check, 'The check whose findings are meant.'),
  checks: described(oneOrMore(check), 'Checks whose findings are meant.'),
  probe: described(probe, 'The probe whose findings are meant.'),
  probes: described(oneOrMore(probe), 'Probes whose findings are meant.'),
  path: described(oneOrMore(text), 'Globs of files, e.g. `test/**`.'),
  paths: described(oneOrMore(text), 'Globs of files, e.g. `test/**`.'),
  line: { description: 'A line inside the finding.', type: 'integer', minimum: 1 },
  fingerprint: described(
    { type: 'string', pattern: '^[0-9a-f]{16}(:[0-9]+)?$' },
    'One finding, wherever its line moves; SARIF lists them all.',
  ),
  reason: described(reason, 'Why it is no problem here.'),
  reasons: described(
    oneOrMore({ anyOf: [reason, { type: 'object', properties: { reason } }] }),
    'Several reasons.',
  ),
  note: described(text, 'Words beside the reason.'),
  owner: described(text, 'Who answers for it.'),
  expires: described({ type: 'string', format: 'date' }, 'The last day it holds, YYYY-MM-DD.'),
};

const anyOf = (...names: readonly string[]) => ({ anyOf: names.map((name) => ({ required: [name] })) });

const file = (title: string, items: Schema): Schema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title,
  type: 'object',
  required: ['annotations'],
  additionalProperties: false,
  properties: { annotations: { type: 'array', maxItems: 1000, items } },
});

/** By file name without ending. */
export function annotationSchemas(): Readonly<Record<string, Schema>> {
  return {
    'assay-yml': file('Annotations of maintainers: .assay.yml', {
      type: 'object',
      additionalProperties: false,
      allOf: [anyOf('reason', 'reasons'), anyOf('check', 'checks', 'probe', 'probes', 'fingerprint')],
      properties,
    }),
    'scorecard-yml': file('Annotations of maintainers: .scorecard.yml', {
      type: 'object',
      additionalProperties: false,
      required: ['checks', 'reasons'],
      properties: {
        checks: { type: 'array', minItems: 1, items: words(lowerNames) },
        reasons: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['reason'],
            additionalProperties: false,
            properties: { reason },
          },
        },
      },
    }),
  };
}
