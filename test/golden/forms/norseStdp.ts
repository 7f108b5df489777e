import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { StdpState } from '../../../src/rules/pair/stdpState.js';
import { stdpStepConv2d, stdpStepLinear } from '../../../src/rules/pair/stdpStep.js';
import { expectClose, mended } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/norseStdp.js';
import { layerOrder, weightOrder } from '../loops/wiring.js';
import { unmetered } from '../meter.js';
import { conv, linear, paramsOf } from '../peers/norse.js';
import { at } from '../series.js';
import { convOptions, isConv } from '../topology.js';

const layer = (recorded: GoldenTensor): tf.Tensor => goldenTensor(recorded, layerOrder(recorded));

/** Traces before the first step: zeros where the case gives none. */
const initial = ({ inputs }: GoldenCase): StdpState => ({
  tPre: inputs.t_pre === undefined ? tf.zerosLike(layer(at(inputs.z_pre, 0))) : layer(inputs.t_pre),
  tPost: inputs.t_post === undefined ? tf.zerosLike(layer(at(inputs.z_post, 0))) : layer(inputs.t_post),
});

/** Whether a step is longer than two time constants: Norse's traces grow without end then, and the rule is refused. */
const explodes = ({ params }: GoldenCase): boolean =>
  [params.tau_pre_inv, params.tau_post_inv].some((inverse) => {
    const rates = typeof inverse === 'object' ? inverse.data.map(Number) : [inverse ?? 0];
    return Math.max(...rates) * params.dt > 2;
  });
const unread: Form['unread'] = (golden) =>
  explodes(golden) ? { inputs: 'the rule is refused for its time constants', expected: 'the same' } : {};

/** The rule and the step function of Norse's name, side by side; `compare` sees the traces after each step. */
async function follow(golden: GoldenCase, compare: (state: StdpState, time: number) => Promise<void>): Promise<void> {
  const { inputs, expected, params } = golden;
  const order = weightOrder(inputs.w);
  expect(isConv(golden)).toBe(Boolean(params.convolutional));
  if (explodes(golden)) {
    expect(() => (isConv(golden) ? conv.rule(golden) : linear.rule(golden))).toThrow(/tauP(re|ost) must be at least half of dt/);
    return;
  }
  // Norse has NaN for ever where a power meets a weight beyond its bound; here it is 0 there.
  const { asThePeer, right } = loops.weights(unmetered(golden));
  const wanted = mended(expected.w, asThePeer, right);
  const rule = isConv(golden) ? conv.rule(golden) : linear.rule(golden);
  const byName = isConv(golden) ? stdpStepConv2d : stdpStepLinear;
  let w = goldenTensor(inputs.w, order);
  let state = initial(golden);
  for (let time = 0; time < inputs.z_pre.shape[0]; time++) {
    const [pre, post] = [layer(at(inputs.z_pre, time)), layer(at(inputs.z_post, time))];
    const [stepped] = byName(pre, post, w, state, { ...paramsOf(golden), ...convOptions(golden) });
    [w, state] = rule.step({ pre, post }, w, state);
    await expectClose(stepped, at(wanted, time), undefined, order);
    await expectClose(w, at(wanted, time), undefined, order);
    await compare(state, time);
  }
}

export const forms: readonly Form[] = [
  {
    cases: linear.cases,
    check: (golden) =>
      follow(golden, async ({ tPre, tPost }, time) => {
        await expectClose(tPre, at(golden.expected.t_pre, time));
        await expectClose(tPost, at(golden.expected.t_post, time));
      }),
    loops: loops.linear,
    unread,
  },
  {
    cases: conv.cases,
    check: (golden) =>
      follow(golden, async ({ tPre, tPost }, time) => {
        if (time < golden.inputs.z_pre.shape[0] - 1) return; // the traces of the last step are recorded
        await expectClose(tPre, golden.expected.t_pre, undefined, layerOrder(golden.expected.t_pre));
        await expectClose(tPost, golden.expected.t_post, undefined, layerOrder(golden.expected.t_post));
      }),
    loops: loops.conv,
    unread,
  },
];
