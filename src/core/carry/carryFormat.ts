/**
 * How a carry lies in bytes, each number in the order of the machine (little-endian wherever tfjs runs):
 *
 * | bytes | |
 * |---|---|
 * | 8 | `stdpckpt` |
 * | 4, 4 | version; length of the head |
 * | 8 | length of all, as float64 |
 * | … | the head: JSON of the tree, see {@link Node} |
 * | … | typed arrays, each at a multiple of 8 |
 * | 4 | CRC32 of all before |
 */
export const magic = 'stdpckpt';
export const version = 1;
export const headAt = 24;
export const checksumBytes = 4;

/** The next multiple of 8. */
export const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;

/**
 * A tree in the head. What JSON has stands for itself; a list begins with a word that says what it is, and an array says where among
 * the arrays it lies and how many entries it has.
 */
export type Node =
  | null
  | boolean
  | string
  | number
  | { readonly [name: string]: Node }
  | readonly ['undefined']
  | readonly ['number', string]
  | readonly ['bigint', string]
  | readonly ['list', readonly Node[]]
  | readonly ['numbers', number, number]
  | readonly ['array', string, number, number]
  | readonly ['tensor', string, readonly number[], number, number];
