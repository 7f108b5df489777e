import { describe, expect, it } from 'vitest';
import { kernelStdp } from '../../src/rules/kernelStdp.js';
import { stdpKernel } from '../../src/rules/stdpKernels.js';
import { expectClose, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { at } from './series.js';

const exponential = ({ learning_rate, time_constant }: { readonly learning_rate: number; readonly time_constant: number }) => ({
  kernel: 'exponential' as const,
  eta: learning_rate,
  tau: time_constant,
});

describe('Inferno KernelSTDP', () => {
  it.each(goldenCases('inferno_kernel__'))('%s', async (_, { params, inputs, expected }) => {
    const delay = inputs.delay === undefined || inputs.delay === null ? undefined : goldenTensor(inputs.delay, [1, 0]);
    const rule = kernelStdp({
      dt: params.dt,
      gate: 'always',
      kernelPost: exponential(params.kernel_post),
      kernelPre: exponential(params.kernel_pre),
      batchReduction: params.batch_reduction,
      delayed: Boolean(params.delayed),
      maxDelay: delay === undefined ? 0 : 3.2,
    });
    let w = goldenTensor(inputs.weight, [1, 0]);
    let state = rule.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
    for (let time = 0; time < inputs.pre.shape[0]; time++) {
      const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
      [w, state] = rule.step({ pre, post, ...(delay !== undefined && { delay }) }, w, state);
      await expectClose(w, at(expected.weight, time), 1e-5, [1, 0]);
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
