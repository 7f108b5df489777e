import { describe, expect, it } from 'vitest';
import { stdpKernel } from '../../src/rules/stdpKernels.js';
import { casesOf } from './families.js';
import { agreement, expectClose, type GoldenTensor, goldenCase, goldenTensor } from './load.js';
import { exponential, hasDelay, kernel } from './peers/inferno.js';
import { at } from './series.js';

describe('Inferno KernelSTDP', () => {
  it.each(casesOf(kernel))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const rule = kernel.rule(golden);
    const delay = hasDelay(golden) ? goldenTensor(inputs.delay, [1, 0]) : undefined;
    let w = goldenTensor(inputs.weight, [1, 0]);
    let state = rule.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
    for (let time = 0; time < inputs.pre.shape[0]; time++) {
      const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
      [w, state] = rule.step({ pre, post, ...(delay !== undefined && { delay }) }, w, state);
      await expectClose(w, at(expected.weight, time), agreement, [1, 0]);
    }
  });
});

describe('Inferno exponential half kernels', () => {
  const { params, inputs, expected } = goldenCase('inferno_fn__exp_stdp_kernels');
  // NaN stands for a pair that never was; our rules never pass one to a kernel.
  const known = (series: GoldenTensor): GoldenTensor => {
    const data = series.data.filter((_, index) => inputs.diff.data[index] !== 'NaN');
    return { ...series, data, shape: [data.length] };
  };
  it.each(['post', 'pre'] as const)('%s', async (side) => {
    expect(known(expected[side]).data).not.toContain('NaN');
    await expectClose(stdpKernel(exponential(params), goldenTensor(known(inputs.diff)), side), known(expected[side]));
  });
});
