/** Weaknesses of workflows that the reference has no rule for, each as places with what holds outsiders back. */
import { derive } from '../core/index.ts';
import {
  findArtifactUses,
  findInheritedSecrets,
  findOwnRunners,
  findPersistedCredentials,
  findPoisonedCaches,
  type Place,
} from '../parse/workflow/index.ts';
import { compositeActions } from './compositeActions.ts';
import { workflows } from './workflows.ts';
import { surroundings, trueCheckouts } from './workflowTruth.ts';

export type { Place };

const needs = { workflows, compositeActions };

/** Files of untrusted runs that a privileged job loads code or settings from. */
export const untrustedArtifacts = derive({
  id: 'untrustedArtifacts',
  version: 1,
  needs,
  derive: (files, about): readonly Place[] =>
    findArtifactUses(surroundings(files, about)).flatMap(({ verdict, reason: _, ...place }) =>
      verdict === 'false' ? [] : [{ ...place, verdict }],
    ),
});

/** Jobs that hand all secrets to another repository. */
export const inheritedSecrets = derive({
  id: 'inheritedSecrets',
  version: 1,
  needs,
  derive: (files, about): readonly Place[] => findInheritedSecrets(surroundings(files, about)),
});

/** Jobs on own machines that an outsider can start. */
export const ownRunners = derive({
  id: 'ownRunners',
  version: 1,
  needs,
  derive: (files, about): readonly Place[] => findOwnRunners(surroundings(files, about)),
});

/** Checkouts whose token an outsider can take. */
export const persistedCredentials = derive({
  id: 'persistedCredentials',
  version: 1,
  needs: { ...needs, trueCheckouts },
  derive: ({ trueCheckouts, ...files }, about): readonly Place[] =>
    findPersistedCredentials(surroundings(files, about), trueCheckouts),
});

/** Steps that save a cache of the default branch after an outsider's code has run. */
export const poisonedCaches = derive({
  id: 'poisonedCaches',
  version: 1,
  needs: { ...needs, trueCheckouts },
  derive: ({ trueCheckouts, ...files }, about): readonly Place[] =>
    findPoisonedCaches(surroundings(files, about), trueCheckouts),
});
