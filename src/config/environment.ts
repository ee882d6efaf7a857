/** The only place that reads environment variables. */

export interface Environment {
  /** SBOM and Webhooks run by default and weigh in the total. Reference: counts when the variable exists. */
  readonly experimental: boolean;
  /** ASSAY_OFFLINE: as if every scan had --offline. */
  readonly offline: boolean;
  readonly noColor: boolean;
  readonly forceColor: boolean;
  readonly dumbTerminal: boolean;
  /** All of them, for the network: tokens, proxies, authorities, addresses of services, the cache folder. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function environment(env: Readonly<NodeJS.ProcessEnv> = process.env): Environment {
  return {
    experimental: env.SCORECARD_EXPERIMENTAL !== undefined,
    offline: !['', '0', 'false'].includes(env.ASSAY_OFFLINE ?? ''),
    noColor: (env.NO_COLOR ?? '') !== '',
    forceColor: !['', '0', 'false'].includes(env.FORCE_COLOR ?? ''),
    dumbTerminal: env.TERM === 'dumb',
    variables: env,
  };
}
