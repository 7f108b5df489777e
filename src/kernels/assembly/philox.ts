// Philox4x32-10 on four counters at once, a counter in each lane: the words of core/random.ts.

/** What the latest {@link philox} gave: the first to fourth word of its four blocks. */
export let word0: v128 = i32x4.splat(0);
export let word1: v128 = i32x4.splat(0);
export let word2: v128 = i32x4.splat(0);
export let word3: v128 = i32x4.splat(0);

/** Ten rounds on the blocks of a stream (a lane each) whose counters begin with `index` and `second`. */
@inline
export function philox(index: v128, second: v128, streamLow: u32, streamHigh: u32, keyLow: u32, keyHigh: u32): void {
  const m = i32x4.splat(0xd2511f53);
  const n = i32x4.splat(0xcd9e8d57);
  let a = index;
  let b = second;
  let c = i32x4.splat(streamLow);
  let d = i32x4.splat(streamHigh);
  for (let round = 0; round < 10; round++) {
    const p = i64x2.extmul_low_i32x4_u(m, a);
    const q = i64x2.extmul_high_i32x4_u(m, a);
    const r = i64x2.extmul_low_i32x4_u(n, c);
    const s = i64x2.extmul_high_i32x4_u(n, c);
    a = v128.xor(v128.xor(v128.shuffle<u32>(r, s, 1, 3, 5, 7), b), i32x4.splat(keyLow));
    b = v128.shuffle<u32>(r, s, 0, 2, 4, 6);
    c = v128.xor(v128.xor(v128.shuffle<u32>(p, q, 1, 3, 5, 7), d), i32x4.splat(keyHigh));
    d = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
    keyLow += 0x9e3779b9;
    keyHigh += 0xbb67ae85;
  }
  word0 = a;
  word1 = b;
  word2 = c;
  word3 = d;
}
