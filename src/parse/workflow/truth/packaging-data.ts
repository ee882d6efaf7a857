// Actions and commands that publish something. Data only (file-checks 7.2 and 7.5).

/** Actions and reusable workflows, in lower case and without version, to what they publish. */
export const PUBLISHING_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['actions/create-release', 'release'],
  ['actions/upload-release-asset', 'release'],
  ['bufbuild/buf-push-action', 'package'],
  ['changesets/action', 'npm'],
  ['cycjimmy/semantic-release-action', 'release'],
  ['docker/bake-action', 'image'],
  ['docker/build-push-action', 'image'],
  ['elgohr/publish-docker-github-action', 'image'],
  ['goreleaser/goreleaser-action', 'release'],
  ['haaleo/publish-vscode-extension', 'editor extension'],
  ['helm/chart-releaser-action', 'chart'],
  ['jreleaser/release-action', 'release'],
  ['js-devtools/npm-publish', 'npm'],
  ['jupyter-server/jupyter_releaser/.github/actions/finalize-release', 'pypi'],
  ['katyo/publish-crates', 'cargo'],
  ['marvinpinto/action-automatic-releases', 'release'],
  ['ncipollo/release-action', 'release'],
  ['prometheus/promci/publish_images', 'image'],
  ['prometheus/promci/publish_main', 'image'],
  ['prometheus/promci/publish_release', 'release'],
  ['pypa/gh-action-pypi-publish', 'pypi'],
  ['python-semantic-release/publish-action', 'release'],
  ['python-semantic-release/python-semantic-release', 'release'],
  ['redhat-actions/push-to-registry', 'image'],
  ['relekang/python-semantic-release', 'pypi'],
  ['release-plz/action', 'cargo'],
  ['rubygems/release-gem', 'gem'],
  ['slsa-framework/slsa-github-generator/.github/workflows/builder_container-based_slsa3.yml', 'release'],
  ['slsa-framework/slsa-github-generator/.github/workflows/builder_go_slsa3.yml', 'release'],
  ['slsa-framework/slsa-github-generator/.github/workflows/builder_nodejs_slsa3.yml', 'npm'],
  ['snapcore/action-publish', 'snap'],
  ['softprops/action-gh-release', 'release'],
  ['spring-io/artifactory-deploy-action', 'maven'],
  ['spring-io/central-publish-action', 'maven'],
  ['svenstaro/upload-release-action', 'release'],
  ['taiki-e/create-gh-release-action', 'release'],
  ['taiki-e/upload-rust-binary-action', 'release'],
  ['vedantmgoyal9/winget-releaser', 'winget'],
]);

/** Tasks of Azure: name, what their inputs must say, what is published. */
export const PUBLISHING_TASKS: readonly (readonly [task: string, inputs: RegExp, what: string])[] = [
  ['nugetcommand', /\bcommand=push\b/i, 'nuget'],
  ['dotnetcorecli', /\bcommand=(?:push|custom .*nuget push)/i, 'nuget'],
  ['npm', /\bcommand=publish\b|customcommand=.{0,20}publish/i, 'npm'],
  ['docker', /\bcommand=(?:buildandpush|push)\b/i, 'image'],
  ['universalpackages', /\bcommand=publish\b/i, 'package'],
  ['maven', /\bgoals?=.{0,100}deploy/i, 'maven'],
  ['gradle', /\btasks=.{0,100}publish(?!ToMavenLocal)/i, 'maven'],
  ['helmdeploy', /\bcommand=(?:push|publish)/i, 'chart'],
  ['githubrelease', /^(?!.*\baction=delete)/i, 'release'],
  ['publishvsextension', /^/, 'editor extension'],
  ['esrprelease', /^/, 'package'],
];

export interface PublishingCommand {
  /** A word without which the pattern cannot fit. */
  readonly hint: string;
  /** Fits the words of one command, joined by blanks. */
  readonly pattern: RegExp;
  readonly what: string;
}

function command(hint: string, pattern: RegExp, what: string): PublishingCommand {
  return { hint, pattern, what };
}

