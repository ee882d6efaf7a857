/** GitHub's public GraphQL schema, built once per process and only when a query comes. */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';

let built: GraphQLSchema | undefined;

/** The schema; the text is read directly, as the package's own entry also parses megabytes of JSON. */
export function githubSchema(): GraphQLSchema {
  if (!built) {
    const manifest = findPackageJSON('@octokit/graphql-schema', import.meta.url) as string;
    const text = readFileSync(join(dirname(manifest), 'schema.graphql'), 'utf8');
    built = buildSchema(text, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  }
  return built;
}
