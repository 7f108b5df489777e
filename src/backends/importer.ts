/** Loads a package by its name; given in tests. */
export type Importer = (name: string) => Promise<unknown>;

/** By an `import` that bundlers don't resolve: what it loads need not be installed. */
export const importPackage: Importer = (name) => import(/* @vite-ignore */ name);
