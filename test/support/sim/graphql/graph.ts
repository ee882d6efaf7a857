/** The world as GraphQL objects, each made once. */
import type { World } from '../model/world.ts';

/**
 * Field names of a schema type, for objects that resolve some of its fields. A field is a value or a
 * function of its arguments; the names are checked against the schema, the values by its execution.
 */
export type Fields<T> = { readonly [K in keyof T]?: unknown } & { readonly __typename?: string };

export class Graph {
  readonly world: World;
  private readonly made = new WeakMap<object, object>();

  constructor(world: World) {
    this.world = world;
  }

  /** The GraphQL object that stands for a model object. */
  once<T extends object>(key: object, make: () => T): T {
    let value = this.made.get(key) as T | undefined;
    if (!value) {
      value = make();
      this.made.set(key, value);
    }
    return value;
  }
}

export const WEB = 'https://github.com';
