// What an outsider can write, and by which events it gets into a workflow. Data only.

/** Events that somebody without write access can cause. */
export const OUTSIDER_EVENTS: ReadonlySet<string> = new Set([
  'discussion',
  'discussion_comment',
  'gollum',
  'issue_comment',
  'issues',
  'merge_group',
  'pull_request',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'push',
  'workflow_run',
  'check_run',
  'check_suite',
]);

/** Those without `push`, whose files and branches come of people with write access. */
export const FOREIGN_EVENTS: ReadonlySet<string> = new Set(
  [...OUTSIDER_EVENTS].filter((event) => event !== 'push'),
);

/** Events whose runs for outsiders have a read-only token and no secrets. */
export const LOW_POWER_EVENTS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Events with secrets and a writing token, by which the code of an outsider can be brought in. */
export const PRIVILEGED_EVENTS: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'pull_request_comment',
]);

const PULL_REQUEST = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
];
const COMMITS = ['push'];

/** A context that an outsider decides on, and the events that fill it. `*` stands for any name. */
export interface UntrustedContext {
  readonly path: readonly string[];
  readonly events: readonly string[];
  /** `text` chosen by an outsider, or the name of a `commit` or repository of an outsider; a branch is `both`. */
  readonly holds: 'text' | 'commit' | 'both';
}

function context(
  path: string,
  events: readonly string[],
  holds: UntrustedContext['holds'] = 'text',
): UntrustedContext {
  return { path: path.split('.'), events, holds };
}

function person(path: string, events: readonly string[]): readonly UntrustedContext[] {
  return [context(`${path}.name`, events), context(`${path}.email`, events)];
}

function commit(path: string, events: readonly string[]): readonly UntrustedContext[] {
  return [
    context(`${path}.message`, events),
    ...person(`${path}.author`, events),
    ...person(`${path}.committer`, events),
  ];
}

function head(path: string, events: readonly string[]): readonly UntrustedContext[] {
  return [
    context(`${path}.ref`, events, 'both'),
    context(`${path}.label`, events, 'both'),
    context(`${path}.sha`, events, 'commit'),
    ...['clone_url', 'git_url', 'ssh_url', 'html_url', 'url', 'full_name'].map((name) =>
      context(`${path}.repo.${name}`, events, 'commit'),
    ),
    context(`${path}.repo.default_branch`, events),
    context(`${path}.repo.description`, events),
    context(`${path}.repo.homepage`, events),
  ];
}

const ISSUE = ['issues', 'issue_comment', 'pull_request_comment'];
const DISCUSSION = ['discussion', 'discussion_comment'];
const COMMENT = [
  'issue_comment',
  'pull_request_comment',
  'pull_request_review_comment',
  'discussion_comment',
];
const EDITED = [...ISSUE, ...PULL_REQUEST, ...DISCUSSION];
const CHECKS = ['check_run', 'check_suite'];

