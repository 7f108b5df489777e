import { quotient, reciprocal } from '../change/buckets';
import { at } from '../lanes';
import { chooseWinners } from './chooseWinners';
import { channels, filledMaps, gridColumns, gridRows, height, pad, shift, side, width } from './field';
import { markRun } from './marks';
import { orderWords, sortSpikes } from './spikeOrder';

// The neurons that win an image. Potentials rise step by step; at each position the map that is highest when the first of them
// crosses the threshold is a candidate. All maps of a position lie side by side, and so do the weights of a tap, so that a spike
// adds whole runs.

/** Words of a candidate and of a winner: map, row, column, and the potential or the time. */
export const PLACE: i32 = 4;

/** Words of scratch that {@link findWinners} takes. */
export function findWinnersWords(steps: i32): i32 {
  const positions = gridRows() * gridColumns();
  const marks = gridRows() * marksAcross();
  return positions * (filledMaps() + PLACE) + 4 * marks + orderWords(height * width * channels, steps) + 8;
}

@inline
function marksAcross(): i32 {
  return (gridColumns() + 63) >> 6;
}

/**
 * Finds the winners: in order of time, then potential, then map, row, column, until there are `wanted`. A winner silences its
 * map, and within `radius` of it all maps.
 *
 * @param times    of the input, a byte each, `steps` for never; up to 15 bytes behind them are read.
 * @param weights  [channels, side, side, filled maps], taps from the far corner to the near one.
 * @param bases    [filled maps]: potentials to begin with; 0 for none.
 * @param winners  receives them, four words each.
 * @returns how many there are.
 */
export function findWinners(
  times: usize,
  steps: i32,
  weights: usize,
  bases: usize,
  threshold: f32,
  wanted: i32,
  radius: i32,
  winners: usize,
  scratch: usize,
): i32 {
  const filled = filledMaps();
  const positions = gridRows() * gridColumns();
  const across = marksAcross();
  const marks = gridRows() * across;
  const potentials = scratch;
  const candidates = at(potentials, positions * filled);
  const touched = at(candidates, positions * PLACE);
  const open = at(touched, 2 * marks);
  const order = at(open, 2 * marks);
  if (bases === 0) memory.fill(potentials, 0, at(0, positions * filled));
  else
    for (let position = 0; position < positions; position++) memory.copy(at(potentials, position * filled), bases, at(0, filled));
  openOutputs(open, across);
  sortSpikes(height * width * channels, times, steps, order);
  let found = 0;
  for (let t = 0; t < steps && found < wanted; t++) {
    const first = <usize>load<u32>(at(order, t));
    const end = <usize>load<u32>(at(order, t + 1));
    if (first === end) continue;
    memory.fill(touched, 0, at(0, 2 * marks));
    for (let p = first; p < end; p += 4) addSpike(load<i32>(p), potentials, weights, touched, across);
    const last = listCandidates(potentials, threshold, touched, open, across, candidates);
    found = chooseWinners(candidates, last, wanted, radius, t, winners, found);
  }
  return found;
}

/** Marks the positions of the grid that are outputs. */
function openOutputs(open: usize, across: i32): void {
  memory.fill(open, 0, at(0, 2 * gridRows() * across));
  const firstRow = max(0, shift());
  const firstColumn = max(0, shift());
  const length = min(gridColumns(), width + pad) - firstColumn;
  for (let y = firstRow; y < min(gridRows(), height + pad); y++) markRun(at(open, 2 * y * across), firstColumn, length);
}

/** Adds the weights of one input to the potentials of all positions that see it. */
@inline
function addSpike(place: i32, potentials: usize, weights: usize, touched: usize, across: i32): void {
  const pixel = quotient(place, reciprocal(channels));
  const y = quotient(pixel, reciprocal(width));
  const x = pixel - y * width;
  const run = at(0, side * filledMaps());
  const line = at(0, gridColumns() * filledMaps());
  let from = weights + <usize>((place - pixel * channels) * side) * run;
  let to = at(potentials, (y * gridColumns() + x) * filledMaps());
  for (let r = 0; r < side; r++) {
    addRun(to, from, run);
    markRun(at(touched, 2 * (y + r) * across), x, side);
    from += run;
    to += line;
  }
}

/** sums += values; both whole blocks. */
@inline
function addRun(sums: usize, values: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 64) {
    const a = f32x4.add(v128.load(sums + o), v128.load(values + o));
    const b = f32x4.add(v128.load(sums + o, 16), v128.load(values + o, 16));
    const c = f32x4.add(v128.load(sums + o, 32), v128.load(values + o, 32));
    const d = f32x4.add(v128.load(sums + o, 48), v128.load(values + o, 48));
    v128.store(sums + o, a);
    v128.store(sums + o, b, 16);
    v128.store(sums + o, c, 32);
    v128.store(sums + o, d, 48);
  }
}

/** Lists, row by row, the positions that were touched and cross the threshold for the first time. */
@inline
function listCandidates(potentials: usize, threshold: f32, touched: usize, open: usize, across: i32, candidates: usize): usize {
  const bytes = at(0, filledMaps());
  let next = candidates;
  for (let y = 0; y < gridRows(); y++) {
    for (let word = 0; word < across; word++) {
      const at8 = (<usize>(y * across + word)) << 3;
      for (let mask = load<u64>(touched + at8) & load<u64>(open + at8); mask; mask &= mask - 1) {
        const x = word * 64 + <i32>ctz(mask);
        const place = at(potentials, (y * gridColumns() + x) * filledMaps());
        if (!anyAbove(place, bytes, threshold)) continue;
        store<u64>(open + at8, load<u64>(open + at8) & ~(mask & -mask));
        next = addCandidate(place, bytes, y - shift(), x - shift(), next);
      }
    }
  }
  return next;
}

@inline
function anyAbove(potentials: usize, bytes: usize, threshold: f32): bool {
  const level = f32x4.splat(threshold);
  let above = f32x4.splat(0);
  for (let o: usize = 0; o < bytes; o += 64) {
    const ab = v128.or(f32x4.gt(v128.load(potentials + o), level), f32x4.gt(v128.load(potentials + o, 16), level));
    const cd = v128.or(f32x4.gt(v128.load(potentials + o, 32), level), f32x4.gt(v128.load(potentials + o, 48), level));
    above = v128.or(above, v128.or(ab, cd));
  }
  return v128.any_true(above);
}

/** The first of the highest maps. */
function addCandidate(potentials: usize, bytes: usize, row: i32, column: i32, candidate: usize): usize {
  let best: f32 = 0;
  let map = 0;
  for (let o: usize = 0; o < bytes; o += 4) {
    const potential = load<f32>(potentials + o);
    if (potential > best) {
      best = potential;
      map = <i32>(o >> 2);
    }
  }
  store<i32>(candidate, map);
  store<i32>(candidate, row, 4);
  store<i32>(candidate, column, 8);
  store<f32>(candidate, best, 12);
  return at(candidate, PLACE);
}
