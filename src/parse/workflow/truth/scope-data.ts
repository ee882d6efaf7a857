// Which actions and commands write with the token of a job, and with which scopes. Data only.
// An empty list: the action writes nothing. Inputs that decide are named where there are any.

function table(text: string): ReadonlyMap<string, readonly string[]> {
  const entries = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name, ...scopes] = line.split(/[:\s]+/);
      return [name!.toLowerCase(), scopes.filter((scope) => scope !== '')] as const;
    });
  return new Map(entries);
}

/** Actions, without version and in lower case, to the scopes they need for writing. */
export const ACTION_SCOPES: ReadonlyMap<string, readonly string[]> = table(`
  8398a7/action-slack:
  abirismyname/create-discussion: discussions
  actions-cool/issues-helper: issues pull-requests
  actions-cool/maintain-one-comment: issues pull-requests
  actions-ecosystem/action-add-assignees: issues pull-requests
  actions-ecosystem/action-add-labels: issues pull-requests
  actions-ecosystem/action-create-comment: issues pull-requests
  actions-ecosystem/action-push-tag: contents
  actions-ecosystem/action-remove-labels: issues pull-requests
  actions-rs/audit-check: issues checks
  actions-rs/cargo:
  actions-rs/clippy-check: checks
  actions-rs/toolchain:
  actions/add-to-project: repository-projects
  actions/attest: id-token attestations packages artifact-metadata
  actions/attest-build-provenance: id-token attestations packages artifact-metadata
  actions/attest-sbom: id-token attestations packages artifact-metadata
  actions/cache:
  actions/cache/restore:
  actions/cache/save:
  actions/checkout:
  actions/configure-pages:
  actions/create-github-app-token:
  actions/create-release: contents
  actions/delete-package-versions: packages
  actions/dependency-review-action: pull-requests
  actions/deploy-pages: pages id-token
  actions/download-artifact:
  actions/first-interaction: issues pull-requests
  actions/jekyll-build-pages:
  actions/labeler: pull-requests issues
  actions/stale: issues pull-requests contents actions
  actions/upload-artifact:
  actions/upload-artifact/merge:
  actions/upload-pages-artifact:
  actions/upload-release-asset: contents
  ad-m/github-push-action: contents
  amannn/action-semantic-pull-request: statuses pull-requests
  amondnet/vercel-action: deployments pull-requests contents
  anchore/sbom-action: contents
  anchore/scan-action:
  anothrnick/github-tag-action: contents
  anthropics/claude-code-action: id-token contents pull-requests issues
  appleboy/ssh-action:
  aquasecurity/trivy-action:
  astral-sh/ruff-action:
  aws-actions/amazon-ecr-login: id-token
  aws-actions/configure-aws-credentials: id-token
  azure/login: id-token
  benc-uk/workflow-dispatch: actions
  benchmark-action/github-action-benchmark: contents deployments pull-requests issues
  bobheadxi/deployments: deployments
  bufbuild/buf-action: pull-requests
  changesets/action: contents pull-requests issues id-token
  chrnorm/deployment-action: deployments
  chrnorm/deployment-status: deployments
  cloudflare/pages-action: deployments
  cloudflare/wrangler-action: deployments
  codecov/codecov-action: id-token
  codelytv/pr-size-labeler: pull-requests issues
  codespeedhq/action: id-token
  codspeedhq/action: id-token
  convictional/trigger-workflow-and-wait: actions
  coverallsapp/github-action:
  crazy-max/ghaction-github-labeler: issues
  crazy-max/ghaction-github-pages: contents
  crazy-max/ghaction-virustotal: contents
  cycjimmy/semantic-release-action: contents issues pull-requests id-token packages
  danger/danger-js: pull-requests issues statuses
  dawidd6/action-download-artifact:
  dependabot/fetch-metadata:
  dessant/lock-threads: issues pull-requests discussions
  docker/bake-action: packages
  docker/build-push-action: packages
  docker/metadata-action:
  docker/setup-buildx-action:
  docker/setup-qemu-action:
  dorny/paths-filter:
  dorny/test-reporter: checks
  dtolnay/rust-toolchain:
  elgohr/publish-docker-github-action: packages
  embarkstudios/cargo-deny-action:
  endbug/add-and-commit: contents
  enricomi/publish-unit-test-result-action: checks pull-requests issues
  eps1lon/actions-label-merge-conflict: pull-requests
  erlef/setup-beam:
  extractions/setup-just:
  firebaseextended/action-hosting-deploy: checks pull-requests
  fossas/fossa-action:
  geekyeggo/delete-artifact: actions
  giraffate/clippy-action: checks pull-requests
  github/branch-deploy: pull-requests deployments contents checks statuses
  github/codeql-action/analyze: security-events
  github/codeql-action/autobuild:
  github/codeql-action/init: security-events
  github/codeql-action/upload-sarif: security-events
  github/issue-labeler: issues
  github/lock: contents
  gittools/actions/gitversion/execute:
  golangci/golangci-lint-action: checks pull-requests
  google-github-actions/auth: id-token
  google-github-actions/setup-gcloud:
  google-github-actions/release-please-action: contents pull-requests issues
  googleapis/release-please-action: contents pull-requests issues
  goreleaser/goreleaser-action: contents packages id-token issues attestations
  gradle/actions/dependency-submission: contents
  gradle/actions/setup-gradle: contents pull-requests
  gradle/actions/wrapper-validation:
  gradle/gradle-build-action: contents
  gradle/wrapper-validation-action:
  hadolint/hadolint-action:
  hashicorp/vault-action: id-token
  haskell-actions/hlint-scan: security-events
  helm/chart-releaser-action: contents packages
  helm/chart-testing-action:
  helm/kind-action:
  hmarr/auto-approve-action: pull-requests
  jakejarvis/s3-sync-action:
  jamesives/github-pages-deploy-action: contents
  jasonetco/create-an-issue: issues
  jetbrains/qodana-action: checks pull-requests contents
  homebrew/actions/setup-homebrew:
  homebrew/actions/git-user-config:
  jfrog/setup-jfrog-cli: id-token
  jreleaser/release-action: contents packages issues
  js-devtools/npm-publish: packages id-token
  julia-actions/cache: actions
  juliaregistries/tagbot: contents issues pull-requests actions
  jwlawson/actions-setup-cmake:
  kentaro-m/auto-assign-action: pull-requests issues
  korthout/backport-action: contents pull-requests issues
  lewagon/wait-on-check-action:
  louisbrunner/checks-action: checks
  lycheeverse/lychee-action:
  mad9000/actions-find-and-replace-string:
  madrapps/jacoco-report: pull-requests
  marocchino/sticky-pull-request-comment: pull-requests
  marvinpinto/action-automatic-releases: contents
  maxim-lobanov/setup-xcode:
  mheap/github-action-required-labels: pull-requests issues
  micnncim/action-label-syncer: issues
  microsoft/setup-msbuild:
  mikepenz/action-junit-report: checks pull-requests
  mikepenz/release-changelog-builder-action:
  mishakav/pytest-coverage-comment: pull-requests contents
  mozilla-actions/sccache-action:
  mshick/add-pr-comment: pull-requests issues
  msys2/setup-msys2:
  mxschmitt/action-tmate:
  myrotvorets/set-commit-status-action: statuses
  ncipollo/release-action: contents discussions
  nick-fields/retry:
  nuget/login: id-token
  nwtgck/actions-netlify: pull-requests deployments statuses contents
  orhun/git-cliff-action:
  ossf/scorecard-action: security-events id-token
  oven-sh/setup-bun:
  oxsecurity/megalinter: pull-requests issues contents
  pascalgn/automerge-action: contents pull-requests issues
  peaceiris/actions-gh-pages: contents
  peaceiris/actions-hugo:
  peter-evans/create-issue-from-file: issues
  peter-evans/create-or-update-comment: issues pull-requests
  peter-evans/create-pull-request: contents pull-requests
  peter-evans/enable-pull-request-automerge: contents pull-requests
  peter-evans/find-comment:
  peter-evans/repository-dispatch: contents
  peter-evans/slash-command-dispatch: contents issues pull-requests
  pnpm/action-setup:
  pre-commit/action:
  pulumi/actions: pull-requests id-token
  py-cov-action/python-coverage-comment-action: pull-requests contents
  pypa/cibuildwheel:
  pypa/gh-action-pypi-publish: id-token attestations
  python-semantic-release/publish-action: contents
  python-semantic-release/python-semantic-release: contents
  pytorch/test-infra/.github/actions/setup-ssh:
  r-lib/actions/check-r-package:
  r-lib/actions/setup-r:
  r-lib/actions/setup-r-dependencies:
  readthedocs/actions/preview: pull-requests
  redhat-actions/push-to-registry: packages
  relekang/python-semantic-release: contents
  release-drafter/release-drafter: contents pull-requests
  release-drafter/release-drafter/autolabeler: pull-requests
  release-plz/action: contents pull-requests id-token
  repo-sync/pull-request: pull-requests contents
  reviewdog/action-actionlint: checks pull-requests
  reviewdog/action-eslint: checks pull-requests
  reviewdog/action-golangci-lint: checks pull-requests
  reviewdog/action-misspell: checks pull-requests
  reviewdog/action-setup:
  reviewdog/action-shellcheck: checks pull-requests
  reviewdog/action-suggester: checks pull-requests
  rhysd/actionlint:
  rlespinasse/github-slug-action:
  ruby/setup-ruby:
  rubygems/configure-rubygems-credentials: id-token
  rubygems/release-gem: contents id-token attestations
  rust-lang/crates-io-auth-action: id-token
  rustsec/audit-check: issues checks
  scacap/action-surefire-report: checks
  schneegans/dynamic-badges-action:
  sigstore/cosign-installer:
  sigstore/gh-action-sigstore-python: id-token contents
  slackapi/slack-github-action:
  slsa-framework/slsa-verifier/actions/installer:
  snok/install-poetry:
  snyk/actions/setup:
  softprops/action-gh-release: contents
  sonarsource/sonarcloud-github-action: pull-requests
  sonarsource/sonarqube-scan-action: pull-requests
  srvaroa/labeler: pull-requests issues
  stefanzweifel/git-auto-commit-action: contents
  step-security/harden-runner:
  styfle/cancel-workflow-action: actions
  super-linter/super-linter: statuses contents pull-requests issues
  github/super-linter: statuses
  svenstaro/upload-release-action: contents
  swatinem/rust-cache:
  taiki-e/create-gh-release-action: contents
  taiki-e/install-action:
  taiki-e/upload-rust-binary-action: contents id-token attestations
  thollander/actions-comment-pull-request: pull-requests issues
  tibdex/backport: contents pull-requests
  tibdex/github-app-token:
  timonvs/pr-labeler-action: pull-requests issues
  tj-actions/branch-names:
  tj-actions/changed-files:
  toshimaru/auto-author-assign: pull-requests issues
  treosh/lighthouse-ci-action: statuses
  vampire/setup-wsl:
  vedantmgoyal9/winget-releaser:
  volta-cli/action:
  wagoid/commitlint-github-action:
  wearerequired/lint-action: checks contents
  webfactory/ssh-agent:
  wow-actions/welcome: issues pull-requests
  xu-cheng/latex-action:
  zizmorcore/zizmor-action: security-events
`);

