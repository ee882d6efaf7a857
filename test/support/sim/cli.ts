/** `npm run sim`: the simulator as a program, with a hint how to try Assay on it without a token. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GITHUB_HOSTS } from './http/locate.ts';
import { SERVICE_HOSTS } from './services/index.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';

const USAGE = `usage: npm run sim -- [options]

  --scenarios DIR      folder of scenarios, may be given several times (testdata/scenarios)
  --http-port N        default 8480; 0 picks a free one
  --https-port N       default 8443; 0 picks a free one
  --also-443           listen on 443 too, for use with host names (see --print-hosts)
  --log FILE           one JSON line per request
  --latency MS         wait before every answer
  --now ISO            fix the clock the scenarios count from, and so all commit ids
  --registries LIST    also answer package look-ups: npm=HOST,pypi=HOST,rubygems=HOST,nuget=HOST
  --rate-limit N       hourly budget per token for core and GraphQL (5000)
  --gzip               compress large JSON answers when the caller allows it
  --info-file FILE     write addresses and the CA path there once listening
  --print-hosts        print a line for the hosts file
  --help`;

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', multiple: true },
    'http-port': { type: 'string', default: '8480' },
    'https-port': { type: 'string', default: '8443' },
    'also-443': { type: 'boolean', default: false },
    log: { type: 'string' },
    latency: { type: 'string', default: '0' },
    now: { type: 'string' },
    registries: { type: 'string', default: '' },
    'rate-limit': { type: 'string', default: '5000' },
    gzip: { type: 'boolean', default: false },
    'info-file': { type: 'string' },
    'print-hosts': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values['print-hosts']) console.log(`127.0.0.1 ${[...GITHUB_HOSTS, ...SERVICE_HOSTS].join(' ')}`);
else await serve();

async function serve(): Promise<void> {
  const options: SimulatorOptions = {
    scenarios: values.scenarios ?? [join(import.meta.dirname, '../../../testdata/scenarios')],
    port: Number(values['http-port']),
    httpsPort: Number(values['https-port']),
    alsoPort443: values['also-443'],
    log: values.log,
    latency: Number(values.latency),
    now: values.now,
    registries: values.registries,
    rateLimit: Number(values['rate-limit']),
    gzip: values.gzip,
  };
  const sim = await startSimulator(options);
  const stop = (): void => void sim.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (values['info-file']) writeFileSync(values['info-file'], JSON.stringify(sim.info(), null, 2));
  console.log(JSON.stringify(sim.info()));
  console.log(hint(sim));
}

/** What to type in another terminal. */
function hint(sim: Simulator): string {
  const exports = Object.entries(sim.environment({ proxy: true })).map(
    ([name, value]) => `  export ${name}=${value}`,
  );
  const repos = sim
    .scenarios()
    .map((s) => `  ${s.scan ?? s.repo}${s.description ? `  # ${s.description}` : ''}`);
  return [
    '',
    'To try Assay without a token of your own, in another terminal:',
    '',
    ...exports,
    `  npm start -- ${sim.scenarios()[0]?.repo ?? 'OWNER/NAME'}`,
    '',
    'Repositories here:',
    ...repos,
    '',
    `Requests so far: ${sim.apiUrl}/_sim/summary   Kinds of faults to POST to /_sim/inject: ${sim.apiUrl}/_sim/faults`,
  ].join('\n');
}
