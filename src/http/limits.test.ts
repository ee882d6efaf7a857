import { describe, expect, it } from 'vitest';
import { backoff, judgeAnswer, retryAfter } from './limits.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('judgeAnswer', () => {
  it.each([
    [200, {}, '{"data":{}}', { kind: 'fine' }],
    [404, {}, '', { kind: 'fine' }],
    [403, {}, 'Resource not accessible by integration', { kind: 'fine' }],
    [401, {}, '', { kind: 'refused' }],
    [503, { 'retry-after': '2' }, '', { kind: 'again', after: 2000 }],
    [500, {}, '', { kind: 'again', after: undefined }],
    [403, { 'x-ratelimit-remaining': '0' }, 'API rate limit exceeded', { kind: 'spent' }],
    [429, { 'x-ratelimit-remaining': '0' }, '', { kind: 'spent' }],
    [403, { 'retry-after': '7', 'x-ratelimit-remaining': '4000' }, '', { kind: 'rest', milliseconds: 7000 }],
    [403, {}, 'You have exceeded a secondary rate limit.', { kind: 'rest', milliseconds: undefined }],
    [429, {}, '', { kind: 'rest', milliseconds: undefined }],
    // The last good answer of an hour is an answer.
    [200, { 'x-ratelimit-remaining': '0' }, '[]', { kind: 'fine' }],
    [200, { 'x-ratelimit-remaining': '0' }, '{"errors":[{"type":"RATE_LIMITED"}]}', { kind: 'spent' }],
    [200, { 'x-ratelimit-remaining': '0' }, '{"errors":[{"type":"RATE_LIMIT"}]}', { kind: 'spent' }],
    [200, {}, '{"data":{"text":"RATE_LIMITED"}}', { kind: 'fine' }],
  ])('%i %j %j', (status, headers, text, verdict) => {
    expect(judgeAnswer(status, headers, text, NOW)).toMatchObject(verdict);
  });
});

describe('retryAfter', () => {
  it.each([
    [undefined, undefined],
    ['3', 3000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('%s', (value, milliseconds) => {
    expect(retryAfter(value === undefined ? {} : { 'retry-after': value }, NOW)).toBe(milliseconds);
  });
});

it('pauses double, are spread, and have an end', () => {
  expect([1, 2, 3].map((attempt) => backoff(attempt, 500, 1))).toEqual([500, 1000, 2000]);
  expect(backoff(1, 500, 0)).toBe(250);
  expect(backoff(30, 500, 1)).toBe(8000);
});
