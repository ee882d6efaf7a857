/** How a service's answer, or none, becomes an answer of Assay. */
import { type Answer, known, unknown } from '../core/index.ts';
import { type Http, HttpFailure, type HttpRequest, type HttpResponse, placeOf } from '../http/index.ts';

/** A service as one scan asks it. */
export interface Service {
  readonly http: Http;
  /** Without a slash at the end. */
  readonly base: string;
}

/** Asks; `read` sees status 200 only. Never throws: a door answers, or says why it cannot. */
export async function askService<T>(
  http: Http,
  request: HttpRequest,
  read: (json: unknown) => T,
  other: (response: HttpResponse) => Answer<T> | undefined = () => undefined,
): Promise<Answer<T>> {
  let response: HttpResponse | undefined;
  try {
    response = await http.send(request);
    if (response.status === 200) return known(read(JSON.parse(response.body.toString('utf8'))));
    return (
      other(response) ?? unknown('failed', `${placeOf(request.url)} answers with status ${response.status}`)
    );
  } catch (error) {
    if (error instanceof HttpFailure) return unknown('failed', error.message);
    await response?.forget?.();
    if (error instanceof SyntaxError) return unknown('failed', `${placeOf(request.url)} answers no JSON`);
    if (error instanceof UnexpectedAnswer)
      return unknown('failed', `${placeOf(request.url)} ${error.message}`);
    return unknown('failed', `${placeOf(request.url)} was not waited for`);
  }
}

/** JSON, but not of the shape that was promised. */
export class UnexpectedAnswer extends Error {}
