import { upTo } from '../../trim.ts';
import type { Step } from '../model.ts';
import { actionName } from '../reference/match.ts';
import { readCommands } from './script.ts';
import { actual, findLocalAction, type Surroundings } from './surroundings.ts';
import { toolsOf } from './tasks.ts';

/** What a tool looks for: weaknesses in the code, in workflows, or faults in general. */
export type AnalysisKind = 'code' | 'workflow' | 'general';

/** A step that runs a tool of static analysis. */
export interface AnalysisUse {
  readonly path: string;
  readonly job: string;
  readonly line: number;
  readonly tool: string;
  readonly kind: AnalysisKind;
}

type Rule = readonly [name: string, tool: string, kind: AnalysisKind];

/** Actions, in lower case; a trailing slash stands for anything below. */
const ACTIONS: readonly Rule[] = [
  ['github/codeql-action/analyze', 'CodeQL', 'code'],
  ['snyk/actions/', 'Snyk', 'code'],
  ['facebook/pysa-action', 'Pysa', 'code'],
  ['facebook/infer', 'Infer', 'code'],
  ['jetbrains/qodana-action', 'Qodana', 'code'],
  ['returntocorp/semgrep-action', 'Semgrep', 'code'],
  ['semgrep/semgrep-action', 'Semgrep', 'code'],
  ['opengrep/opengrep-action', 'Opengrep', 'code'],
  ['sonarsource/', 'Sonar', 'code'],
  ['pycqa/bandit-action', 'Bandit', 'code'],
  ['mdegis/bandit-action', 'Bandit', 'code'],
  ['securego/gosec', 'gosec', 'code'],
  ['reviewdog/action-brakeman', 'Brakeman', 'code'],
  ['checkmarx/', 'Checkmarx', 'code'],
  ['checkmarx-ts/', 'Checkmarx', 'code'],
  ['veracode/', 'Veracode', 'code'],
  ['fortify/', 'Fortify', 'code'],
  ['vapier/coverity-scan-action', 'Coverity', 'code'],
  ['synopsys-sig/', 'Coverity', 'code'],
  ['blackduck-inc/', 'Coverity', 'code'],
  ['horuszup/horusec-action', 'Horusec', 'code'],
  ['zupit/horusec-action', 'Horusec', 'code'],
  ['microsoft/devskim-action', 'DevSkim', 'code'],
  ['microsoft/security-devops-action', 'Microsoft Security DevOps', 'code'],
  ['mobsf/mobsfscan', 'mobsfscan', 'code'],
  ['codacy/codacy-analysis-cli-action', 'Codacy', 'code'],
  ['deepsourcelabs/', 'DeepSource', 'code'],
  ['appsignal/', 'AppSignal', 'general'],
  ['bearer/bearer-action', 'Bearer', 'code'],
  ['nowsecure/', 'NowSecure', 'code'],
  ['psalm/psalm-github-security-scan', 'Psalm', 'code'],
  ['contrast-security-oss/', 'Contrast', 'code'],
  ['aikidosec/', 'Aikido', 'code'],
  ['crytic/slither-action', 'Slither', 'code'],
  ['zizmorcore/zizmor-action', 'zizmor', 'workflow'],
  ['woodruffw/zizmor-action', 'zizmor', 'workflow'],
  ['boostsecurityio/poutine-action', 'poutine', 'workflow'],
  ['rhysd/actionlint', 'actionlint', 'workflow'],
  ['reviewdog/action-actionlint', 'actionlint', 'workflow'],
  ['raven-actions/actionlint', 'actionlint', 'workflow'],
  ['devops-actions/actionlint', 'actionlint', 'workflow'],
  ['bridgecrewio/checkov-action', 'Checkov', 'workflow'],
  ['aquasecurity/tfsec-action', 'tfsec', 'workflow'],
  ['hadolint/hadolint-action', 'Hadolint', 'general'],
  ['golangci/golangci-lint-action', 'golangci-lint', 'general'],
  ['dominikh/staticcheck-action', 'staticcheck', 'general'],
  ['ludeeus/action-shellcheck', 'ShellCheck', 'general'],
  ['azohra/shell-linter', 'ShellCheck', 'general'],
  ['reviewdog/action-shellcheck', 'ShellCheck', 'general'],
  ['super-linter/super-linter', 'super-linter', 'general'],
  ['github/super-linter', 'super-linter', 'general'],
  ['oxsecurity/megalinter', 'MegaLinter', 'general'],
  ['actions-rs/clippy-check', 'Clippy', 'general'],
  ['giraffate/clippy-action', 'Clippy', 'general'],
  ['cpp-linter/cpp-linter-action', 'clang-tidy', 'general'],
  ['zedthree/clang-tidy-review', 'clang-tidy', 'general'],
  ['reviewdog/action-detekt', 'detekt', 'general'],
  ['reviewdog/action-eslint', 'ESLint', 'general'],
  ['reviewdog/action-golangci-lint', 'golangci-lint', 'general'],
  ['reviewdog/action-hadolint', 'Hadolint', 'general'],
  ['reviewdog/action-staticcheck', 'staticcheck', 'general'],
  ['reviewdog/action-rubocop', 'RuboCop', 'general'],
  ['reviewdog/action-phpstan', 'PHPStan', 'general'],
  ['reviewdog/action-cpplint', 'cpplint', 'general'],
  ['reviewdog/action-flake8', 'Flake8', 'general'],
  ['reviewdog/action-mypy', 'mypy', 'general'],
  ['reviewdog/action-tfsec', 'tfsec', 'workflow'],
  ['astral-sh/ruff-action', 'Ruff', 'general'],
  ['haskell-actions/hlint-run', 'HLint', 'general'],
  ['haskell-actions/hlint-scan', 'HLint', 'general'],
  ['rwe/actions-hlint-run', 'HLint', 'general'],
  ['norio-nomura/action-swiftlint', 'SwiftLint', 'general'],
  ['cirruslabs/swiftlint-action', 'SwiftLint', 'general'],
  ['raphaelbussa/swiftlint-action', 'SwiftLint', 'general'],
  ['ajinabraham/njsscan-action', 'njsscan', 'code'],
  ['sobelow/action', 'Sobelow', 'code'],
  ['shundor/python-bandit-scan', 'Bandit', 'code'],
  ['tj-actions/bandit', 'Bandit', 'code'],
  ['whitesource/', 'Mend', 'code'],
  ['cycodehq/', 'Cycode', 'code'],
  ['endorlabs/github-action', 'Endor Labs', 'code'],
  ['datadog/datadog-static-analyzer-github-action', 'Datadog', 'code'],
  ['shiftleftsecurity/scan-action', 'ShiftLeft', 'code'],
  ['appthreat/sast-scan-action', 'ShiftLeft', 'code'],
  ['natiginfo/action-detekt-all', 'detekt', 'general'],
  ['alaegin/detekt-action', 'detekt', 'general'],
  ['scacap/action-ktlint', 'ktlint', 'general'],
  ['musichin/ktlint-check', 'ktlint', 'general'],
  ['pmd/pmd-github-action', 'PMD', 'general'],
  ['jwgmeligmeyling/pmd-github-action', 'PMD', 'general'],
  ['jwgmeligmeyling/spotbugs-github-action', 'SpotBugs', 'general'],
  ['dbelyaev/action-checkstyle', 'Checkstyle', 'general'],
  ['standardrb/standard-ruby-action', 'Standard Ruby', 'general'],
  ['oskarstark/phpstan-ga', 'PHPStan', 'general'],
  ['php-actions/phpstan', 'PHPStan', 'general'],
  ['chindit/actions-phpstan', 'PHPStan', 'general'],
  ['php-actions/psalm', 'Psalm', 'general'],
  ['docker://vimeo/psalm-github-actions', 'Psalm', 'general'],
  ['jpetrucciani/mypy-check', 'mypy', 'general'],
  ['jakebailey/pyright-action', 'Pyright', 'general'],
  ['py-actions/flake8', 'Flake8', 'general'],
  ['chartboost/ruff-action', 'Ruff', 'general'],
  ['lunarmodules/luacheck', 'luacheck', 'general'],
  ['devmasx/brakeman-linter-action', 'Brakeman', 'code'],
  ['artplan1/brakeman-action', 'Brakeman', 'code'],
  ['microsoft/psscriptanalyzer-action', 'PSScriptAnalyzer', 'general'],
  ['deep5050/cppcheck-action', 'Cppcheck', 'general'],
  ['chmorgan/cppcheck-action', 'Cppcheck', 'general'],
  ['david-a-wheeler/flawfinder', 'Flawfinder', 'code'],
  ['auguwu/clippy-action', 'Clippy', 'general'],
  ['wearerequired/lint-action', 'lint-action', 'general'],
  ['crystal-ameba/github-action', 'Ameba', 'general'],
];

