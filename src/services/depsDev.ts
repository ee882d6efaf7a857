/** What the package index deps.dev knows of a repository's packages (api-checks 10). */
import { type Answer, known } from '../core/index.ts';
import { askService, type Service, UnexpectedAnswer } from './answer.ts';

/** For each package version built from the repository: its provenance was verified. `name` is `host/owner/name`. */
export function packageProvenance(
  { http, base }: Service,
  name: string,
): Promise<Answer<readonly boolean[]>> {
  const url = `${base}/v3/projects/${encodeURIComponent(name)}:packageversions`;
  return askService(
    http,
    { url, kind: 'deps.dev', headers: { accept: 'application/json' } },
    verified,
    (response) => (response.status === 404 ? known([]) : undefined),
  );
}

interface Version {
  readonly slsaProvenances?: readonly { readonly verified?: boolean }[];
}

function verified(json: unknown): boolean[] {
  const { versions = [] } = (json ?? {}) as { versions?: readonly Version[] };
  if (!Array.isArray(versions)) throw new UnexpectedAnswer('gave no list of versions');
  return versions.map((version: Version) => version.slsaProvenances?.[0]?.verified === true);
}
