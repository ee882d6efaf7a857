/** What can go wrong below the level of status codes. */

export type FailureKind =
  /** No connection, a broken one, no such name. */
  | 'network'
  /** Too long without an answer, or too long in all. */
  | 'timeout'
  /** The other side's certificate is not trusted. */
  | 'certificate'
  /** The answer is larger than its reader allows. */
  | 'too-large'
  /** The request budget is spent for longer than may be waited. */
  | 'rate-limited'
  /** `--offline`, or the caller gave up. */
  | 'refused';

/** A request that got no usable answer. The message names the address without its query and never holds a secret. */
export class HttpFailure extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'HttpFailure';
    this.kind = kind;
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS/;

/** The code of a system or client error, looked for along its causes. */
export function codeOf(error: unknown): string {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    const { code } = one as NodeJS.ErrnoException;
    if (typeof code === 'string' && code !== '') return code;
  }
  return error instanceof Error ? error.name : 'unknown';
}

/** Puts any error of the transport into words. `place` is an address without its query. */
export function failureOf(error: unknown, place: string): HttpFailure {
  if (error instanceof HttpFailure) return error;
  const code = codeOf(error);
  if (CERTIFICATE.test(code))
    return new HttpFailure(
      'certificate',
      `the certificate of ${place} is not trusted (${code}); name extra authorities with NODE_EXTRA_CA_CERTS`,
    );
  if (/TIMEOUT|TimeoutError|ETIMEDOUT/i.test(code))
    return new HttpFailure('timeout', `${place} did not answer in time (${code})`);
  return new HttpFailure('network', `${place} could not be reached (${code})`);
}
