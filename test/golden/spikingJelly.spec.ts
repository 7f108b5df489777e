import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../../src/papers/spikingJelly.js';
import { initStdpState } from '../../src/rules/pairStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import type { StdpState } from '../../src/rules/stdpState.js';
import type { Delta } from '../../src/updates/delta.js';
import { perSample } from '../../src/updates/perSample.js';
import { casesOf } from './families.js';
import { agreement, expectClose, type GoldenCase, goldenTensor } from './load.js';
import { mstdp, mstdpet, settings, stdp, topology } from './peers/spikingJelly.js';
import { at } from './series.js';

const steps = [
  { ...stdp, step: spikingJellyStdp },
  { ...mstdp, step: spikingJellyMstdp },
  { ...mstdpet, step: spikingJellyMstdpet },
] as const;

const isConv = ({ inputs }: GoldenCase) => inputs.weight.shape.length === 4;

/** What the pair rule asks for, times the functions of the weight: [batch, …w], summed over the batch where the peer does. */
function byRule(
  rule: Rule<StdpState>,
  spikes: readonly [tf.Tensor, tf.Tensor],
  w: tf.Tensor,
  state: StdpState,
  golden: GoldenCase,
) {
  const [delta] = rule.delta({ pre: spikes[0], post: spikes[1] }, w, state);
  const side = (name: keyof Delta) => tf.addN(delta[name].map((term) => perSample(term, rule.topology, w.shape)));
  const { fPre, fPost } = settings(golden);
  return tf.sub(tf.mul(side('potentiation'), fPost(w)), tf.mul(side('depression'), fPre(w)));
}

describe.each(steps)('SpikingJelly $cases', ({ step, ...family }) => {
  it.each(casesOf(family))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const conv = isConv(golden);
    const w = goldenTensor(inputs.weight, conv ? [2, 3, 1, 0] : [1, 0]);
    const layer = conv ? [0, 2, 3, 1] : undefined;
    const spikesAt = (time: number) =>
      [goldenTensor(at(inputs.in_spike, time), layer), goldenTensor(at(inputs.out_spike, time), layer)] as const;
    const wanted = conv ? expected.delta_w : expected.out;
    const perSampleOrder = wanted.shape.length - 1 > w.rank;
    const order = conv ? [2, 3, 1, 0] : perSampleOrder ? [0, 2, 1] : [1, 0];
    const [pre, post] = spikesAt(0);
    let state = initStdpState(pre.shape, post.shape);
    for (let time = 0; time < inputs.in_spike.shape[0]; time++) {
      const spikes = spikesAt(time);
      const asked = byRule(family.rule(golden), spikes, w, state, golden);
      const [change, next] = step(...spikes, w, state, settings(golden), topology(golden));
      state = next;
      await expectClose(change, at(wanted, time), agreement, order);
      await expectClose(perSampleOrder ? asked : tf.sum(asked, 0), at(wanted, time), agreement, order);
      if (conv) continue;
      await expectClose(state.tPre, at(expected.trace_pre, time));
      await expectClose(state.tPost, at(expected.trace_post, time));
    }
  });
});
