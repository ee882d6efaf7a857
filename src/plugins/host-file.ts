import { fileURLToPath } from 'node:url';

/** The file a plugin's thread runs. Builds put their own in its place (dev/build.ts). */
export const hostFile = (): string => fileURLToPath(new URL('./host.ts', import.meta.url));
