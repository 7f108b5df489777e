import { describe, it } from 'vitest';
import { delayAdjustedKernelStdp } from '../../src/rules/delayAdjustedKernelStdp.js';
import { delayAdjustedKernelStdpDelay } from '../../src/rules/delayAdjustedKernelStdpDelay.js';
import { delayAdjustedMstdp } from '../../src/rules/delayAdjustedMstdp.js';
import { delayAdjustedMstdpDelay } from '../../src/rules/delayAdjustedMstdpDelay.js';
import { delayAdjustedStdp } from '../../src/rules/delayAdjustedStdp.js';
import { delayAdjustedStdpDelay } from '../../src/rules/delayAdjustedStdpDelay.js';
import type { Rule } from '../../src/rules/rule.js';
import type { SpikeAgesState } from '../../src/rules/spikePairs.js';
import { expectClose, type GoldenCase, goldenCases, goldenTensor } from './load.js';
import { at } from './series.js';

const kernel = ({ learning_rate, time_constant }: { readonly learning_rate: number; readonly time_constant: number }) => ({
  kernel: 'exponential' as const,
  eta: learning_rate,
  tau: time_constant,
});

const common = ({ params }: GoldenCase) => ({ dt: params.dt, gate: 'always' as const, batchReduction: params.batch_reduction });
const kernels = (golden: GoldenCase) => ({
  ...common(golden),
  kernelPost: kernel(golden.params.kernel_post),
  kernelPre: kernel(golden.params.kernel_pre),
});
const rates = (golden: GoldenCase) => ({
  ...common(golden),
  etaPlus: golden.params.lr_pos,
  etaMinus: -golden.params.lr_neg,
  tauPlus: golden.params.tc_pos,
  tauMinus: golden.params.tc_neg,
});
const maxDelay = ({ params }: GoldenCase) => ({ maxDelay: params.max_delay });
const scale = ({ params }: GoldenCase) => ({ scale: params.scale });

const families: readonly (readonly [string, (golden: GoldenCase) => Rule<SpikeAgesState>])[] = [
  ['inferno_delayadjustedkernelstdp__', (golden) => delayAdjustedKernelStdp(kernels(golden))],
  ['inferno_delayadjustedkernelstdpd__', (golden) => delayAdjustedKernelStdpDelay({ ...kernels(golden), ...maxDelay(golden) })],
  ['inferno_delayadjustedstdp__', (golden) => delayAdjustedStdp(rates(golden))],
  ['inferno_delayadjustedstdpd__', (golden) => delayAdjustedStdpDelay({ ...rates(golden), ...maxDelay(golden) })],
  ['inferno_delayadjustedmstdp__', (golden) => delayAdjustedMstdp({ ...rates(golden), ...scale(golden) })],
  [
    'inferno_delayadjustedmstdpd__',
    (golden) => delayAdjustedMstdpDelay({ ...rates(golden), ...scale(golden), ...maxDelay(golden) }),
  ],
];

describe.each(families)('%s', (prefix, rule) => {
  it.each(goldenCases(prefix))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const learns = expected.delay === undefined ? 'weight' : 'delay';
    const stepper = rule(golden);
    const delay = goldenTensor(inputs.delay, [1, 0]);
    let w = goldenTensor(inputs[learns], [1, 0]);
    let state = stepper.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
    for (let time = 0; time < inputs.pre.shape[0]; time++) {
      const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
      const reward = inputs.signal === undefined ? undefined : goldenTensor(at(inputs.signal, time));
      const input = { pre, post, ...(learns === 'weight' && { delay }), ...(reward !== undefined && { reward }) };
      [w, state] = stepper.step(input, w, state);
      await expectClose(w, at(expected[learns], time), 1e-5, [1, 0]);
    }
  });
});
