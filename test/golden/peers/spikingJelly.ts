import * as tf from '@tensorflow/tfjs-core';
import { spikingJellyRule } from '../../../src/papers/spikingJelly.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';
import { topologyOf } from '../topology.js';

const functions = {
  identity: tf.clone,
  one: tf.onesLike,
  softbound: (w: tf.Tensor) => tf.mul(w, tf.sub(1, w)),
};

export const settings = ({ params }: GoldenCase) => {
  const f = functions[(params.f ?? 'identity') as keyof typeof functions];
  return { tauPre: params.tau_pre, tauPost: params.tau_post, fPre: f, fPost: f };
};
const rule = (integration: 'euler' | 'exact') => (golden: GoldenCase) => {
  const { tauPre, tauPost } = settings(golden);
  return spikingJellyRule({ tauPre, tauPost, integration }, topologyOf(golden));
};

export const stdp = { cases: 'spikingjelly_stdp__', rule: rule('euler') };
export const mstdp = { cases: 'spikingjelly_mstdp__', rule: rule('exact') };
export const mstdpet = { cases: 'spikingjelly_mstdpet__', rule: rule('exact') };
export const families: readonly Family[] = [stdp, mstdp, mstdpet];
