/** Which texts name a test or a continuous integration service. */

/** The reference's list; its entry in capitals never matches, because texts are lower-cased first. */
const SERVICES = [
  'appveyor',
  'buildkite',
  'circleci',
  'e2e',
  'github-actions',
  'jenkins',
  'mergeable',
  'packit-as-a-service',
  'semaphoreci',
  'travis-ci',
  'flutter-dashboard',
  'cirrus-ci',
  'azure-pipelines',
  'ci/woodpecker',
  'vstfs:///build/build',
];

/** The reference's rule: the name of a service, or `test` anywhere. */
export function looksLikeTest(text: string): boolean {
  const lower = text.toLowerCase();
  return lower.includes('test') || SERVICES.some((service) => lower.includes(service));
}

const MORE_SERVICES = [
  'bitrise',
  'buildbot',
  'codefresh',
  'codemagic',
  'concourse-ci',
  'continuous-integration/',
  'gitlab-ci',
  'google-cloud-build',
  'prow.',
  'teamcity',
  'tekton',
  'xcode-cloud',
  'zuul',
];

const TEST_WORD =
  /(?:^|[^a-z]|unit|integration|regression|smoke|load|system|acceptance|functional|self|py|go|cpp|j|php|x)test(?:s|ing|suite|er)?(?:[^a-z]|$)/;

/** `test` as a word of its own, or the name of a service, of which a few more are known. */
export function namesTest(text: string): boolean {
  const lower = text.toLowerCase();
  if (SERVICES.some((service) => lower.includes(service))) return true;
  return TEST_WORD.test(lower) || MORE_SERVICES.some((service) => lower.includes(service));
}
