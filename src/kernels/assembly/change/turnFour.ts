import { PIECE } from './sumPieces';

/** Turns four columns of four rows into pieces of four lines, the first at `line`, each `next` bytes behind the one before. */
@inline
export function turnFour(a: v128, b: v128, c: v128, d: v128, line: usize, next: usize): void {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(line, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(line + next, v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(line + 2 * next, v128.shuffle<i64>(ef, gh, 0, 2));
  v128.store(line + 3 * next, v128.shuffle<i64>(ef, gh, 1, 3));
}

/** Turns four pieces, see sumPieces.ts, into as many lines as they have words. */
@inline
export function turnPieces(a: usize, b: usize, c: usize, d: usize, line: usize, next: usize): void {
  for (let o: usize = 0; o < 4 * PIECE; o += 16, line += 4 * next)
    turnFour(v128.load(a + o), v128.load(b + o), v128.load(c + o), v128.load(d + o), line, next);
}
