import type { ChangeTerms, TermAddresses } from '../../changeTerms.js';
import type { ChangeConstants, ChangeSizes, SparseTable, SparseWiring } from '../../constants.js';
import { floatsOf } from '../../module/kernelModule.js';
import type { RuleKernels } from '../../module/ruleKernels.js';
import { type ListedChange, listedBytes, listedChange } from './listedChange.js';
import { type Active, fewerOf } from './sparseLines.js';
import { addSparseSums } from './sparseSums.js';

/** A sparse layer of these synapses, with what changes them. */
export const sparseWiring = (table: SparseTable): SparseWiring => ({
  table,
  scratch: listedBytes,
  apply: (kernels, sizes, ...rest) => applySparse(kernels, sizes, table, ...rest),
});

/**
 * w' = changed(w, Δ₊, Δ₋) for a list of synapses, event-driven: by rows of inputs that are not 0, or by columns of such outputs, whichever
 * are fewer. Memory is visited here and there, so that vectors would gain nothing. The constants of the change are set.
 *
 * @param out      may be `w`, if its weights lie within the clamp already.
 * @param scratch  `listedBytes`.
 */
function applySparse(
  kernels: RuleKernels,
  sizes: ChangeSizes,
  table: SparseTable,
  { low, high }: ChangeConstants,
  { w, out }: { readonly w: number; readonly out: number },
  { plus, minus }: ChangeTerms,
  scratch: number,
): void {
  const floats = floatsOf(kernels);
  if (out !== w) kernels.clampAll(table.rows.synapse.length, w, out, low, high);
  const change = listedChange(kernels, w, out, scratch);
  const [first, second] = [plus[0], minus[0]];
  if (sizes.batch === 1 && plus.length === 1 && minus.length === 1 && first !== undefined && second !== undefined)
    addPair(floats, sizes, table, change, first, second);
  else addSparseSums(floats, sizes, table, change, { plus, minus });
  change.finish();
}

/** {@link applySparse} of one sample and one product a side, without sums: what both sides touch is done with the first. */
function addPair(
  floats: Float32Array,
  sizes: ChangeSizes,
  table: SparseTable,
  change: ListedChange,
  plus: TermAddresses,
  minus: TermAddresses,
): void {
  const [a, b, c, d] = [plus.pre >>> 2, plus.post >>> 2, minus.pre >>> 2, minus.post >>> 2];
  const up = fewerOf(floats, sizes, table, a, b);
  changeLines(floats, up, up.isRows ? c : d, up.isRows ? d : c, 'rise', change);
  const down = fewerOf(floats, sizes, table, c, d);
  changeLines(floats, down, down.isRows ? a : b, down.isRows ? b : a, 'fall', change);
}

/** Synapses that rise, and of those what falls as well; or those that only fall. `thatOwn` and `thatOther` are the other side's factors. */
function changeLines(
  floats: Float32Array,
  { lines: { start, neighbour, synapse }, own, other }: Active,
  thatOwn: number,
  thatOther: number,
  side: 'rise' | 'fall',
  { add }: ListedChange,
): void {
  for (let neuron = 0; neuron < start.length - 1; neuron++) {
    const [size, that] = [floats[own + neuron] ?? 0, floats[thatOwn + neuron] ?? 0];
    if (size === 0) continue;
    const end = start[neuron + 1] ?? 0;
    for (let place = start[neuron] ?? 0; place < end; place++) {
      const [at, there] = [synapse[place] ?? 0, neighbour[place] ?? 0];
      const product = Math.fround(size * (floats[other + there] ?? 0));
      if (product === 0) continue;
      const opposite = that === 0 ? 0 : Math.fround(that * (floats[thatOther + there] ?? 0));
      if (side === 'rise') add(at, product, opposite);
      else if (opposite === 0) add(at, 0, product);
    }
  }
}
