/** What the workflows do, as the reference reads them: raw hits per file, in listing order. */
import { derive } from '../core/index.ts';
import {
  type CheckoutHit,
  findReferenceCheckouts,
  findReferenceInjections,
  findReferencePackaging,
  findReferenceSast,
  type InjectionHit,
  type JobMatch,
  type PermissionEntry,
  readReferencePermissions,
  type SastUse,
} from '../parse/workflow/index.ts';
import { workflows } from './workflows.ts';

/** Raw data of one kind about one workflow. */
export interface PerWorkflow<T> {
  readonly path: string;
  readonly hits: readonly T[];
  /** What ends the whole check in the reference: not YAML, or an expression without an end. */
  readonly error?: { readonly line: number; readonly message: string };
}

/** A hit with the diff that mends it, where there is one. */
export interface PatchedInjection extends InjectionHit {
  readonly patch?: string;
}

/** Script injections of workflows with commands. Reference: file-checks 3.3. */
export const injections = derive({
  id: 'injections',
  version: 1,
  needs: { workflows },
  derive: ({ workflows }): readonly PerWorkflow<PatchedInjection>[] =>
    workflows
      .filter((workflow) => workflow.hasCommands)
      .map((workflow) => {
        if (workflow.error) return { path: workflow.path, hits: [], error: workflow.error };
        const { hits, error } = findReferenceInjections(workflow);
        const patched = hits.map((hit, index) => {
          const patch = workflow.patches?.[index];
          return patch ? { ...hit, patch } : hit;
        });
        return { path: workflow.path, hits: patched, ...(error === undefined ? {} : { error }) };
      }),
});

/** Untrusted checkouts of workflows with commands. Reference: file-checks 3.2. */
export const checkouts = derive({
  id: 'checkouts',
  version: 1,
  needs: { workflows },
  derive: ({ workflows }): readonly PerWorkflow<CheckoutHit>[] =>
    workflows
      .filter((workflow) => workflow.hasCommands)
      .map(({ error, ...workflow }) =>
        error
          ? { path: workflow.path, hits: [], error }
          : { path: workflow.path, hits: findReferenceCheckouts(workflow) },
      ),
});

/** Token permissions of workflows with commands. Reference: file-checks 12.1. */
export const permissionEntries = derive({
  id: 'permissionEntries',
  version: 1,
  needs: { workflows },
  derive: ({ workflows }): readonly PerWorkflow<PermissionEntry>[] =>
    workflows
      .filter((workflow) => workflow.hasCommands)
      .map(({ error, ...workflow }) =>
        error
          ? { path: workflow.path, hits: [], error }
          : { path: workflow.path, hits: readReferencePermissions(workflow) },
      ),
});

/** The first publishing job of each workflow. Empty files count too. Reference: file-checks 7.1. */
export const packagingJobs = derive({
  id: 'packagingJobs',
  version: 1,
  needs: { workflows },
  derive: ({ workflows }): readonly PerWorkflow<JobMatch>[] =>
    workflows.map(({ error, ...workflow }) => {
      if (error) return { path: workflow.path, hits: [], error };
      const match = findReferencePackaging(workflow);
      return { path: workflow.path, hits: match === undefined ? [] : [match] };
    }),
});

/** Steps that run a tool of static analysis. Empty files count too. Reference: file-checks 9.1. */
export const sastUses = derive({
  id: 'sastUses',
  version: 1,
  needs: { workflows },
  derive: ({ workflows }): readonly PerWorkflow<SastUse>[] =>
    workflows.map(({ error, ...workflow }) =>
      error
        ? { path: workflow.path, hits: [], error }
        : { path: workflow.path, hits: findReferenceSast(workflow) },
    ),
});
