import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A path under which the package is imported.
 *
 * @property path          what follows `tfjs-stdp`: '' for the package itself, '/rules'.
 * @property file          its source, from `src`.
 * @property declarations  its types, from `dist`.
 */
export interface Entry {
  readonly path: string;
  readonly file: string;
  readonly declarations: string;
}

const { exports: declared } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  readonly exports: { readonly [path: string]: string | { readonly types: string } };
};

/** Every path of package.json that leads to code. */
export const entries: readonly Entry[] = Object.entries(declared).flatMap(([path, target]) => {
  if (typeof target === 'string') return [];
  const declarations = target.types.replace('./dist/', '');
  return [{ path: path.slice(1), declarations, file: declarations.replace('.d.ts', '.ts') }];
});

/** Those that a browser loads from the library itself: without Node's, the bundle, and the suite of laws, which is for tests. */
export const ofTheLibrary = entries.filter(({ path }) => !['/node', '/bundle', '/wasm', '/conformance'].includes(path));
