import type { ChangeTerms, TermAddresses } from '../../changeTerms.js';
import type { ChangeSizes, SparseTable } from '../../constants.js';
import type { ListedChange } from './listedChange.js';
import { fewerOf } from './sparseLines.js';

/** Gives a change Δ± = Σ over terms and samples of pre ⊗ post at each synapse where that isn't 0. */
export function addSparseSums(
  floats: Float32Array,
  sizes: ChangeSizes,
  table: SparseTable,
  change: ListedChange,
  { plus, minus }: ChangeTerms,
): void {
  const sums = sumsOf(table);
  for (const term of plus) addTerm(floats, sizes, table, term, sums, sums.plus);
  for (const term of minus) addTerm(floats, sizes, table, term, sums, sums.minus);
  settle(sums, change);
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

function settle(sums: Sums, { add }: ListedChange): void {
  const { plus, minus, isTouched, touched, count } = sums;
  for (let index = 0; index < count; index++) {
    const synapse = touched[index] ?? 0;
    add(synapse, plus[synapse] ?? 0, minus[synapse] ?? 0);
    plus[synapse] = 0;
    minus[synapse] = 0;
    isTouched[synapse] = 0;
  }
  sums.count = 0;
}
