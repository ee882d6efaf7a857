/** Why a repository cannot be opened, each reason by its own name. */
import { type ErrorCode, type RepoRef, ScanError } from '../../core/index.ts';
import type { HttpFailure } from '../../http/index.ts';
import type { Session } from './session.ts';

/** The organisation lets nobody in who did not sign on with it. */
export function signOn(session: Session, ref: RepoRef): ScanError {
  return new ScanError(
    'unauthorized',
    `the token must be authorized for the single sign-on of ${session.owner} to see ${ref.name}`,
  );
}

/** A status of the repository's own address in words. */
export function reasonFor(status: number, ref: RepoRef, anonymous: boolean, told: string): ScanError {
  const whose = anonymous ? 'without a token' : 'to this token';
  if (status === 404)
    return new ScanError('target-not-found', `${ref.name} does not exist or is not visible ${whose}`);
  if (status === 451) return new ScanError('target-blocked', `${ref.name} is blocked for legal reasons`);
  if (status === 401) return new ScanError('unauthorized', 'GitHub refuses the token (status 401)');
  if (status === 403)
    return new ScanError('target-blocked', `GitHub refuses access to ${ref.name} (status 403)`);
  return new ScanError('target-unreadable', `${ref.name} cannot be read: ${told}`);
}

const CODES: Readonly<Record<HttpFailure['kind'], ErrorCode>> = {
  network: 'network',
  timeout: 'network',
  certificate: 'network',
  'too-large': 'network',
  'rate-limited': 'rate-limited',
  refused: 'network',
};

export function asScanError(failure: HttpFailure): ScanError {
  return new ScanError(CODES[failure.kind], failure.message, { cause: failure });
}
