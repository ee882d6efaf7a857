/** Questions to the REST API, for what GraphQL does not tell. */
import { type Answer, known, type Unknown, unknown } from '../../core/index.ts';
import { HttpFailure, type HttpResponse } from '../../http/index.ts';
import type { Session } from './session.ts';

export interface RestQuestion {
  /** After the address of the repository, with its slash; or a whole path of the API after `api:`. */
  readonly path: string;
  /** For the reason: what was asked. */
  readonly what: string;
  /** The permission that shows it. */
  readonly needs?: string;
  readonly resource?: string;
  /** Sent by POST. */
  readonly body?: string;
}

const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** The address of the repository in the REST API. `fullName` is `owner/name`. */
export function repositoryApi({ endpoints }: Pick<Session, 'endpoints'>, fullName: string): string {
  return `${endpoints.rest}/repos/${fullName.split('/').map(encodeURIComponent).join('/')}`;
}

/** Sends the question. @throws HttpFailure, the abort reason. */
export function request(session: Session, question: RestQuestion, fullName: string): Promise<HttpResponse> {
  const { http, account, endpoints } = session;
  const url = question.path.startsWith('api:')
    ? `${endpoints.rest}${question.path.slice('api:'.length)}`
    : `${repositoryApi(session, fullName)}${question.path}`;
  return http.send({
    url,
    headers: HEADERS,
    kind: 'rest',
    account,
    resource: question.resource,
    ...(question.body === undefined ? { cached: true } : { method: 'POST', body: question.body }),
  });
}

/** Asks and reads. Never throws but for an abort: what cannot be had is told as the reason. */
export async function askRest<T>(
  session: Session,
  question: RestQuestion,
  fullName: string,
  read: (json: unknown) => T,
): Promise<Answer<T>> {
  return answerOf(request(session, question, fullName), question, read);
}

/** Reads an answer that is under way. Never throws but for an abort. */
export async function answerOf<T>(
  asked: Promise<HttpResponse>,
  question: RestQuestion,
  read: (json: unknown) => T,
): Promise<Answer<T>> {
  let response: HttpResponse | undefined;
  try {
    response = await asked;
    if (response.status === 204) return known(read(undefined));
    if (response.status !== 200) return refusal(response.status, question);
    return known(read(JSON.parse(response.body.toString('utf8'))));
  } catch (error) {
    if (error instanceof HttpFailure) return unknown('failed', error.message);
    if (!(error instanceof SyntaxError) && !(error instanceof UnexpectedShape)) throw error;
    await response?.forget?.();
    return unknown('failed', `GitHub's answer about ${question.what} is not what was asked for`);
  }
}

/** 404 also stands for "not for this token" where a permission is needed. */
function refusal(status: number, { what, needs }: RestQuestion): Answer<never> {
  const why = `GitHub answers the question for ${what} with status ${status}`;
  const kind: Unknown =
    status === 401 || status === 403 || (status === 404 && needs !== undefined)
      ? 'forbidden'
      : status === 404 || status === 410
        ? 'missing'
        : 'failed';
  return unknown(kind, why, kind === 'forbidden' ? needs : undefined);
}

/** JSON, but not of the shape that was promised: nothing may be concluded from it. */
export class UnexpectedShape extends Error {}

/** @throws UnexpectedShape */
export function mustBeList(json: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(json)) throw new UnexpectedShape();
  return json.map(mustBeObject);
}

/** @throws UnexpectedShape */
export function mustBeObject(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new UnexpectedShape();
  return json as Readonly<Record<string, unknown>>;
}

/** @throws UnexpectedShape */
export function mustBeText(value: unknown): string {
  if (typeof value !== 'string') throw new UnexpectedShape();
  return value;
}

/** Nothing is an empty text. @throws UnexpectedShape */
export function textIfAny(value: unknown): string {
  return value === null || value === undefined ? '' : mustBeText(value);
}

/** @throws UnexpectedShape */
export function mustBeNumber(value: unknown): number {
  if (typeof value !== 'number') throw new UnexpectedShape();
  return value;
}

/** A switch that older versions of GitHub do not know is off. @throws UnexpectedShape */
export function isOn(value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw new UnexpectedShape();
  return value === true;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
