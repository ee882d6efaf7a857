/** The one door of the contract. */

export * from './annotations.ts';
export * from './cases.ts';
export * from './check.ts';
export * from './clock.ts';
export * from './doors.ts';
export * from './errors.ts';
export * from './evidence.ts';
export * from './example.ts';
export * from './facts.ts';
export * from './finding.ts';
export * from './fingerprint.ts';
export * from './paths.ts';
export * from './plugin.ts';
export * from './ports.ts';
export * from './probe.ts';
export * from './remedy.ts';
export * from './repository.ts';
export * from './result.ts';
export * from './score-text.ts';
