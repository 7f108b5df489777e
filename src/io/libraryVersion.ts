import { readFileSync } from 'node:fs';

/** The version of this library, as its package tells it. */
export const libraryVersion: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;
