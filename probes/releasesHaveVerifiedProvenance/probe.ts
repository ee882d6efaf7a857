import { defineProbe, isKnown, no, notApplicable, notAvailable, yes } from '../../src/core/index.ts';
import { packageProvenance } from '../../src/evidence/packageProvenance.ts';

export const releasesHaveVerifiedProvenance = defineProbe({
  id: 'releasesHaveVerifiedProvenance',
  lifecycle: 'experimental',
  summary: 'Do published packages carry provenance that was verified?',
  motivation:
    'Provenance that a package index has verified ties a published package to this repository and its build, so that a package published by somebody else shows.',
  implementation:
    'Asks the package index deps.dev for the package versions built from this repository and whether it verified their provenance.',
  outcomes: {
    True: 'The provenance of a package version was verified; one finding per version.',
    False: 'A package version has no verified provenance.',
    NotApplicable: 'No package is known to come from the repository.',
    NotAvailable: 'Assay view only: the package index did not answer.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Publish packages with provenance',
    steps: ['Publish packages from a workflow with provenance switched on.'],
  },
  forges: ['github', 'gitlab'],
  languages: ['javascript'],
  needs: { packageProvenance },
  improvements: {
    'index-silent': {
      what: 'Where the package index does not answer, the answer is not available.',
      why: 'The reference takes silence for a project without packages.',
    },
  },
  example: {
    before: { packageProvenance: [false] },
    after: { packageProvenance: [true] },
  },
  run: ({ packageProvenance }, view) => {
    if (!isKnown(packageProvenance) && view.adopts('index-silent'))
      return [notAvailable(`the package index did not answer: ${packageProvenance.why}`)];
    const versions = isKnown(packageProvenance) ? packageProvenance.known : [];
    if (versions.length === 0) return [notApplicable('no package is known to come from the repository')];
    return versions.map((verified) =>
      verified
        ? yes('a package version has verified provenance')
        : no('a package version has no verified provenance'),
    );
  },
});
