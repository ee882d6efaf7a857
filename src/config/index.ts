/** Options, selection and target: from words to a checked wish. */
export * from './environment.ts';
export * from './gates.ts';
export * from './named.ts';
export * from './nearest.ts';
export * from './options.ts';
export * from './outputs.ts';
export * from './parse.ts';
export * from './select.ts';
export * from './target.ts';
