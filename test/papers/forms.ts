import * as tf from '@tensorflow/tfjs-core';
import { bindsnetHebbian, bindsnetPostPre, bindsnetWeightDependentPostPre } from '../../src/papers/bindsnetPair.js';
import { bindsnetMstdp, bindsnetMstdpet } from '../../src/papers/bindsnetReward.js';
import { pysnnFedeStdp, pysnnMstdpet } from '../../src/papers/pysnn.js';
import { spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../../src/papers/spikingJelly.js';

type Make = (given: object) => unknown;

/** Right parameters with others in their place; what is no record is handed in as it is. */
const completed =
  (make: (params: never) => unknown, right: object): Make =>
  (given) =>
    make((typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...right, ...given } : given) as never);

const stepped =
  (step: typeof spikingJellyStdp): Make =>
  (given) =>
    step([1], [1], [[0.5]], { tPre: tf.zeros([1]), tPost: tf.zeros([1]) }, given);

const pair = { tcTracePre: 0, tcTracePost: -1, tracesAdditive: 1, traceScale: '1', reduction: 'Mean', dt: 0, wMin: 2 };
const reward = { tcPlus: 0, tcMinus: -1, tcETrace: 0, aPlus: '1', aMinus: Number.NaN, reduction: 'all', weightDecay: 2 };
const trace = { traceUpdate: 'Linear', tauT: -1, alphaT: '1', dt: 0, lr: Number.NaN };
const constants = { tauPre: 0, tauPost: -1, fPre: 1, fPost: 'w' };

/** The forms of the peers: name, how one is made of parameters, and wrong values of them. */
export const all: readonly (readonly [string, Make, object])[] = [
  ['bindsnetPostPre', completed(bindsnetPostPre, { nu: [0.1, 0.2] }), pair],
  ['bindsnetWeightDependentPostPre', completed(bindsnetWeightDependentPostPre, { nu: [0.1, 0.2] }), pair],
  ['bindsnetHebbian', completed(bindsnetHebbian, { nu: [0.1, 0.2] }), pair],
  ['bindsnetMstdp', completed(bindsnetMstdp, { nu: [0.1, 0.2] }), reward],
  ['bindsnetMstdpet', completed(bindsnetMstdpet, { nu: [0.1, 0.2] }), reward],
  ['pysnnMstdpet', completed(pysnnMstdpet, { aPre: 1, aPost: 1, lr: 0.1, eTraceDecay: 0.5 }), { ...trace, eTraceDecay: 2 }],
  ['pysnnFedeStdp', completed(pysnnFedeStdp, { lr: 0.1, wInit: 0.5, a: 0.2 }), { ...trace, a: '0' }],
  ['spikingJellyStdp', stepped(spikingJellyStdp), constants],
  ['spikingJellyMstdp', stepped(spikingJellyMstdp), constants],
  ['spikingJellyMstdpet', stepped(spikingJellyMstdpet), constants],
];
