/** Pairs of neighbouring letters. */
const pairsOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2).toLowerCase()));

/** The share of the pairs of letters that two words have in common, 0 … 1 (Dice's coefficient). */
function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  return (2 * [...a].filter((pair) => b.has(pair)).length) / Math.max(a.size + b.size, 1);
}

/**
 * The name that was most likely meant by a word that is none: the first of those most alike; undefined where none is much alike.
 *
 * @example
 * closest('pairStpd', ['mstdp', 'pairStdp']);   // => 'pairStdp'
 */
export const closest = (word: string, names: readonly string[]): string | undefined =>
  names.reduce<string | undefined>((best, name) => {
    const like = likeness(word, name);
    return like > 0.5 && (best === undefined || like > likeness(word, best)) ? name : best;
  }, undefined);

/** What may have been meant by a word that is no name: the end of a message. */
export function meant(word: string, names: readonly string[]): string {
  const near = closest(word, names);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
