// Marks of places in a row, a bit each, in words of 64.

/** Marks `length` places from `first` on. */
@inline
export function markRun(row: usize, first: i32, length: i32): void {
  while (length > 0) {
    const bit = first & 63;
    const here = min(length, 64 - bit);
    const word = row + ((<usize>(first >> 6)) << 3);
    store<u64>(word, load<u64>(word) | ((~(<u64>0) >> (64 - here)) << bit));
    first += here;
    length -= here;
  }
}

/** Which of the next 64 bytes aren't 0, as bits. */
@inline
export function marksOf64(p: usize, left: i32): u64 {
  const none = i8x16.splat(0);
  let mask: u64 = <u64>i8x16.bitmask(i8x16.ne(v128.load(p), none));
  if (left > 16) mask |= (<u64>i8x16.bitmask(i8x16.ne(v128.load(p, 16), none))) << 16;
  if (left > 32) mask |= (<u64>i8x16.bitmask(i8x16.ne(v128.load(p, 32), none))) << 32;
  if (left > 48) mask |= (<u64>i8x16.bitmask(i8x16.ne(v128.load(p, 48), none))) << 48;
  return left < 64 ? mask & (((<u64>1) << left) - 1) : mask;
}

/** Bytes of ones where a neuron spikes, zeros elsewhere and in a border of so many bytes before and behind. */
export function markSpikes(count: i32, times: usize, steps: i32, marks: usize, border: i32): void {
  const never = i8x16.splat(<i8>steps);
  memory.fill(marks, 0, border);
  const to = marks + <usize>border;
  for (let i: usize = 0; i < <usize>count; i += 16) v128.store(to + i, i8x16.lt_u(v128.load(times + i), never));
  memory.fill(to + <usize>count, 0, border + 64);
}
