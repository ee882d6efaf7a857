import { type Diagnosis, diagnose } from '../../app.ts';
import { environment, usage } from '../../config/index.ts';
import { EXIT } from '../../core/index.ts';
import type { Command } from '../command.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'doctor',
  summary:
    'What this machine and token can see, and what is left of the budget; with a repository, what checks cannot see there.',
  usage: 'doctor [OWNER/NAME]',
  options: ['json', 'offline'],
  async run({ values, positionals: [repository, ...more] }) {
    if (more.length > 0) usage('doctor looks at one repository');
    const found = await diagnose({ repository, offline: values.offline || environment().offline });
    writeOutput(values.json ? `${JSON.stringify(found, null, 2)}\n` : text(found));
    return found.usable ? EXIT.ok : EXIT.target;
  },
};

function text(found: Diagnosis): string {
  const { versions, github, services, proxy, authorities, cache, repository } = found;
  const lines = [
    `assay ${versions.assay}, Node ${versions.node}, git ${versions.git ?? 'not found'}`,
    '',
    `${github.host}: REST at ${github.rest}, GraphQL at ${github.graphql}`,
    ...github.tokens.flatMap((token) => tokenLines(token, github.variable)),
    '',
    'Services',
    ...services.map(({ name, address, reachable, problem }) =>
      reachable ? `  ok   ${name}: ${address}` : `  NO   ${name}: ${problem ?? address}`,
    ),
    '',
    `Proxy: ${
      Object.entries(proxy)
        .map(([kind, address]) => `${kind} ${address}`)
        .join(', ') || 'none'
    }`,
    `Further authorities: ${authorities.map(({ file, readable }) => `${file}${readable ? '' : ' (cannot be read)'}`).join(', ') || 'none'}`,
    `Cache: ${cache ? `${cache.folder}, ${cache.files} files, ${(cache.bytes / 1_048_576).toFixed(1)} MiB` : 'none'}`,
    ...(repository ? repositoryLines(repository) : []),
    '',
    found.usable ? 'Ready.' : 'Not usable as it is.',
  ];
  return `${lines.join('\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')}\n`;
}

function tokenLines(token: Diagnosis['github']['tokens'][number], variable: string | undefined): string[] {
  const from = variable === undefined ? '' : ` from ${variable}`;
  const what =
    token.kind === 'none'
      ? 'no token (set GITHUB_TOKEN: most checks need one)'
      : `${token.kind} token${from}`;
  const who = token.user === undefined ? '' : `, of ${token.user}`;
  if (token.problem !== undefined) return [`  NO   ${what}: ${token.problem.message}`];
  const scopes = token.scopes && `, scopes: ${token.scopes.join(', ') || 'none'}`;
  return [
    `  ok   ${what}${who}${scopes ?? ''}`,
    ...token.budgets.map(
      ({ resource, remaining, limit, reset }) =>
        `       ${resource}: ${remaining} of ${limit} left, full again at ${reset}`,
    ),
  ];
}

function repositoryLines({
  name,
  permission,
  blindSpots,
  problem,
}: NonNullable<Diagnosis['repository']>): string[] {
  if (problem !== undefined) return ['', `${name}: ${problem.message}`];
  const spots = blindSpots.map(
    ({ checks, why, needs }) =>
      `  ${checks.join(', ')}: ${why}${needs === undefined ? '' : ` (needs ${needs})`}`,
  );
  return [
    '',
    `${name}: permission ${permission ?? 'not told'}`,
    ...(spots.length > 0 ? spots : ['  every check sees all it asks for']),
  ];
}
