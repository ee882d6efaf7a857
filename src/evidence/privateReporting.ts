import { type Answer, ask, unknown } from '../core/index.ts';
import { bestPolicy } from './securityPolicies.ts';

/** Private vulnerability reporting is switched on; asked for only where no policy names a private contact. */
export const privateReporting = ask({
  id: 'privateReporting',
  version: 2,
  needs: { bestPolicy },
  ask: async ({ bestPolicy }, doors): Promise<Answer<boolean>> =>
    bestPolicy.policy?.meaning.contact === undefined
      ? doors.privateReporting()
      : unknown('unsupported', 'this was not asked, because the policy names a private contact'),
});
