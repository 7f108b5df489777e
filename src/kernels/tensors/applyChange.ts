import type * as tf from '@tensorflow/tfjs-core';
import type { TermAddresses } from '../changeTerms.js';
import type { ChangeConstants, ChangeSizes } from '../constants.js';
import type { ChangeTensors, TermTensors } from './backendKernels.js';
import { isBounded, noteBounded } from './bounded.js';
import { applyTerms, changeScratch } from './change.js';
import type { TensorMemory } from './tensorMemory.js';

/** New weights under a change whose terms fit `sizes`: w' = changed(w, Σ plus, Σ minus). All tensors are float32. */
export function applyChange(
  memory: TensorMemory,
  w: tf.Tensor,
  terms: ChangeTensors,
  sizes: ChangeSizes,
  constants: ChangeConstants,
  mean: boolean,
): tf.Tensor {
  const { plus, minus } = terms;
  const factors = [...plus, ...minus].flatMap(({ pre, post }) => [pre, post]);
  const tensors = [...factors.filter((factor) => factor !== 1)];
  const longest = Math.max(sizes.rows, sizes.columns);
  const bytes = changeScratch(memory.kernels, sizes, plus.length, minus.length) + 4 * longest + 32;
  const [result] = memory.create([w, ...tensors], [w.shape], bytes, (kernels, [from, ...addresses], [out], scratch) => {
    const inputs = [...addresses];
    if (factors.includes(1)) kernels.fill(longest, scratch, 1);
    const rest = Math.ceil((scratch + 4 * longest) / 16) * 16;
    const next = (factor: tf.Tensor | 1) => (factor === 1 ? scratch : (inputs.shift() ?? 0));
    const address = ({ pre, post }: TermTensors): TermAddresses => ({
      pre: next(pre),
      post: next(post),
      samePre: pre === 1,
      samePost: post === 1,
    });
    const at = { w: from, bounded: isBounded(w, constants), out };
    applyTerms(kernels, sizes, constants, mean, at, { plus: plus.map(address), minus: minus.map(address) }, rest);
  });
  noteBounded(result, constants);
  return result;
}
