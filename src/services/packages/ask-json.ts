/** One question to a package index: its answer, or that there is none. */
import { ScanError } from '../../core/index.ts';
import { type Http, HttpFailure, type HttpResponse, placeOf } from '../../http/index.ts';

export type Json = Readonly<Record<string, unknown>>;

const MAX_BYTES = 32 * 1024 * 1024;

export interface Question {
  readonly url: string;
  readonly kind: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Undefined for 404 and 410. @throws ScanError network, unauthorized */
export async function askText(
  http: Http,
  { url, kind, headers = {} }: Question,
): Promise<string | undefined> {
  let response: HttpResponse;
  try {
    response = await http.send({ url, kind, headers, maxBytes: MAX_BYTES });
  } catch (error) {
    if (error instanceof HttpFailure) throw new ScanError('network', error.message, { cause: error });
    throw error;
  }
  const { status } = response;
  if (status === 404 || status === 410) return undefined;
  if (status === 401 || status === 403)
    throw new ScanError('unauthorized', `${placeOf(url)} refuses to answer (status ${status})`);
  if (status !== 200) throw new ScanError('network', `${placeOf(url)} answers with status ${status}`);
  return response.body.toString('utf8');
}

/** An object; undefined for 404 and 410. @throws ScanError network, unauthorized */
export async function askJson(http: Http, question: Question): Promise<Json | undefined> {
  const headers = { accept: 'application/json', ...question.headers };
  const text = await askText(http, { ...question, headers });
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    // Told below.
  }
  throw new ScanError('network', `${placeOf(question.url)} gave an answer that is no JSON object`);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list, the first thousand of them from its end when `last`. */
export function objectsOf(value: unknown, most = 1000): readonly Json[] {
  return Array.isArray(value) ? value.slice(-most).filter(isObject) : [];
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