export const UNTRUSTED_CONTEXTS: readonly UntrustedContext[] = [
  context('github.head_ref', ['pull_request', 'pull_request_target'], 'both'),
  context('github.event.after', ['pull_request_target', 'pull_request'], 'commit'),
  context('github.event.pull_request.merge_commit_sha', PULL_REQUEST, 'commit'),
  context('github.event.issue.title', ISSUE),
  context('github.event.issue.body', ISSUE),
  context('github.event.pull_request.title', PULL_REQUEST),
  context('github.event.pull_request.body', PULL_REQUEST),
  ...head('github.event.pull_request.head', PULL_REQUEST),
  context('github.event.discussion.title', DISCUSSION),
  context('github.event.discussion.body', DISCUSSION),
  context('github.event.answer.body', DISCUSSION),
  context('github.event.comment.body', COMMENT),
  context('github.event.comment.path', ['pull_request_review_comment']),
  context('github.event.comment.diff_hunk', ['pull_request_review_comment']),
  context('github.event.review.body', ['pull_request_review']),
  context('github.event.review_comment.body', ['pull_request_review_comment']),
  context('github.event.changes.title.from', EDITED),
  context('github.event.changes.body.from', EDITED),
  context('github.event.pages.*.page_name', ['gollum']),
  context('github.event.pages.*.title', ['gollum']),
  context('github.event.pages.*.summary', ['gollum']),
  ...commit('github.event.commits.*', COMMITS),
  ...commit('github.event.head_commit', COMMITS),
  ...commit('github.event.merge_group.head_commit', ['merge_group']),
  context('github.event.workflow_run.head_branch', ['workflow_run'], 'both'),
  ...['head_sha', 'head_commit.id', 'head_repository.full_name', 'head_repository.html_url'].map((name) =>
    context(`github.event.workflow_run.${name}`, ['workflow_run'], 'commit'),
  ),
  context('github.event.workflow_run.pull_requests.*.head.sha', ['workflow_run'], 'commit'),
  context('github.event.workflow_run.display_title', ['workflow_run']),
  context('github.event.workflow_run.path', ['workflow_run']),
  context('github.event.workflow.path', ['workflow_run']),
  ...commit('github.event.workflow_run.head_commit', ['workflow_run']),
  context('github.event.workflow_run.pull_requests.*.head.ref', ['workflow_run'], 'both'),
  context('github.event.workflow_run.head_repository.description', ['workflow_run']),
  context('github.event.check_suite.head_branch', CHECKS),
  context('github.event.check_run.check_suite.head_branch', CHECKS),
  context('github.event.check_run.pull_requests.*.head.ref', CHECKS),
  context('github.event.check_suite.pull_requests.*.head.ref', CHECKS),
  ...commit('github.event.check_suite.head_commit', CHECKS),
];

/** Outputs of actions that are text of an outsider: action (lower case) to outputs; `*` is any. */
export const TEXT_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  '8bitjonny/gh-get-current-pr': ['pr_title', 'pr_body'],
  'actions-ecosystem/action-get-merged-pull-request': ['title', 'body'],
  'ahmadnassri/action-changed-files': ['files', 'json'],
  'alessbell/pull-request-comment-branch': ['head_ref'],
  'dorny/paths-filter': ['*_files'],
  'eficode/resolve-pr-refs': ['head_ref'],
  'gotson/pull-request-comment-branch': ['head_ref'],
  'jitterbit/get-changed-files': ['*'],
  'jwalton/gh-find-current-pr': ['title', 'body'],
  'lots0logs/gh-action-get-changed-files': ['*'],
  'masesgroup/retrieve-changed-files': ['*'],
  'peter-murray/issue-body-parser-action': ['*'],
  'peter-murray/issue-forms-body-parser': ['*'],
  'potiuk/get-workflow-origin': ['sourceheadbranch'],
  'rlespinasse/git-commit-data-action': ['*'],
  'stefanbuck/github-issue-parser': ['*'],
  'tj-actions/branch-names': ['current_branch', 'head_ref_branch', 'ref_branch'],
  'tj-actions/changed-files': ['*_files', 'all_changed_and_modified_files'],
  'tj-actions/verify-changed-files': ['changed_files', 'changed-files'],
  'trilom/file-changes-action': ['files*'],
  'xt0rted/pull-request-comment-branch': ['head_ref'],
  'xt0rted/slash-command-action': ['command-arguments'],
  'zentered/issue-forms-body-parser': ['*'],
};

/** Outputs of actions that name the commit or branch of a pull request. */
export const COMMIT_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  '8bitjonny/gh-get-current-pr': ['pr_head_*'],
  'alessbell/pull-request-comment-branch': ['head_*'],
  'eficode/resolve-pr-refs': ['head_*'],
  'github/branch-deploy': ['sha', 'ref'],
  'gotson/pull-request-comment-branch': ['head_*'],
  'potiuk/get-workflow-origin': ['sourcehead*', 'mergecommitsha'],
  'xt0rted/pull-request-comment-branch': ['head_*', 'sha', 'ref'],
};

