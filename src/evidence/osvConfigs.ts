/** osv-scanner.toml files: what the maintainers have looked at and set aside. */
import { perFile } from '../core/index.ts';
import { type OsvConfig, readOsvConfig } from '../parse/lockfiles/osv-config.ts';

export interface OsvConfigFile extends OsvConfig {
  readonly path: string;
}

export const osvConfigs = perFile<OsvConfigFile>({
  id: 'osvConfigs',
  version: 1,
  read: 'whole',
  maxBytes: 1024 * 1024,
  paths: { names: ['osv-scanner.toml'], where: ({ base }) => base === 'osv-scanner.toml' },
  visit: (file) => {
    const config = readOsvConfig(file.text());
    return config === undefined ? [] : [{ path: file.path, ...config }];
  },
});
