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
  turnFour(v128.load(a), v128.load(b), v128.load(c), v128.load(d), line, next);
  turnFour(v128.load(a, 16), v128.load(b, 16), v128.load(c, 16), v128.load(d, 16), line + 4 * next, next);
  turnFour(v128.load(a, 32), v128.load(b, 32), v128.load(c, 32), v128.load(d, 32), line + 8 * next, next);
  turnFour(v128.load(a, 48), v128.load(b, 48), v128.load(c, 48), v128.load(d, 48), line + 12 * next, next);
  turnFour(v128.load(a, 64), v128.load(b, 64), v128.load(c, 64), v128.load(d, 64), line + 16 * next, next);
  turnFour(v128.load(a, 80), v128.load(b, 80), v128.load(c, 80), v128.load(d, 80), line + 20 * next, next);
  turnFour(v128.load(a, 96), v128.load(b, 96), v128.load(c, 96), v128.load(d, 96), line + 24 * next, next);
}