/** Inputs of actions that are run as code: action (lower case) to inputs and what reads them. */
export const SCRIPT_INPUTS: Readonly<Record<string, Readonly<Record<string, 'shell' | 'javascript'>>>> = {
  'actions/github-script': { script: 'javascript' },
  'addnab/docker-run-action': { run: 'shell' },
  'amadevus/pwsh-script': { script: 'shell' },
  'appleboy/ssh-action': { script: 'shell' },
  'azure/cli': { inlinescript: 'shell' },
  'azure/powershell': { inlinescript: 'shell' },
  'cardinalby/js-eval-action': { expression: 'javascript' },
  'cross-platform-actions/action': { run: 'shell' },
  'coactions/setup-xvfb': { run: 'shell' },
  'devcontainers/ci': { runcmd: 'shell' },
  'fifsky/ssh-action': { command: 'shell' },
  'gabrielbb/xvfb-action': { run: 'shell' },
  'garygrossgarten/github-action-ssh': { command: 'shell' },
  'jannekem/run-python-script-action': { script: 'shell' },
  'mikefarah/yq': { cmd: 'shell' },
  'nick-fields/retry': { command: 'shell' },
  'nick-invision/retry': { command: 'shell' },
  'pguyot/arm-runner-action': { commands: 'shell' },
  'reactivecircus/android-emulator-runner': { script: 'shell' },
  'satackey/action-js-inline': { script: 'javascript' },
  'sergeysova/jq-action': { cmd: 'shell' },
  'uraimo/run-on-arch-action': { run: 'shell', install: 'shell' },
  'vmactions/freebsd-vm': { run: 'shell' },
  'vmactions/netbsd-vm': { run: 'shell' },
  'vmactions/omnios-vm': { run: 'shell' },
  'vmactions/openbsd-vm': { run: 'shell' },
  'vmactions/solaris-vm': { run: 'shell' },
  'wandalen/wretry.action': { command: 'shell' },
  'workflow/nix-shell-action': { script: 'shell' },
};

/** Actions that stop a job when who caused it has no write access. */
export const PERMISSION_CHECKS: ReadonlySet<string> = new Set([
  '74th/workflow-permission-action',
  'actions-cool/check-user-permission',
  'bdougie/team-membership',
  'lannonbr/repo-permission-check-action',
  'morfien101/actions-authorized-user',
  'octokit/request-action',
  'prince-chrismc/check-actor-permissions-action',
  'scherermichael-oss/action-has-permission',
  'shopify/snapit',
  'sushichop/action-repository-permission',
  'tspascoal/get-user-teams-membership',
]);

/** Actions whose outputs are what stands in a file of the workspace. */
export const READING_ACTIONS: ReadonlySet<string> = new Set([
  'actionstools/read-json-action',
  'andstor/file-reader-action',
  'christian-draeger/read-properties',
  'jaywcjlove/github-action-read-file',
  'juliangruber/read-file-action',
  'kj002/read-yaml',
  'martinbeentjes/npm-get-version-action',
  'mikefarah/yq',
  'nichmor/minimal-read-yaml',
  'notiz-dev/github-action-json-property',
  'pietrobolcato/action-read-yaml',
  'sebrollen/toml-action',
  'tyankatsu0105/read-package-version-action',
  'zoexx/github-action-json-file-properties',
]);

/** Actions whose outputs are made of their inputs. */
export const PASS_THROUGH_ACTIONS: ReadonlySet<string> = new Set([
  'actions-ecosystem/action-regex-match',
  'ashley-taylor/regex-property-action',
  'asz/change-string-case-action',
  'aszc/change-string-case-action',
  'frabert/replace-string-action',
  'haya14busa/action-cond',
  'kaisugi/action-regex-match',
  'mad9000/actions-find-and-replace-string',
  'winterjung/split',
]);