export const PUBLISHING_COMMANDS: readonly PublishingCommand[] = [
  command(
    'publish',
    /^(?:(?:npx|bunx|yarn|bun|pnpm(?: exec| dlx)?) )?(?:npm|pnpm|yarn|bun|lerna|changeset)\b(?: [\w@./:-]+){0,8} publish(?= |$)/,
    'npm',
  ),
  command(
    'semantic-release',
    /^(?:npx|yarn|pnpm|bunx|npm exec|semantic-release)\b.{0,60}semantic-release|^semantic-release\b/,
    'release',
  ),
  command('deploy', /^mvnw?\b.{0,200} (?:\S+:)?deploy\b/, 'maven'),
  command('release:perform', /^mvnw?\b.{0,200}release:perform/, 'maven'),
  command('ublish', /^gradlew?\b.{0,200}\b(?:publish(?!ToMavenLocal)\w*|\w*[Pp]ublishPlugins?)\b/, 'maven'),
  command('ci-release', /^sbt\b.{0,100}ci-release/, 'maven'),
  command('push', /^gem push\b/, 'gem'),
  command('release', /^(?:bundle exec )?rake release\b/, 'gem'),
  command('push', /^(?:dotnet )?nuget(?:\.exe)? push\b/, 'nuget'),
  command('ublish-', /^publish-(?:module|psresource|script)\b/i, 'psgallery'),
  command('push', /^(?:docker|podman|buildah|nerdctl)(?: compose| image| manifest| buildx)? push\b/, 'image'),
  command('--push', /^docker (?:buildx )?(?:build|bake)\b.{0,300} --push\b/, 'image'),
  command(
    'ko ',
    /^ko (?:build|publish|apply|resolve|create)\b(?!.*(?: -L\b| --local\b| --push=false))/,
    'image',
  ),
  command('kaniko', /executor\b.{0,200}--destination/, 'image'),
  command('copy', /^(?:skopeo|crane|regctl|oras)\b.{0,100}\b(?:copy|push)\b/, 'image'),
  command('push', /^(?:crane|oras) push\b/, 'image'),
  command('imagetools', /^docker buildx imagetools create\b/, 'image'),
  command('push', /^bazel(?:isk)? run\b.{0,200}[:/_]push\b/, 'image'),
  command('push', /^helm (?:push|cm-push)\b/, 'chart'),
  command('upload', /^cr upload\b/, 'chart'),
  command('upload', /^(?:python3? -m )?twine upload\b/, 'pypi'),
  command('publish', /^(?:poetry|uv|hatch|flit|pdm|maturin)\b(?: -\S+)* publish\b/, 'pypi'),
  command('upload', /^maturin upload\b/, 'pypi'),
  command('publish', /^cargo\b.{0,60} publish\b/, 'cargo'),
  command('cargo', /^cargo[ -](?:release|workspaces publish|ws publish)\b/, 'cargo'),
  command('release-plz', /^release-plz release\b/, 'cargo'),
  command('hex.publish', /^mix hex\.publish\b/, 'hex'),
  command('publish', /^(?:npx )?(?:vsce|ovsx|@vscode\/vsce)\b.{0,40}publish\b/, 'editor extension'),
  command('upload', /^(?:luarocks|cabal|conda|anaconda)\b.{0,40} upload\b/, 'package'),
  command('publish', /^(?:dart|flutter) pub publish\b/, 'pub'),
  command('pod ', /^pod trunk push\b/, 'cocoapods'),
  command(
    'jreleaser',
    /^(?:jreleaser|gradlew?|mvnw?)\b.{0,60}(?:full-release|jreleaser(?:FullRelease|Release|Deploy|Upload))/,
    'release',
  ),
  command('goreleaser', /^goreleaser release\b(?!.*(?:--snapshot|--skip[= ]\S{0,200}publish))/, 'release'),
  command('gh release', /^gh release (?:create|upload)\b/, 'release'),
  command('snapcraft', /^snapcraft (?:upload|push|release)\b/, 'snap'),
  command('publish', /^(?:npx |bunx |pnpm dlx )?(?:deno|jsr) publish\b/, 'jsr'),
];