/** Programs; the second part must be among the words behind the first, when there is one. */
const COMMANDS: readonly (readonly [program: string, word: string, tool: string, kind: AnalysisKind])[] = [
  ['semgrep', '', 'Semgrep', 'code'],
  ['opengrep', '', 'Opengrep', 'code'],
  ['bandit', '', 'Bandit', 'code'],
  ['gosec', '', 'gosec', 'code'],
  ['brakeman', '', 'Brakeman', 'code'],
  ['snyk', 'code', 'Snyk', 'code'],
  ['sonar-scanner', '', 'Sonar', 'code'],
  ['dotnet-sonarscanner', '', 'Sonar', 'code'],
  ['horusec', '', 'Horusec', 'code'],
  ['njsscan', '', 'njsscan', 'code'],
  ['mobsfscan', '', 'mobsfscan', 'code'],
  ['infer', 'run', 'Infer', 'code'],
  ['cov-build', '', 'Coverity', 'code'],
  ['scan-build', '', 'scan-build', 'general'],
  ['zizmor', '', 'zizmor', 'workflow'],
  ['poutine', '', 'poutine', 'workflow'],
  ['actionlint', '', 'actionlint', 'workflow'],
  ['checkov', '', 'Checkov', 'workflow'],
  ['golangci-lint', 'run', 'golangci-lint', 'general'],
  ['staticcheck', '', 'staticcheck', 'general'],
  ['shellcheck', '', 'ShellCheck', 'general'],
  ['hadolint', '', 'Hadolint', 'general'],
  ['clang-tidy', '', 'clang-tidy', 'general'],
  ['cppcheck', '', 'Cppcheck', 'general'],
  ['cargo', 'clippy', 'Clippy', 'general'],
  ['phpstan', '', 'PHPStan', 'general'],
  ['psalm', '', 'Psalm', 'general'],
  ['mypy', '', 'mypy', 'general'],
  ['pylint', '', 'Pylint', 'general'],
  ['ruff', 'check', 'Ruff', 'general'],
  ['eslint', '', 'ESLint', 'general'],
  ['rubocop', '', 'RuboCop', 'general'],
  ['detekt', '', 'detekt', 'general'],
  ['codeql', 'analyze', 'CodeQL', 'code'],
  ['flawfinder', '', 'Flawfinder', 'code'],
  ['bearer', 'scan', 'Bearer', 'code'],
  ['devskim', 'analyze', 'DevSkim', 'code'],
  ['slither', '', 'Slither', 'code'],
  ['mythril', '', 'Mythril', 'code'],
  ['pysa', '', 'Pysa', 'code'],
  ['mix', 'sobelow', 'Sobelow', 'code'],
  ['mix', 'credo', 'Credo', 'general'],
  ['mix', 'dialyzer', 'Dialyzer', 'general'],
  ['qodana', 'scan', 'Qodana', 'code'],
  ['dart', 'analyze', 'Dart analyzer', 'general'],
  ['flutter', 'analyze', 'Dart analyzer', 'general'],
  ['rebar3', 'dialyzer', 'Dialyzer', 'general'],
  ['ameba', '', 'Ameba', 'general'],
  ['phan', '', 'Phan', 'general'],
  ['go', 'vet', 'go vet', 'general'],
  ['fbinfer', '', 'Infer', 'code'],
  ['pvs-studio-analyzer', '', 'PVS-Studio', 'code'],
  ['steep', 'check', 'Steep', 'general'],
  ['srb', 'tc', 'Sorbet', 'general'],
  ['reek', '', 'Reek', 'general'],
  ['standardrb', '', 'Standard Ruby', 'general'],
  ['selene', '', 'selene', 'general'],
  ['vulture', '', 'Vulture', 'general'],
  ['tfsec', '', 'tfsec', 'workflow'],
  ['kics', 'scan', 'KICS', 'workflow'],
  ['terrascan', 'scan', 'Terrascan', 'workflow'],
  ['errcheck', '', 'errcheck', 'general'],
  ['revive', '', 'revive', 'general'],
  ['pyright', '', 'Pyright', 'general'],
  ['flake8', '', 'Flake8', 'general'],
  ['oxlint', '', 'oxlint', 'general'],
  ['biome', 'lint', 'Biome', 'general'],
  ['biome', 'check', 'Biome', 'general'],
  ['biome', 'ci', 'Biome', 'general'],
  ['swiftlint', '', 'SwiftLint', 'general'],
  ['ktlint', '', 'ktlint', 'general'],
  ['luacheck', '', 'luacheck', 'general'],
  ['perlcritic', '', 'Perl::Critic', 'general'],
  ['solhint', '', 'Solhint', 'general'],
  ['Invoke-ScriptAnalyzer', '', 'PSScriptAnalyzer', 'general'],
  ['clj-kondo', '', 'clj-kondo', 'general'],
  ['hlint', '', 'HLint', 'general'],
  ['run-clang-tidy', '', 'clang-tidy', 'general'],
  ['clang-tidy-diff', '', 'clang-tidy', 'general'],
  ['mvn', 'org.sonarsource.scanner.maven:sonar-maven-plugin:sonar', 'Sonar', 'code'],
  ['mvn', 'sonar:sonar', 'Sonar', 'code'],
  ['mvnw', 'sonar:sonar', 'Sonar', 'code'],
  ['gradle', 'sonar', 'Sonar', 'code'],
  ['gradlew', 'sonar', 'Sonar', 'code'],
  ...['mvn', 'mvnw', 'gradle', 'gradlew'].flatMap((program): [string, string, string, AnalysisKind][] => [
    [program, 'spotbugs', 'SpotBugs', 'general'],
    [program, 'findsecbugs', 'SpotBugs', 'code'],
    [program, 'pmd', 'PMD', 'general'],
    [program, 'detekt', 'detekt', 'general'],
    [program, 'errorprone', 'Error Prone', 'general'],
  ]),
];

