/** The spine: plan, gather, evaluate. Knows no concrete unit. */
export * from './evaluate.ts';
export * from './gather.ts';
export * from './improvements.ts';
export * from './mend.ts';
export * from './plan.ts';
export * from './scan.ts';
