/** Packages in XML: NuGet's packages.config and Gradle's verification-metadata.xml. */
import { scanXml } from '../xml-scan.ts';
import { LineFinder } from './lines.ts';
import { type LockedPackage, LockfileFailure } from './types.ts';

type Attributes = ReadonlyMap<string, string>;

/** Reads every element at a path, e.g. `packages/package`. @throws LockfileFailure */
function elementsAt(
  text: string,
  path: string,
  read: (attributes: Attributes, line: number) => LockedPackage,
): LockedPackage[] {
  const lines = new LineFinder(text);
  const packages: LockedPackage[] = [];
  const open: string[] = [];
  const whole = scanXml(text.replace(/^\ufeff/, ''), {
    open: (name, attributes, depth, offset) => {
      open.length = depth - 1;
      open.push(name);
      if (open.join('/') === path) packages.push(read(attributes, lines.at(offset)));
    },
    text: () => {},
    close: () => {},
  });
  if (!whole) throw new LockfileFailure('it is not well-formed XML');
  return packages;
}

/** @throws LockfileFailure */
export function parsePackagesConfig(text: string): LockedPackage[] {
  return elementsAt(text, 'packages/package', (attributes, line) => ({
    ecosystem: 'NuGet',
    name: attributes.get('id') ?? '',
    version: attributes.get('version') ?? '',
    line,
    groups: attributes.get('developmentDependency') === 'true' ? ['dev'] : [],
  }));
}

/** @throws LockfileFailure */
export function parseVerificationMetadata(text: string): LockedPackage[] {
  return elementsAt(text, 'verification-metadata/components/component', (attributes, line) => ({
    ecosystem: 'Maven',
    name: `${attributes.get('group') ?? ''}:${attributes.get('name') ?? ''}`,
    version: attributes.get('version') ?? '',
    line,
  }));
}
