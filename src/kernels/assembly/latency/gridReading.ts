import { at } from '../lanes';
import { columns, filledMaps, maps, rows } from './field';

// What the read-out sees of the last layer on a grid of cells over the image, per map. Cells are equal; the last ones may reach
// over the edge.

/** Words of scratch that the readings take. */
export function readingWords(grid: i32): i32 {
  return grid * grid * filledMaps();
}

/** Neurons along the side of a cell. */
@inline
function reach(size: i32, grid: i32): i32 {
  return (size + grid - 1) / grid;
}

/** Where the cells of a row begin. */
@inline
function cellsOf(row: i32, grid: i32, cells: usize): usize {
  return at(cells, (row / reach(rows(), grid)) * grid * filledMaps());
}

/** Leaves out the filling. */
function compact(cells: usize, grid: i32, out: usize): void {
  for (let i = 0; i < grid * grid; i++) memory.copy(at(out, i * maps), at(cells, i * filledMaps()), at(0, maps));
}

/** The highest final potential in each cell: potentials [rows, columns, filled maps] → out [grid, grid, maps]. */
export function readPotentials(potentials: usize, grid: i32, out: usize, scratch: usize): void {
  readCells(false, potentials, 0, grid, out, scratch);
}

/** Σ max(0, potential − share · highest potential of any map at the position), likewise. */
export function readContrast(potentials: usize, share: f32, grid: i32, out: usize, scratch: usize): void {
  readCells(true, potentials, share, grid, out, scratch);
}

@inline
function readCells(contrast: bool, potentials: usize, share: f32, grid: i32, out: usize, scratch: usize): void {
  const filled = at(0, filledMaps());
  const width = reach(columns(), grid);
  memory.fill(scratch, 0, at(0, readingWords(grid)));
  for (let row = 0; row < rows(); row++) {
    let cell = cellsOf(row, grid, scratch);
    for (let left = 0; left < columns(); left += width) {
      for (let column = left; column < min(left + width, columns()); column++) {
        if (contrast) addContrast(cell, potentials, filled, share);
        else keepHighest(cell, potentials, filled);
        potentials += filled;
      }
      cell += filled;
    }
  }
  compact(scratch, grid, out);
}

@inline
function keepHighest(cell: usize, potentials: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 16) v128.store(cell + o, f32x4.pmax(v128.load(cell + o), v128.load(potentials + o)));
}

@inline
function addContrast(sums: usize, potentials: usize, bytes: usize, share: f32): void {
  const highest = highestOf(potentials, bytes);
  if (!(highest > 0)) return;
  const level = f32x4.splat(highest * share);
  const none = f32x4.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const above = f32x4.pmax(f32x4.sub(v128.load(potentials + o), level), none);
    v128.store(sums + o, f32x4.add(v128.load(sums + o), above));
  }
}

@inline
function highestOf(potentials: usize, bytes: usize): f32 {
  let lanes = v128.load(potentials);
  for (let o: usize = 16; o < bytes; o += 16) lanes = f32x4.pmax(lanes, v128.load(potentials + o));
  const low = max(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1));
  return max(low, max(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)));
}

/** Σ (steps − t)/steps over the neurons of each cell that fired at step t: times [rows, columns, maps] → out [grid, grid, maps]. */
export function readSpikes(times: usize, steps: i32, grid: i32, out: usize, scratch: usize): void {
  const width = reach(columns(), grid);
  memory.fill(scratch, 0, at(0, readingWords(grid)));
  for (let row = 0; row < rows(); row++) {
    let cell = cellsOf(row, grid, scratch);
    for (let left = 0; left < columns(); left += width) {
      const length = min(width, columns() - left);
      for (let map = 0; map < maps; map += 16) addEarliness(times + <usize>map, length, steps, at(cell, map));
      times += <usize>(length * maps);
      cell = at(cell, filledMaps());
    }
  }
  for (let i = 0; i < readingWords(grid); i++) store<f32>(at(scratch, i), <f32>load<i32>(at(scratch, i)) / <f32>steps);
  compact(scratch, grid, out);
}

/** sums += Σ steps − time over some positions, for 16 maps. */
@inline
function addEarliness(times: usize, length: i32, steps: i32, sums: usize): void {
  const most = i8x16.splat(<i8>steps);
  let a = v128.load(sums);
  let b = v128.load(sums, 16);
  let c = v128.load(sums, 32);
  let d = v128.load(sums, 48);
  for (let i = 0; i < length; i++) {
    const early = i8x16.sub(most, v128.load(times));
    const low = i16x8.extend_low_i8x16_u(early);
    const high = i16x8.extend_high_i8x16_u(early);
    a = i32x4.add(a, i32x4.extend_low_i16x8_u(low));
    b = i32x4.add(b, i32x4.extend_high_i16x8_u(low));
    c = i32x4.add(c, i32x4.extend_low_i16x8_u(high));
    d = i32x4.add(d, i32x4.extend_high_i16x8_u(high));
    times += maps;
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
}
