import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { stdpKernel } from '../../../src/rules/lastSpike/stdpKernels.js';
import { expectClose } from '../compare.js';
import type { Form } from '../form.js';
import { replayedForm } from '../infernoReplay.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/infernoPairs.js';
import { delayAdjusted, exponential, kernel } from '../peers/inferno.js';

const ofDelays: readonly (readonly [string, typeof loops.kernelStdp])[] = [
  ['inferno_delayadjustedkernelstdp__', loops.adjustedKernels],
  ['inferno_delayadjustedkernelstdpd__', loops.adjustedKernelsDelay],
  ['inferno_delayadjustedstdp__', loops.adjustedPairs],
  ['inferno_delayadjustedstdpd__', loops.adjustedPairsDelay],
  ['inferno_delayadjustedmstdp__', loops.adjustedRewards],
  ['inferno_delayadjustedmstdpd__', loops.adjustedRewardsDelay],
];

const familyOf = (cases: string) => {
  const found = delayAdjusted.find((family) => family.cases === cases);
  if (found === undefined) throw new Error(`no rule is known for ${cases}`);
  return found;
};

/** Without the pairs that never were: NaN in the peer, and 0 once its rule adds them up. Our rules pass none to a kernel. */
async function halfKernels({ params, inputs, expected }: GoldenCase): Promise<void> {
  const known = (series: GoldenTensor): GoldenTensor => {
    const data = series.data.filter((_, index) => inputs.diff.data[index] !== 'NaN');
    return { ...series, data, shape: [data.length] };
  };
  for (const half of ['post', 'pre'] as const) {
    expect(expected[half].shape).toEqual(inputs.diff.shape);
    const never = (expected[half] as GoldenTensor).data.filter((_, index) => inputs.diff.data[index] === 'NaN');
    await expectClose(tf.fill([never.length], Number.NaN), { shape: [never.length], dtype: 'float64', data: never });
    await expectClose(stdpKernel(exponential(params), goldenTensor(known(inputs.diff)), half), known(expected[half]));
  }
}

export const forms: readonly Form[] = [
  replayedForm(kernel.cases, kernel, loops.kernelStdp),
  ...ofDelays.map(([cases, plain]) => replayedForm(cases, familyOf(cases), plain)),
  { cases: 'inferno_fn__exp_stdp_kernels', check: halfKernels, loops: loops.halfKernels },
];
