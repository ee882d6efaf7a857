/** How each ecosystem orders its versions. */
import { compareGems, comparePackagist } from './gems.ts';
import { compareMaven } from './maven.ts';
import { comparePypi } from './pypi.ts';
import { compareDotted, compareNuget, comparePub, compareSemver } from './semver.ts';

/** Negative when the first is older, 0 when both are the same. */
export type CompareVersions = (a: string, b: string) => number;

const BY_ECOSYSTEM: Readonly<Record<string, CompareVersions>> = {
  ConanCenter: compareSemver,
  CRAN: compareDotted,
  'crates.io': compareSemver,
  'GitHub Actions': compareSemver,
  Go: compareSemver,
  Hackage: compareDotted,
  Hex: compareSemver,
  Maven: compareMaven,
  npm: compareSemver,
  NuGet: compareNuget,
  Packagist: comparePackagist,
  Pub: comparePub,
  PyPI: comparePypi,
  RubyGems: compareGems,
  SwiftURL: compareSemver,
};

/** Semantic versions for ecosystems without rules of their own. */
export function versionOrder(ecosystem: string): CompareVersions {
  return BY_ECOSYSTEM[ecosystem.split(':', 1)[0]!] ?? compareSemver;
}
