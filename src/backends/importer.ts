/** Loads a package by its name; given in tests. */
export type Importer = (name: string) => Promise<unknown>;

/** By an `import` that bundlers leave alone: what it loads need not be installed when they run, only when it is asked for. */
export const importPackage: Importer = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name);
