export * from './model.ts';
export { parseAction, parseWorkflow } from './parse.ts';
export * from './pins.ts';
export * from './reference/index.ts';
export { type ScriptLanguage, scriptLanguage } from './shells.ts';
export * from './truth/index.ts';
