import * as tf from '@tensorflow/tfjs-core';
import { spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../../../src/papers/spikingJelly.js';
import { initStdpState } from '../../../src/rules/pair/pairStdp.js';
import type { StdpState } from '../../../src/rules/pair/stdpState.js';
import type { Rule } from '../../../src/rules/rule.js';
import type { Delta } from '../../../src/updates/delta.js';
import { perSample } from '../../../src/updates/perSample.js';
import { expectClose } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/spikingJelly.js';
import { layerOrder, weightOrder } from '../loops/wiring.js';
import { mstdp, mstdpet, settings, stdp } from '../peers/spikingJelly.js';
import { at } from '../series.js';
import { topologyOf } from '../topology.js';

/** What the pair rule asks for, times the functions of the weight: [batch, …w]. */
function byRule(rule: Rule<StdpState>, pre: tf.Tensor, post: tf.Tensor, w: tf.Tensor, state: StdpState, golden: GoldenCase) {
  const [delta] = rule.delta({ pre, post }, w, state);
  const side = (name: keyof Delta) => tf.addN(delta[name].map((term) => perSample(term, rule.topology, w.shape)));
  const { fPre, fPost } = settings(golden);
  return tf.sub(tf.mul(side('potentiation'), fPost(w)), tf.mul(side('depression'), fPre(w)));
}

type Step = typeof spikingJellyStdp;

async function follow(golden: GoldenCase, rule: Rule<StdpState>, step: Step): Promise<void> {
  const { inputs, expected } = golden;
  const order = weightOrder(inputs.weight);
  const w = goldenTensor(inputs.weight, order);
  const layer = (recorded: GoldenTensor) => goldenTensor(recorded, layerOrder(recorded));
  const wanted: GoldenTensor = expected.delta_w ?? expected.out;
  const keepsBatch = wanted.shape.length - 1 > w.rank;
  const wantedOrder = keepsBatch ? [0, ...order.map((axis) => axis + 1)] : order;
  let state = initStdpState(layer(at(inputs.in_spike, 0)).shape, layer(at(inputs.out_spike, 0)).shape);
  for (let time = 0; time < inputs.in_spike.shape[0]; time++) {
    const [pre, post] = [layer(at(inputs.in_spike, time)), layer(at(inputs.out_spike, time))];
    const asked = byRule(rule, pre, post, w, state, golden);
    const [change, next] = step(pre, post, w, state, settings(golden), topologyOf(golden));
    state = next;
    await expectClose(change, at(wanted, time), undefined, wantedOrder);
    await expectClose(keepsBatch ? asked : tf.sum(asked, 0), at(wanted, time), undefined, wantedOrder);
    if (expected.trace_pre === undefined) continue; // not recorded of a convolution
    await expectClose(state.tPre, at(expected.trace_pre, time));
    await expectClose(state.tPost, at(expected.trace_post, time));
  }
}

export const forms: readonly Form[] = [
  { cases: stdp.cases, check: (golden) => follow(golden, stdp.rule(golden), spikingJellyStdp), loops: loops.stdp },
  { cases: mstdp.cases, check: (golden) => follow(golden, mstdp.rule(golden), spikingJellyMstdp), loops: loops.mstdp },
  { cases: mstdpet.cases, check: (golden) => follow(golden, mstdpet.rule(golden), spikingJellyMstdpet), loops: loops.mstdpet },
];
