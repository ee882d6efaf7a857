/** Settings that REST tells, most of them to administrators only. */
import { type Answer, type Facts, unknown, type Webhook } from '../../core/index.ts';
import { askRest, mustBeList, mustBeObject, textIfAny, UnexpectedShape } from './rest.ts';
import type { Core, Session } from './session.ts';

/** The permission behind classic branch protection and the defaults of Actions. */
export const ADMINISTRATION = 'Administration: read (an administrator of the repository)';
const HOOKS = 'Webhooks: read, or admin:repo_hook (an administrator of the repository)';

/** Only administrators are shown hooks; for others the question would be in vain. */
export function webhooks(session: Session, core: Core): Promise<Facts['webhooks']> | Facts['webhooks'] {
  if (!mayAdminister(session, core))
    return unknown(
      'forbidden',
      'the token does not administer the repository, so GitHub shows it no webhooks',
      HOOKS,
    );
  const question = { path: '/hooks', what: 'webhooks', needs: HOOKS };
  return askRest(session, question, core.fullName, (json) =>
    mustBeList(json).map((hook): Webhook => {
      const { secret, url } = mustBeObject(hook.config);
      return { url: textIfAny(url), hasSecret: textIfAny(secret) !== '' };
    }),
  );
}

/** Tokens of apps have permissions of their own; GitHub tells those only by answering. */
function mayAdminister(session: Session, core: Core): boolean {
  return core.admin || session.account.values.some((token) => token.startsWith('ghs_'));
}

export function privateReporting(session: Session, fullName: string): Promise<Answer<boolean>> {
  const question = { path: '/private-vulnerability-reporting', what: 'private vulnerability reporting' };
  return askRest(session, question, fullName, (json) => {
    const { enabled } = (json ?? {}) as { enabled?: unknown };
    if (typeof enabled !== 'boolean') throw new UnexpectedShape();
    return enabled;
  });
}

/** What GITHUB_TOKEN may do where a workflow does not say. */
export function workflowPermissions(
  session: Session,
  core: Core,
): Promise<Facts['defaultWorkflowPermissions']> | Facts['defaultWorkflowPermissions'] {
  if (!mayAdminister(session, core))
    return unknown(
      'forbidden',
      'the token does not administer the repository, so GitHub does not tell the default',
      ADMINISTRATION,
    );
  const question = {
    path: '/actions/permissions/workflow',
    what: 'the default permissions of workflows',
    needs: ADMINISTRATION,
  };
  return askRest(session, question, core.fullName, (json) => {
    const { default_workflow_permissions: value } = (json ?? {}) as {
      default_workflow_permissions?: unknown;
    };
    if (value !== 'read' && value !== 'write') throw new UnexpectedShape();
    return value;
  });
}