/** Container images, without their registry. */
const IMAGES: readonly Rule[] = [
  ['returntocorp/semgrep', 'Semgrep', 'code'],
  ['semgrep/semgrep', 'Semgrep', 'code'],
  ['securego/gosec', 'gosec', 'code'],
  ['presidentbeef/brakeman', 'Brakeman', 'code'],
  ['sonarsource/sonar-scanner-cli', 'Sonar', 'code'],
  ['horuszup/horusec-cli', 'Horusec', 'code'],
  ['opensecurity/njsscan', 'njsscan', 'code'],
  ['bearer/bearer', 'Bearer', 'code'],
  ['zizmorcore/zizmor', 'zizmor', 'workflow'],
  ['rhysd/actionlint', 'actionlint', 'workflow'],
  ['bridgecrew/checkov', 'Checkov', 'workflow'],
  ['hadolint/hadolint', 'Hadolint', 'general'],
  ['koalaman/shellcheck', 'ShellCheck', 'general'],
  ['koalaman/shellcheck-alpine', 'ShellCheck', 'general'],
  ['golangci/golangci-lint', 'golangci-lint', 'general'],
  ['oxsecurity/megalinter', 'MegaLinter', 'general'],
  ['super-linter/super-linter', 'super-linter', 'general'],
];

