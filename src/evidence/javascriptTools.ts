/** Programs that the JavaScript packages of a repository bring along, as far as their manifests tell. */
import { perFile } from '../core/index.ts';

/** Packages that manifests name, and programs of the repository's own packages. */
export const javascriptTools = perFile<string>({
  id: 'javascriptTools',
  version: 1,
  read: 'whole',
  maxBytes: 512 * 1024,
  paths: {
    names: ['package.json'],
    where: ({ base, path, testData }) =>
      base === 'package.json' && !testData && !path.includes('node_modules/'),
  },
  visit: (file) => (file.truncated ? [] : namesOf(file.text())),
});

const LISTS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

function namesOf(text: string): string[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof root !== 'object' || root === null) return [];
  const fields = root as Record<string, unknown>;
  const names = [...LISTS.map((list) => fields[list]), fields.bin].flatMap((list) =>
    typeof list === 'object' && list !== null ? Object.keys(list) : [],
  );
  return typeof fields.name === 'string' ? [...names, fields.name] : names;
}

/** Programs whose package has another name. */
const PACKAGE_OF: Readonly<Record<string, readonly string[]>> = {
  attw: ['@arethetypeswrong/cli'],
  cap: ['@capacitor/cli'],
  'electron-rebuild': ['@electron/rebuild'],
  ng: ['@angular/cli'],
  'react-native': ['@react-native-community/cli', 'react-native'],
  sb: ['storybook', '@storybook/cli'],
  'svelte-kit': ['@sveltejs/kit'],
  sv: ['svelte', '@sveltejs/kit'],
  tsc: ['typescript'],
  tsserver: ['typescript'],
  'vue-cli-service': ['@vue/cli-service'],
};
/** Come with npm. */
const BUNDLED: ReadonlySet<string> = new Set(['npm', 'npx', 'node-gyp', 'corepack', 'node']);

/** True when a program may come from one of these packages: by its name, or as a part of theirs. */
export function bringsTool(packages: ReadonlySet<string>, tool: string): boolean {
  if (BUNDLED.has(tool) || packages.has(tool)) return true;
  if (PACKAGE_OF[tool]?.some((name) => packages.has(name))) return true;
  const word = tool.toLowerCase();
  if (word.length < 3) return false;
  for (const name of packages) {
    const lower = name.toLowerCase();
    if (lower.includes(word) && /^(?:.*[/@._-])?$/.test(lower.slice(0, lower.indexOf(word)))) return true;
  }
  return false;
}