/** Words in the names of unknown actions and scripts, and what they may write. */
export const WORD_SCOPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /release|publish|changelog|version|bump|(?:^|[^a-z])tag/,
    ['contents', 'packages', 'id-token', 'attestations', 'issues', 'pull-requests', 'discussions'],
  ],
  [/deploy|pages|docs?-|site/, ['contents', 'pages', 'id-token', 'deployments', 'pull-requests', 'statuses']],
  [
    /commit|push|sync|update|mirror|format|fix|backport|cherry|merge|rebase/,
    ['contents', 'pull-requests', 'issues', 'statuses'],
  ],
  [
    /pull|pr-|-pr|review|approve|comment|coverage|danger|size/,
    ['pull-requests', 'issues', 'checks', 'statuses', 'contents'],
  ],
  [
    /issue|label|assign|stale|triage|welcome|lock|project|milestone|todo/,
    ['issues', 'pull-requests', 'repository-projects', 'discussions', 'contents'],
  ],
  [
    /sarif|codeql|scan|sast|security/,
    ['security-events', 'pull-requests', 'id-token', 'contents', 'checks', 'statuses'],
  ],
  [/test|report|check|lint|clippy|annotat/, ['checks', 'pull-requests', 'statuses', 'issues']],
  [/status/, ['statuses', 'checks']],
  [
    /docker|image|container|registry|package|helm|chart|nuget|npm|maven|gem/,
    ['packages', 'id-token', 'attestations', 'contents'],
  ],
  [/sign|attest|provenance|slsa|cosign|sbom/, ['id-token', 'attestations', 'contents', 'packages']],
  [/cancel|rerun|dispatch|trigger|workflow|artifact|cache|clean/, ['actions', 'contents', 'packages']],
  [
    /aws|gcp|google|azure|oidc|auth|login|vault|cloud|terraform|pulumi/,
    ['id-token', 'pull-requests', 'packages'],
  ],
  [
    /claude|codex|gemini|copilot|-ai|openai|agent|bot/,
    ['id-token', 'contents', 'pull-requests', 'issues', 'actions', 'discussions'],
  ],
];

