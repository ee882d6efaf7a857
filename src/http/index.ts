/** The one door of the network. */
export { Account, type TokenSource } from './account.ts';
export { cacheKey } from './cache.ts';
export { type FailureKind, HttpFailure } from './failure.ts';
export { createHttp, Http } from './http.ts';
export { type HttpCounts, type HttpRequest, type HttpResponse, type HttpStream, jsonOf } from './messages.ts';
export { placeOf } from './secrets.ts';
export {
  type CacheSettings,
  type Environment,
  type HttpSettings,
  httpSettings,
  type RequestRecord,
  userCache,
  type Wait,
} from './settings.ts';
