/** Dockerfiles: instructions, images and installs. */

export type { DockerfileInstalls } from './analyze.ts';
export { dockerfileInstalls } from './analyze.ts';
export type { BaseImages, ImageRecord, ImageTruth } from './images.ts';
export { baseImages } from './images.ts';
export { readDockerfile } from './reader.ts';
export type { RunScript, RunScripts } from './scripts.ts';
export { runScripts } from './scripts.ts';
export type * from './types.ts';