/** Tasks of Azure, templates and components of GitLab. */
const TASKS: readonly Rule[] = [
  ['sast.gitlab-ci.yml', 'GitLab SAST', 'code'],
  ['sast.latest.gitlab-ci.yml', 'GitLab SAST', 'code'],
  ['sast', 'GitLab SAST', 'code'],
  ['auto-devops.gitlab-ci.yml', 'GitLab SAST', 'code'],
  ['code-quality.gitlab-ci.yml', 'GitLab Code Quality', 'general'],
  ['sast-iac.gitlab-ci.yml', 'GitLab SAST', 'workflow'],
  ['advancedsecurity-codeql-analyze', 'CodeQL', 'code'],
  ['codeql3000finalize', 'CodeQL', 'code'],
  ['sonarqubeanalyze', 'Sonar', 'code'],
  ['sonarcloudanalyze', 'Sonar', 'code'],
  ['microsoftsecuritydevops', 'Microsoft Security DevOps', 'code'],
  ['checkmarx ast', 'Checkmarx', 'code'],
  ['snyksecurityscan', 'Snyk', 'code'],
  ['veracode', 'Veracode', 'code'],
];

const WRAPPERS = new Set([
  'npx',
  'uvx',
  'pipx',
  'bunx',
  'pnpm',
  'yarn',
  'poetry',
  'uv',
  'bundle',
  'sudo',
  'run',
  'exec',
  'go',
  'python',
  'python3',
  '-m',
  'dlx',
  'composer',
  'hatch',
  'tool',
]);

