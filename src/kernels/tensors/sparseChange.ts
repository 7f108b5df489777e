import type { ChangeConstants, ChangeSizes, SparseTable } from '../constants.js';
import type { Kernels } from '../module/binary.js';
import { heapOf } from '../module/kernelsOn.js';
import { scalarChange } from '../scalar/change/change.js';
import type { ChangeTerms, TermAddresses } from './changeTerms.js';
import { setChange } from './setChange.js';
import { type Active, fewerOf } from './sparseLines.js';
import { applySparseSums } from './sparseSums.js';

const constants = scalarChange();

/**
 * w' = changed(w, Δ₊, Δ₋) for a list of synapses, event-driven: by rows of inputs that are not 0, or by columns of such outputs, whichever
 * are fewer. Memory is visited here and there, so that vectors would gain nothing.
 *
 * @param out  may be `w`, if its weights lie within the clamp already.
 */
export function applySparse(
  kernels: Kernels,
  sizes: ChangeSizes,
  table: SparseTable,
  change: ChangeConstants,
  mean: boolean,
  { w, out }: { readonly w: number; readonly out: number },
  { plus, minus }: ChangeTerms,
): void {
  const { floats } = heapOf(kernels);
  setChange(constants, change, mean ? 1 / sizes.batch : 1);
  const [from, to] = [w >>> 2, out >>> 2];
  if (out !== w) copyWithin(floats, from, to, table.rows.synapse.length, change);
  const [first, second] = [plus[0], minus[0]];
  if (sizes.batch === 1 && plus.length === 1 && minus.length === 1 && first !== undefined && second !== undefined) {
    applyPair(floats, sizes, table, from, to, first, second);
    return;
  }
  applySparseSums(floats, sizes, table, constants, from, to, { plus, minus });
}

/** Weights held to the bounds. */
function copyWithin(floats: Float32Array, from: number, to: number, synapses: number, bounds: ChangeConstants): void {
  const [low, high] = [Math.fround(bounds.low), Math.fround(bounds.high)];
  for (let at = 0; at < synapses; at++) {
    const weight = floats[from + at] ?? 0;
    floats[to + at] = weight < low ? low : high < weight ? high : weight;
  }
}

/** {@link applySparse} of one sample and one product a side, without sums: what both sides touch is done with the first. */
function applyPair(
  floats: Float32Array,
  sizes: ChangeSizes,
  table: SparseTable,
  from: number,
  to: number,
  plus: TermAddresses,
  minus: TermAddresses,
): void {
  const [a, b, c, d] = [plus.pre >>> 2, plus.post >>> 2, minus.pre >>> 2, minus.post >>> 2];
  const up = fewerOf(floats, sizes, table, a, b);
  raiseLines(floats, up, up.isRows ? c : d, up.isRows ? d : c, from, to);
  const down = fewerOf(floats, sizes, table, c, d);
  lowerLines(floats, down, down.isRows ? a : b, down.isRows ? b : a, from, to);
}

/** Synapses that rise; those that fall as well do both. `minusOwn` and `minusOther` are the factors of what falls. */
function raiseLines(
  floats: Float32Array,
  { lines: { start, neighbour, synapse }, own, other }: Active,
  minusOwn: number,
  minusOther: number,
  from: number,
  to: number,
): void {
  const { changed, raised } = constants;
  for (let neuron = 0; neuron < start.length - 1; neuron++) {
    const [rising, falling] = [floats[own + neuron] ?? 0, floats[minusOwn + neuron] ?? 0];
    if (rising === 0) continue;
    const end = start[neuron + 1] ?? 0;
    for (let place = start[neuron] ?? 0; place < end; place++) {
      const [at, there] = [synapse[place] ?? 0, neighbour[place] ?? 0];
      const up = Math.fround(rising * (floats[other + there] ?? 0));
      if (up === 0) continue;
      const down = falling === 0 ? 0 : Math.fround(falling * (floats[minusOther + there] ?? 0));
      const weight = floats[from + at] ?? 0;
      floats[to + at] = down === 0 ? raised(weight, up) : changed(weight, up, down);
    }
  }
}

/** Synapses that fall and don't rise. */
function lowerLines(
  floats: Float32Array,
  { lines: { start, neighbour, synapse }, own, other }: Active,
  plusOwn: number,
  plusOther: number,
  from: number,
  to: number,
): void {
  const { lowered } = constants;
  for (let neuron = 0; neuron < start.length - 1; neuron++) {
    const [falling, rising] = [floats[own + neuron] ?? 0, floats[plusOwn + neuron] ?? 0];
    if (falling === 0) continue;
    const end = start[neuron + 1] ?? 0;
    for (let place = start[neuron] ?? 0; place < end; place++) {
      const [at, there] = [synapse[place] ?? 0, neighbour[place] ?? 0];
      const down = Math.fround(falling * (floats[other + there] ?? 0));
      if (down === 0 || (rising !== 0 && Math.fround(rising * (floats[plusOther + there] ?? 0)) !== 0)) continue;
      floats[to + at] = lowered(floats[from + at] ?? 0, down);
    }
  }
}
