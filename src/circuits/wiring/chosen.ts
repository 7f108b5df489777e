/**
 * Different integers below `all`, ascending, each choice of so many equally likely.
 *
 * Source: Floyd's algorithm, in Bentley 1987, "Programming pearls: a sample of brilliance".
 *
 * @param word  gives random 32-bit words.
 */
export function chosen(count: number, all: number, word: () => number): readonly number[] {
  const found = new Set<number>();
  for (let last = all - count; last < all; last++) {
    const drawn = Math.floor((word() * (last + 1)) / 2 ** 32);
    found.add(found.has(drawn) ? last : drawn);
  }
  return [...found].sort((a, b) => a - b);
}