/**
 * Commands in scripts and what they write. Every pattern is linear; one of the words before it stands, in lower case, in
 * whatever it matches: looking for them is cheaper than making the pattern ready.
 */
export const COMMAND_SCOPES: readonly (readonly [words: readonly string[], RegExp, readonly string[]])[] = [
  [['push'], /\bgit\b[^\n|;&]{0,200}?\spush\b/, ['contents']],
  [['release'], /\bgh\s+release\s+(?:create|upload|edit|delete)/, ['contents', 'discussions']],
  [
    ['gh'],
    /\bgh\s+pr\s+(?:create|edit|comment|review|close|reopen|ready|lock)/,
    ['pull-requests', 'issues', 'contents'],
  ],
  [['merge'], /\bgh\s+pr\s+merge/, ['pull-requests', 'contents']],
  [
    ['gh'],
    /\bgh\s+issue\s+(?:create|edit|comment|close|reopen|delete|lock|pin|transfer|develop)/,
    ['issues', 'pull-requests'],
  ],
  [['label'], /\bgh\s+label\b/, ['issues', 'pull-requests']],
  [
    ['gh'],
    /\bgh\s+(?:workflow\s+(?:run|enable|disable)|run\s+(?:rerun|cancel|delete)|cache\s+delete)/,
    ['actions'],
  ],
  [
    ['gh'],
    /\bgh\s+(?:repo\s+(?:sync|edit)|api\s+graphql)/,
    ['contents', 'pull-requests', 'issues', 'discussions', 'repository-projects'],
  ],
  [
    ['docker', 'podman', 'buildah', 'skopeo', 'crane', 'oras', 'regctl', 'ko', 'ghcr'],
    /\bdocker\s+(?:login|push|buildx|manifest)|\bpodman\s+(?:login|push)|\bbuildah\s+(?:login|push)|\bskopeo\b|\bcrane\b|\boras\b|\bregctl\b|\bko\s+(?:build|publish|resolve|apply)|ghcr\.io/,
    ['packages'],
  ],
  [['helm', 'upload'], /\bhelm\s+(?:push|registry)|\bcr\s+upload/, ['packages', 'contents']],
  [
    ['publish'],
    /\b(?:npm|pnpm|yarn|bun)\s[^\n|;&]{0,200}?\bpublish\b|\blerna\s+publish|\bchangeset\s+publish/,
    ['packages', 'id-token', 'contents'],
  ],
  [['push'], /\bgem\s+push|\bnuget\s+push/, ['packages', 'id-token']],
  // The forge has no registry for these.
  [
    ['upload', 'publish'],
    /\b(?:twine|uv|poetry|hatch|flit|pdm|maturin)\s+(?:upload|publish)|\bcargo\s+publish/,
    ['id-token'],
  ],
  [['mvn'], /\bmvnw?\b[^\n]{0,200}? deploy\b/, ['packages', 'id-token']],
  [
    ['mvn', 'gradle'],
    /\bmvnw?\b[^\n]{0,200}?(?:\bdeploy-|:deploy|-deploy|release|scm-publish|gh-pages)|\bgradlew?\b[^\n]{0,200}?\b[pP]ublish/,
    ['packages', 'contents', 'id-token'],
  ],
  [
    ['release', 'standard-version', 'shipit'],
    /\bsemantic-release\b|\brelease-it\b|\brelease-please\b|\brelease-plz\b|\bcargo[- ]release\b|\bstandard-version\b|\bgoreleaser\b|\bjreleaser\b|\bauto\s+shipit\b/,
    ['contents', 'issues', 'pull-requests', 'packages', 'id-token', 'attestations'],
  ],
  [
    ['deploy', 'import', 'gh-pages', 'documenter'],
    /\bmkdocs\s+gh-deploy|\bmike\s+deploy|\bghp-import\b|\bgh-pages\b|\bdocumenter\b|deploydocs/i,
    ['contents', 'statuses', 'pull-requests'],
  ],
  [
    ['sign', 'attest', 'slsa'],
    /\bcosign\s+(?:sign|attest)|\bsigstore\s+sign|\bslsa-/,
    ['id-token', 'packages', 'contents', 'attestations'],
  ],
  [['aws', 'gcloud', 'az', 'actions_id'], /\baws\s|\bgcloud\s|\baz\s|ACTIONS_ID_TOKEN_REQUEST/, ['id-token']],
  [['upload', 'index', 'chart-releaser'], /\bcr\s+(?:index|upload)|\bchart-releaser\b/, ['contents']],
  [['reviewdog', 'danger'], /\breviewdog\b|\bdanger\b/, ['pull-requests', 'checks', 'issues', 'statuses']],
  [['upload-sarif', 'code-scanning'], /upload-sarif|code-scanning\/sarifs/, ['security-events']],
  [
    ['renovate'],
    /\bdocker\s+run\b[^\n]{0,200}?renovate|\brenovate\b/,
    ['contents', 'pull-requests', 'issues', 'statuses', 'checks'],
  ],
];

