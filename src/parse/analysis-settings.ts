// Settings that say that an analyser is set up. Data and readers only.

/** An analyser that is set up somewhere else than in a pipeline. */
export interface AnalysisSetting {
  readonly path: string;
  readonly line: number;
  readonly tool: string;
  readonly kind: 'code' | 'workflow' | 'general';
}

type Setting = Pick<AnalysisSetting, 'tool' | 'kind'>;

/** By lower-case path; settings of general linters are left out, they are everywhere and say little. */
const FILES: ReadonlyMap<string, Setting> = new Map([
  ['.semgrep.yml', { tool: 'Semgrep', kind: 'code' }],
  ['.semgrep.yaml', { tool: 'Semgrep', kind: 'code' }],
  ['semgrep.yml', { tool: 'Semgrep', kind: 'code' }],
  ['semgrep.yaml', { tool: 'Semgrep', kind: 'code' }],
  ['.sonarcloud.properties', { tool: 'Sonar', kind: 'code' }],
  ['sonar-project.properties', { tool: 'Sonar', kind: 'code' }],
  ['.deepsource.toml', { tool: 'DeepSource', kind: 'code' }],
  ['.codacy.yml', { tool: 'Codacy', kind: 'code' }],
  ['.codacy.yaml', { tool: 'Codacy', kind: 'code' }],
  ['qodana.yaml', { tool: 'Qodana', kind: 'code' }],
  ['qodana.yml', { tool: 'Qodana', kind: 'code' }],
  ['.bandit', { tool: 'Bandit', kind: 'code' }],
  ['bandit.yaml', { tool: 'Bandit', kind: 'code' }],
  ['bandit.yml', { tool: 'Bandit', kind: 'code' }],
  ['horusec-config.json', { tool: 'Horusec', kind: 'code' }],
  ['.github/codeql/codeql-config.yml', { tool: 'CodeQL', kind: 'code' }],
  ['.github/codeql/codeql-config.yaml', { tool: 'CodeQL', kind: 'code' }],
  ['.github/codeql-config.yml', { tool: 'CodeQL', kind: 'code' }],
  ['zizmor.yml', { tool: 'zizmor', kind: 'workflow' }],
  ['.github/zizmor.yml', { tool: 'zizmor', kind: 'workflow' }],
  ['.github/zizmor.yaml', { tool: 'zizmor', kind: 'workflow' }],
  ['.poutine.yml', { tool: 'poutine', kind: 'workflow' }],
  ['.github/actionlint.yaml', { tool: 'actionlint', kind: 'workflow' }],
  ['.github/actionlint.yml', { tool: 'actionlint', kind: 'workflow' }],
]);

/** Base names of these files. */
export const ANALYSIS_FILE_NAMES: readonly string[] = [
  ...new Set([...FILES.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1))),
];

/** The analyser whose settings a path holds. */
export function analysisSettingOf(path: string): Setting | undefined {
  return FILES.get(path.toLowerCase());
}

/** Hooks by id. */
const HOOKS: ReadonlyMap<string, Setting> = new Map([
  ['semgrep', { tool: 'Semgrep', kind: 'code' }],
  ['semgrep-ci', { tool: 'Semgrep', kind: 'code' }],
  ['bandit', { tool: 'Bandit', kind: 'code' }],
  ['gosec', { tool: 'gosec', kind: 'code' }],
  ['go-sec-mod', { tool: 'gosec', kind: 'code' }],
  ['njsscan', { tool: 'njsscan', kind: 'code' }],
  ['mobsfscan', { tool: 'mobsfscan', kind: 'code' }],
  ['zizmor', { tool: 'zizmor', kind: 'workflow' }],
  ['zizmor-system', { tool: 'zizmor', kind: 'workflow' }],
  ['actionlint', { tool: 'actionlint', kind: 'workflow' }],
  ['actionlint-docker', { tool: 'actionlint', kind: 'workflow' }],
  ['actionlint-system', { tool: 'actionlint', kind: 'workflow' }],
]);

const HOOK = /^\s*(?:-\s+)?id:\s*["']?([\w-]{1,80})["']?\s*(?:#.*)?$/;

/** The analysers among the hooks of a pre-commit file. */
export function readPreCommit(text: string, path: string): readonly AnalysisSetting[] {
  return text.split('\n').flatMap((row, index) => {
    const setting = HOOKS.get(HOOK.exec(row)?.[1] ?? '');
    return setting === undefined ? [] : [{ path, line: index + 1, ...setting }];
  });
}