/** Steps that run a tool of static analysis, one entry per tool; called workflows by the name of the tool's own. */
export function findAnalyses(files: Surroundings): readonly AnalysisUse[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    return workflow.jobs.flatMap(({ id, line, steps, call }) => {
      const place = { path: workflow.path, job: id };
      const called = call === undefined ? undefined : actionRule(call.uses.value);
      const own = called === undefined ? [] : [{ ...place, line, tool: called[1], kind: called[2] }];
      return [
        ...own,
        ...steps.flatMap((step) =>
          stepTools(step, files, 0).map(([tool, kind]) => ({ ...place, line: step.line, tool, kind })),
        ),
      ];
    });
  });
}

const BY_NAME: ReadonlyMap<string, Rule> = new Map(ACTIONS.map((rule) => [rule[0], rule]));
const BY_PREFIX: readonly Rule[] = ACTIONS.filter(([name]) => name.endsWith('/'));

function actionRule(uses: string): Rule | undefined {
  const name = actionName(uses).toLowerCase();
  return BY_NAME.get(name) ?? BY_PREFIX.find(([prefix]) => name.startsWith(prefix));
}

type Tool = readonly [tool: string, kind: AnalysisKind];

const MAX_DEPTH = 4;

function stepTools(step: Step, files: Surroundings, depth: number): readonly Tool[] {
  if (step.uses !== undefined) {
    const rule = actionRule(step.uses.value) ?? imageRule(step.uses.value);
    if (rule !== undefined) return [[rule[1], rule[2]]];
    const action = depth > MAX_DEPTH ? undefined : findLocalAction(files, step.uses.value);
    return action?.steps.flatMap((inner) => stepTools(inner, files, depth + 1)) ?? [];
  }
  if (step.run === undefined) return [];
  const called =
    files.tasks === undefined || step.workingDirectory !== undefined
      ? []
      : toolsOf(files.tasks, step.run.value);
  return [...scriptTools(step.run.value), ...called];
}