/** Paths of the forge's API and what writing to them needs. */
export const API_SCOPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\/releases\b|\/git\/|\/contents\/|\/merges\b|\/branches\b|\/dispatches\b/, ['contents', 'actions']],
  [/\/pulls\b/, ['pull-requests', 'contents']],
  [/\/issues\b|\/comments\b|\/labels\b|\/reactions\b|\/milestones\b/, ['issues', 'pull-requests']],
  [/\/statuses\//, ['statuses']],
  [/\/check-(?:runs|suites)/, ['checks']],
  [/\/deployments\b/, ['deployments']],
  [/\/actions\//, ['actions']],
  [/\/packages\//, ['packages']],
  [/\/pages\b/, ['pages']],
  [/code-scanning/, ['security-events']],
];

/** Methods of the forge's client inside scripts and what they need. */
export const CLIENT_SCOPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bissues\.(?:create|add|remove|update|lock|unlock|set|delete)/, ['issues', 'pull-requests']],
  [/\breactions\.(?:create|delete)/, ['issues', 'pull-requests', 'discussions']],
  [/\bpulls\.(?:create|update|request|remove|dismiss|submit|delete)/, ['pull-requests', 'contents']],
  [/\bpulls\.merge\b/, ['pull-requests', 'contents']],
  [/\brepos\.(?:createCommitStatus|createStatus)/, ['statuses']],
  [/\brepos\.(?:createDeployment|deleteDeployment)/, ['deployments']],
  [/\brepos\.(?:create|update|delete|upload|merge|generate|replace)/, ['contents', 'pages']],
  [/\bgit\.(?:create|update|delete)/, ['contents']],
  [/\bchecks\.(?:create|update|rerequest)/, ['checks']],
  [/\bactions\.(?:create|cancel|delete|reRun|approve|enable|disable|force|set)/, ['actions', 'contents']],
  [/\bpackages\.(?:delete|restore)/, ['packages']],
  [/\bcodeScanning\.(?:upload|update|delete)/, ['security-events']],
  [/\bprojects\.|\bteams\.|\borgs\./, ['repository-projects']],
  [/getIDToken/, ['id-token']],
  [
    /graphql\s*[(`]|\.graphql\b/,
    ['contents', 'pull-requests', 'issues', 'discussions', 'repository-projects', 'checks'],
  ],
];

/** Scopes that a job may be given. */
export const ALL_SCOPES: ReadonlySet<string> = new Set([
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
]);
