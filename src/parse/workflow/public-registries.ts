// The only place that names a package registry's host: rules have to tell the public ones from a forge's own.

const address = (host: string): string => ['https:', '', host].join('/');

/** The one address the reference takes for that of npm's own registry (file-checks 7.2). */
export const NPM_REGISTRY = address('registry.npmjs.org');

const PUBLIC: readonly string[] = [NPM_REGISTRY, address('npm.jsr.io')];

/** True for a `registry-url` of a public registry, whatever its path. */
export function isPublicRegistry(url: string): boolean {
  const text = url.trim();
  return PUBLIC.some((start) => text === start || text.startsWith(`${start}/`));
}
