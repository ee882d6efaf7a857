/** The licence that a package manifest declares. */

/** Longest expression that is taken. */
const EXPRESSION = '([^"\\n]{1,200})"';
const JSON_LICENSE = new RegExp(`"license"\\s{0,20}:\\s{0,20}"${EXPRESSION}`);
const TOML_LICENSE = new RegExp(`^license\\s*=\\s*(?:\\{\\s*text\\s*=\\s*)?"${EXPRESSION}`, 'm');
const GEM_LICENSE = /\.licenses?\s{0,20}=\s{0,20}\[?\s{0,20}["']([^"'\n]{1,100})["']/;

/** Base names of the manifests that are read, with how. */
const READERS: ReadonlyMap<string, RegExp> = new Map([
  ['package.json', JSON_LICENSE],
  ['composer.json', JSON_LICENSE],
  ['cargo.toml', TOML_LICENSE],
  ['pyproject.toml', TOML_LICENSE],
]);

export const MANIFESTS: readonly string[] = [...READERS.keys()];

/** The expression as written, or undefined. */
export function declaredLicense(lowerBase: string, text: string): string | undefined {
  const reader = READERS.get(lowerBase) ?? (lowerBase.endsWith('.gemspec') ? GEM_LICENSE : undefined);
  const found = reader?.exec(text.slice(0, 200_000))?.[1]?.trim();
  return found === undefined || /^(?:see licen|unlicensed|proprietary|none$)/i.test(found)
    ? undefined
    : found;
}
