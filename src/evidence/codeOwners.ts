import { derive, perFile } from '../core/index.ts';
import { parseCodeowners } from '../parse/codeowners.ts';

/** A file called CODEOWNERS, wherever it lies. */
export interface CodeOwnersFile {
  readonly path: string;
  /** Accounts, teams and addresses of all rules that could be read, each once. */
  readonly owners: readonly string[];
  /** Lines that could not be read, with the reason. */
  readonly bad: readonly { readonly line: number; readonly why: string }[];
}

/**
 * Every file with exactly this base name that is not empty and no test data. The reference counts all of them, although
 * the forge reads three places only (api-checks 6.1).
 */
export const codeOwnersFiles = perFile<CodeOwnersFile>({
  id: 'codeOwnersFiles',
  version: 1,
  read: 'whole',
  paths: { names: ['CODEOWNERS'], where: (path) => path.base === 'CODEOWNERS' && !path.testData },
  maxBytes: 3 * 1024 * 1024,
  visit: (file) => {
    if (file.size === 0) return [];
    const { rules, bad } = parseCodeowners(file.text());
    return [{ path: file.path, owners: [...new Set(rules.flatMap((rule) => rule.owners))], bad }];
  },
});

/** In the order in which the forge looks; the first that exists is used. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** The file the forge uses, if there is one. */
export const codeOwnersInForce = derive({
  id: 'codeOwnersInForce',
  version: 1,
  needs: { codeOwnersFiles },
  derive: ({ codeOwnersFiles }): CodeOwnersFile | null =>
    PLACES.map((place) => codeOwnersFiles.find((file) => file.path === place)).find(Boolean) ?? null,
});
