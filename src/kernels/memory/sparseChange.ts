import { heapOf } from '../kernelsOn.js';
import type { ChangeLaw, ChangeSizes, SparseLines, SparseTable } from '../laws.js';
import { scalarLaw } from '../scalar/law.js';
import type { Kernels } from '../wasm/binary.js';
import type { ChangeTerms, TermAddresses } from './changeTerms.js';
import { setLaw } from './setLaw.js';

const law = scalarLaw();

/**
 * w' = law(w, Δ₊, Δ₋) for a list of synapses, event-driven: by rows of inputs that are not 0, or by columns of such outputs, whichever
 * are fewer. Memory is visited here and there, so that vectors would gain nothing.
 *
 * @param out  may be `w`, if its weights lie within the clamp already.
 */
export function applySparse(
  kernels: Kernels,
  sizes: ChangeSizes,
  table: SparseTable,
  change: ChangeLaw,
  mean: boolean,
  { w, out }: { readonly w: number; readonly out: number },
  { plus, minus }: ChangeTerms,
): void {
  const { floats } = heapOf(kernels);
  setLaw(law, change, mean ? 1 / sizes.batch : 1);
  const [from, to] = [w >>> 2, out >>> 2];
  const synapses = table.rows.synapse.length;
  if (out !== w) for (let at = 0; at < synapses; at++) floats[to + at] = law.bounded(floats[from + at] ?? 0);
  const [first, second] = [plus[0], minus[0]];
  if (sizes.batch === 1 && plus.length === 1 && minus.length === 1 && first !== undefined && second !== undefined) {
    applyPair(floats, sizes, table, from, to, first, second);
    return;
  }
  const sums = sumsOf(table);
  for (const term of plus) addTerm(floats, sizes, table, term, sums, sums.plus);
  for (const term of minus) addTerm(floats, sizes, table, term, sums, sums.minus);
  settle(floats, from, to, sums);
}

/** The lines of the layer in which fewer synapses belong to neurons that are not 0, and where its activity lies. */
interface Active {
  readonly lines: SparseLines;
  readonly isRows: boolean;
  readonly own: number;
  readonly other: number;
}

function fewerOf(
  floats: Float32Array,
  { inputs, outputs }: ChangeSizes,
  { rows, columns }: SparseTable,
  pre: number,
  post: number,
): Active {
  const isRows = activeIn(floats, pre, inputs) * outputs <= activeIn(floats, post, outputs) * inputs;
  return isRows ? { lines: rows, isRows, own: pre, other: post } : { lines: columns, isRows, own: post, other: pre };
}

function activeIn(floats: Float32Array, from: number, size: number): number {
  let count = 0;
  for (let at = from; at < from + size; at++) if (floats[at] !== 0) count++;
  return count;
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
  const { changed, raised } = law;
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
  const { lowered } = law;
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

/** The sums of both sides, and which synapses they are not 0 of. */
interface Sums {
  readonly plus: Float32Array;
  readonly minus: Float32Array;
  readonly isTouched: Uint8Array;
  readonly touched: Int32Array;
  count: number;
}

/** All 0 between two changes, so that none takes longer than the synapses that it touches. */
const known = new WeakMap<SparseTable, Sums>();

function sumsOf(table: SparseTable): Sums {
  const synapses = table.rows.synapse.length;
  const sums = known.get(table) ?? {
    plus: new Float32Array(synapses),
    minus: new Float32Array(synapses),
    isTouched: new Uint8Array(synapses),
    touched: new Int32Array(synapses),
    count: 0,
  };
  known.set(table, sums);
  return sums;
}

/** Adds Σ over samples of pre ⊗ post. */
function addTerm(
  floats: Float32Array,
  sizes: ChangeSizes,
  table: SparseTable,
  { pre, post, samePre, samePost }: TermAddresses,
  sums: Sums,
  side: Float32Array,
): void {
  for (let sample = 0; sample < sizes.batch; sample++) {
    const a = (pre >>> 2) + (samePre ? 0 : sample * sizes.inputs);
    const b = (post >>> 2) + (samePost ? 0 : sample * sizes.outputs);
    const { lines, own, other } = fewerOf(floats, sizes, table, a, b);
    const { start, neighbour, synapse } = lines;
    for (let neuron = 0; neuron < start.length - 1; neuron++) {
      const size = floats[own + neuron] ?? 0;
      if (size === 0) continue;
      const end = start[neuron + 1] ?? 0;
      for (let place = start[neuron] ?? 0; place < end; place++) {
        const product = Math.fround(size * (floats[other + (neighbour[place] ?? 0)] ?? 0));
        if (product !== 0) add(synapse[place] ?? 0, product, sums, side);
      }
    }
  }
}

function add(synapse: number, product: number, sums: Sums, side: Float32Array): void {
  side[synapse] = (side[synapse] ?? 0) + product;
  if (sums.isTouched[synapse] === 1) return;
  sums.isTouched[synapse] = 1;
  sums.touched[sums.count++] = synapse;
}

function settle(floats: Float32Array, from: number, to: number, sums: Sums): void {
  const { plus, minus, isTouched, touched, count } = sums;
  const { changed, raised, lowered } = law;
  for (let index = 0; index < count; index++) {
    const synapse = touched[index] ?? 0;
    const [weight, up, down] = [floats[from + synapse] ?? 0, plus[synapse] ?? 0, minus[synapse] ?? 0];
    floats[to + synapse] = down === 0 ? raised(weight, up) : up === 0 ? lowered(weight, down) : changed(weight, up, down);
    plus[synapse] = 0;
    minus[synapse] = 0;
    isTouched[synapse] = 0;
  }
  sums.count = 0;
}