/** `spotbugs:check` of Maven, `:app:spotbugsMain` of Gradle. */
function isGoal(word: string, name: string): boolean {
  return (
    /^(?:spotbugs|pmd|detekt|findsecbugs)$/.test(name) && new RegExp(`(?:^|:)${name}(?::|[A-Z]|$)`).test(word)
  );
}

/** Calls in code of R and Julia. */
const CALLS: readonly (readonly [call: string, tool: string])[] = [
  ['lint_package(', 'lintr'],
  ['lint_dir(', 'lintr'],
  ['JET.test_package(', 'JET'],
  ['report_package(', 'JET'],
];

/** Tools that a script runs, each once. */
export function scriptTools(script: string): readonly Tool[] {
  const found = new Map<string, Tool>();
  for (const [call, tool] of CALLS) if (script.includes(call)) found.set(tool, [tool, 'general']);
  const isNamed = COMMANDS.some(([program, word]) => script.includes(program) && script.includes(word));
  if (!isNamed && !/docker run|podman run/.test(script)) return [...found.values()];
  for (const { name, args } of readCommands(script)) {
    const words = [name, ...args.map(({ value }) => value)];
    unwrap(words);
    const program = upTo(words[0]!.slice(words[0]!.lastIndexOf('/') + 1), '@');
    if (program === 'docker' || program === 'podman') addImageTool(words, found);
    const rule = COMMANDS.find(
      ([wanted, word]) =>
        wanted === program && (word === '' || words.some((one) => one === word || isGoal(one, word))),
    );
    if (rule !== undefined && !words.includes('--version')) found.set(rule[2], [rule[2], rule[3]]);
  }
  return [...found.values()];
}

/** Options of wrappers that have a value. */
const WRAPPER_VALUED = new Set([
  '--with',
  '--from',
  '--spec',
  '-p',
  '--package',
  '--python',
  '--group',
  '--extra',
]);

/** Leaves the program that wrappers start: `uv run --with x pyright`, `nix run nixpkgs#zizmor --`. */
function unwrap(words: string[]): void {
  let isWrapped = false;
  while (words.length > 1 && (WRAPPERS.has(words[0]!) || (isWrapped && words[0]!.startsWith('-')))) {
    isWrapped = true;
    const option = words.shift()!;
    if (WRAPPER_VALUED.has(option) && words.length > 1) words.shift();
  }
  if (words[0] === 'nix' && words[1] === 'run') {
    const at = words.findIndex((word) => word.includes('#'));
    if (at > 0) words.splice(0, at + 1, words[at]!.slice(words[at]!.indexOf('#') + 1));
  }
}

/** `docker run image`. */
function addImageTool(words: readonly string[], found: Map<string, Tool>): void {
  if (words[1] !== 'run') return;
  for (const word of words.slice(2, 40)) {
    const rule = word.includes('/') ? imageRule(`docker://${word}`) : undefined;
    if (rule !== undefined) found.set(rule[1], [rule[1], rule[2]]);
  }
}

function imageRule(uses: string): Rule | undefined {
  if (!uses.startsWith('docker://')) return undefined;
  const image = uses
    .slice(9)
    .toLowerCase()
    .replace(/[@:][^/]*$/, '');
  return IMAGES.find(([name]) => image === name || image.endsWith(`/${name}`));
}

/** Tools that a task of Azure, or a template or component of GitLab, runs. In: its name in lower case. */
export function taskTool(name: string): Tool | undefined {
  const rule = TASKS.find(([word]) => name === word || name.endsWith(`/${word}`));
  return rule === undefined ? undefined : [rule[1], rule[2]];
}
