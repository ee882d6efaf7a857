export * from './model.ts';
export { parseAction, parseWorkflow } from './parse.ts';
export * from './reference/index.ts';
