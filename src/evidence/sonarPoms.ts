import { perFile } from '../core/index.ts';
import { findSonarHost } from '../parse/sonar.ts';

/** A Maven project that names a Sonar server. */
export interface SonarPom {
  readonly path: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly address: string;
}

/** `pom.xml` files with `sonar.host.url`. Reference: file-checks 9.1. */
export const sonarPoms = perFile<SonarPom>({
  id: 'sonarPoms',
  version: 1,
  read: 'whole',
  paths: { names: ['pom.xml'], where: (path) => !path.testData },
  visit: (file) => {
    const found = findSonarHost(file.text());
    return found === undefined ? [] : [{ path: file.path, ...found }];
  },
});
