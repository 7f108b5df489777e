import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const docs = resolve(import.meta.dirname, '../../../docs');

/** A page that is written by hand: its path from `docs`, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const folders = ['.', 'tutorials', 'how-to', 'rules'];

/** The pages of the site but those that its build writes from the code and takes in from the repository. */
export const pages: readonly Page[] = folders.flatMap((folder) =>
  readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md') && !name.startsWith('['))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(join(docs, path), 'utf8') })),
);
