/** Worked examples of the docs: how a flaw looks and how it looks mended. Both sides are run by the tests. */
import type { Doors } from './doors.ts';
import type { Answer, FactKey, Facts } from './facts.ts';

/** One file. */
export interface FileExample {
  readonly path: string;
  /** Empty = there is no such file. */
  readonly before: string;
  /** Empty = the file is gone. */
  readonly after: string;
  /** What the forge or a service tells beside it, the same on both sides; not shown. */
  readonly beside?: Told;
}

/** Settings or records that a forge or a service tells. */
export interface ToldExample {
  /** Files there are on both sides. */
  readonly files?: Readonly<Record<string, string>>;
  readonly before: Told;
  readonly after: Told;
  /** Told on both sides; not shown. */
  readonly beside?: Told;
}

/** There is nothing one could write or set, and why. */
export interface NoExample {
  readonly nothing: string;
}

export type Example = FileExample | ToldExample | NoExample;

/** A value with only those fields that matter. */
export type Part<T> = T extends readonly (infer Item)[]
  ? readonly Part<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> }
    : T;

type KnownOf<A> = A extends { readonly known: infer T } ? T : never;
type AnswerOf<F> = F extends (...words: never[]) => Promise<Answer<infer T>> ? T : never;

/** Facts of the forge by name, and answers of services by the name of their door. */
export type Told = { readonly [K in FactKey]?: Part<KnownOf<Facts[K]>> } & {
  readonly [K in keyof Doors]?: Part<AnswerOf<Doors[K]>>;
};
