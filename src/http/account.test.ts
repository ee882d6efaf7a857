import { describe, expect, it } from 'vitest';
import { Account } from './account.ts';

const never = async () => expect.unreachable('nothing was to be waited for');
const left = (remaining: number, reset = 2000) => ({
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
});

describe('an account', () => {
  it('uses its tokens in turn while nothing is known of them', async () => {
    const account = new Account(['a', 'b', 'a'], undefined, () => 0);
    const taken = [];
    for (let times = 0; times < 4; times++) taken.push((await account.take('core', never)).value);
    expect(taken).toEqual(['a', 'b', 'a', 'b']);
  });

  it('takes the token with most left, for each budget by itself', async () => {
    const account = new Account(['a', 'b'], undefined, () => 0);
    const a = await account.take('core', never);
    const b = await account.take('core', never);
    account.note(a, left(10), 'core');
    account.note(b, left(20), 'core');
    account.note(a, left(30), 'graphql');
    account.note(b, left(5), 'graphql');
    expect((await account.take('core', never)).value).toBe('b');
    expect((await account.take('graphql', never)).value).toBe('a');
    expect(account.remaining('core')).toBe(20);
  });

  it('passes over spent and resting ones, and waits for the first to come back', async () => {
    let now = 0;
    const account = new Account(['a', 'b'], undefined, () => now);
    const a = await account.take('core', never);
    const b = await account.take('core', never);
    account.note(a, left(0, 5), 'core');
    expect((await account.take('core', never)).value).toBe('b');
    account.block(b, 3000);
    const waits: number[] = [];
    const pause = async (milliseconds: number) => {
      waits.push(milliseconds);
      now += milliseconds;
    };
    expect((await account.take('core', pause)).value).toBe('b');
    expect(waits).toEqual([3000]);
  });

  it('gives up a refused token, and gives one all the same when there is no other', async () => {
    const account = new Account(['a', 'b'], undefined, () => 0);
    const a = await account.take('core', never);
    expect(account.refuse(a)).toBe(true);
    const b = await account.take('core', never);
    expect(b.value).toBe('b');
    expect(account.refuse(b)).toBe(false);
    expect((await account.take('core', never)).value).toBe('a');
  });

  it('is named by all its tokens, without telling them', () => {
    expect(new Account(['a', 'b']).identity).toBe(new Account(['b', 'a']).identity);
    expect(new Account(['a']).identity).not.toBe(new Account(['b']).identity);
    expect(new Account(['ghp_secret']).identity).not.toContain('secret');
    expect([new Account([]).anonymous, new Account(['a']).anonymous]).toEqual([true, false]);
  });

  it('renews tokens that live for an hour', async () => {
    let value = 'first';
    const account = new Account([], { identity: 'app', token: async () => value }, () => 0);
    expect((await account.take('core', never)).value).toBe('first');
    value = 'second';
    expect((await account.take('core', never)).value).toBe('second');
  });
});
