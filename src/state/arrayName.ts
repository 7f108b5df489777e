/** The longest name that is told in full; archives have room for 65535 bytes. */
const longest = 200;

/**
 * The name of an array in a file: the names on the way to it with dots between them, `trainer.cells.a.w`. Whatever else than letters, digits,
 * `_` and `-` a name has is written as its number, so that two ways never have one name, and none leads out of an archive.
 *
 * @param index  of the array, which tells long names apart.
 */
export function arrayName(path: readonly string[], index: number): string {
  const name = path.map(plain).join('.') || 'state';
  return name.length > longest ? `${Array.from(name).slice(0, longest).join('')}(#${index})` : name;
}

/** What files call what they tell beside arrays. */
export const metadataName = '__metadata__';

function plain(name: string): string {
  if (name === '') return '()';
  if (name === metadataName) return name.replace('_', coded);
  return name.replace(/[^\p{L}\p{N}_-]/gu, coded);
}

const coded = (character: string): string => `(${character.codePointAt(0)?.toString(16)})`;
