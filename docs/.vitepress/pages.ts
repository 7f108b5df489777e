import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The texts of the repository that the site takes in as they are, by the name of their page; behind a `#` the one part of it. */
export const taken: Readonly<Record<string, string>> = {
  architecture: 'ARCHITECTURE.md',
  changelog: 'CHANGELOG.md',
  circuits: 'CIRCUITS.md',
  features: 'FEATURES.md',
  nir: 'NIR.md',
  porting: 'PORTING.md',
  speed: 'bench/RESULTS.md',
  sweeps: 'SWEEPS.md',
  validation: 'VALIDATION.md',
  which: 'README.md#Which one do I use?',
};

/** The text of one of them, with links that lead where they should from `docs/reference`. */
export const textOf = (page: string): string => {
  const [file, part] = (taken[page] ?? '').split('#');
  if (file === undefined || file === '') throw new Error(`docs: no page is called ${page}`);
  const text = readFileSync(join(root, file), 'utf8');
  return mended(part === undefined ? text : partOf(text, part), dirname(file));
};

/** What stands under a heading of the second rank, as a page of its own. */
function partOf(text: string, heading: string): string {
  const begin = text.indexOf(`\n## ${heading}\n`) + 1;
  if (begin === 0) throw new Error(`docs: no heading is ${heading}`);
  const end = text.indexOf('\n## ', begin);
  return text.slice(begin + 1, end === -1 ? undefined : end);
}

/**
 * A text whose links lead on in the site: to other pages of it, and to pictures where they lie. What isn't in the site, such as a
 * file of code, stays as its words alone.
 *
 * @param text    markdown.
 * @param folder  of the file, from the root of the repository.
 */
export function mended(text: string, folder: string): string {
  const pages = new Map(Object.entries(taken).map(([page, file]) => [file, page]));
  return text.replace(
    /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)/g,
    (_all, picture, words, path, hash = '') => {
      const target = normalize(join(folder, path));
      if (picture === '!') return `![${words}](${relative('docs/reference', target)})`;
      const page = pages.get(target);
      return page === undefined ? words : `[${words}](./${page}${hash})`;
    },
  );
}
