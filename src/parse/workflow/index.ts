export * from './model.ts';
export { parseAction, parseWorkflow } from './parse.ts';
