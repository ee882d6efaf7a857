/** Errors of single GraphQL fields, with the type GitHub gives them. */

export class FieldError extends Error {
  readonly type: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** GitHub leaves the place in the query out of some errors. */
  readonly withLocations: boolean;

  constructor(
    type: string | undefined,
    message: string,
    extensions?: Readonly<Record<string, unknown>>,
    withLocations = true,
  ) {
    super(message);
    this.type = type;
    this.extensions = extensions;
    this.withLocations = withLocations;
  }
}

export const fieldNotFound = (message: string): FieldError => new FieldError('NOT_FOUND', message);

/** What a token without the right gets; the text names the kind of token. */
export const inaccessible = (token: string): string =>
  token === 'fine-grained'
    ? 'Resource not accessible by personal access token'
    : 'Resource not accessible by integration';

export const fieldForbidden = (message: string): FieldError =>
  new FieldError('FORBIDDEN', message, { saml_failure: false });
