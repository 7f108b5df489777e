import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bindsnetHebbian, bindsnetPostPre, bindsnetWeightDependentPostPre } from '../../src/papers/bindsnetPair.js';
import { bindsnetMstdp, bindsnetMstdpet } from '../../src/papers/bindsnetReward.js';
import { pysnnFedeStdp, pysnnMstdpet } from '../../src/papers/pysnn.js';
import { spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../../src/papers/spikingJelly.js';
import { all } from './forms.js';

const [nu, pre, post] = [[0.1, 0.2] as const, [1], [1]];
const traces = () => ({ tPre: tf.zeros([1]), tPost: tf.zeros([1]) });
const eligible = { aPre: 1, aPost: 1, lr: 0.1, eTraceDecay: 0.5 };

describe('words of the peers', () => {
  it.each(all)('%s refuses an unknown parameter by its name', (name, make) => {
    expect(() => make({ wmax: 5 })).toThrow(`${name}: wmax is not a parameter; known are `);
  });

  it.each(all)('%s refuses parameters that are not named', (name, make) => {
    for (const given of [20, null, [0.1], 'nu'])
      expect(() => make(given as never)).toThrow(/: params must be a record, got .*: values are given by name, as in \{ /);
    expect(() => make(20 as never)).toThrow(`${name}: params`);
  });

  it.each(all)('%s refuses in the words of the peer', (name, make, ofPeer) => {
    for (const [parameter, value] of Object.entries(ofPeer))
      expect(() => make({ [parameter]: value })).toThrow(`${name}: ${parameter} must be`);
  });
});

describe('nu', () => {
  it.each([
    ['bindsnetPostPre', bindsnetPostPre],
    ['bindsnetWeightDependentPostPre', bindsnetWeightDependentPostPre],
    ['bindsnetHebbian', bindsnetHebbian],
    ['bindsnetMstdp', bindsnetMstdp],
    ['bindsnetMstdpet', bindsnetMstdpet],
  ] as const)('of %s may be one number, for both', (name, make) => {
    expect(make({ nu: 0.1 }).params).toEqual(make({ nu: [0.1, 0.1] }).params);
    for (const wrong of [undefined, '0.1', [], [0.1], [0.1, 0.2, 0.3], [0.1, Number.NaN], Number.POSITIVE_INFINITY])
      expect(() => make({ nu: wrong as never })).toThrow(`${name}: nu must be a finite number or two`);
  });
});

describe('steps', () => {
  it('are refused in the name of the form', () => {
    const rule = bindsnetMstdp({ nu });
    expect(() => rule.step({ pre: [1, 2], post }, [[0.5]], rule.init({ pre, post }))).toThrow('bindsnetMstdp: pre has 2 columns');
    const fede = pysnnFedeStdp({ lr: 0.1, wInit: 0.5, a: 0.2 });
    expect(() => fede.init({ pre: 1 as never, post })).toThrow('pysnnFedeStdp: shapes.pre must be a shape');
    expect(() => spikingJellyStdp([1, 2], post, [[0.5]], traces())).toThrow('spikingJellyStdp: zPre has 2 columns');
  });

  it('of a batch of no samples change nothing', async () => {
    const none = { tPre: tf.zeros([0, 1]), tPost: tf.zeros([0, 1]) };
    const nothing = tf.zeros([0, 1]);
    expect(await spikingJellyStdp(nothing, nothing, [[0.5]], none)[0].array()).toEqual([[0]]);
    expect(spikingJellyMstdp(nothing, nothing, [[0.5]], none)[0].shape).toEqual([0, 1, 1]);
  });

  it.each([
    ['fPre', () => 1, 'fPre must give a tensor [1, 1], gave 1'],
    ['fPost', () => tf.ones([2, 1]), 'fPost gave shape [2, 1], needs [1, 1]'],
  ])('%s must give a factor of the weights', (name, f, message) => {
    for (const step of [spikingJellyStdp, spikingJellyMstdp, spikingJellyMstdpet])
      expect(() => step(pre, post, [[0.5]], traces(), { [name]: f as never })).toThrow(message);
  });
});

it('an Euler trace of PySNN that would explode is refused, and a linear one that would grow', () => {
  expect(() => pysnnMstdpet({ ...eligible, tauT: 0.4 })).toThrow(
    'pysnnMstdpet: tauT must be at least half of dt = 1 ms, got 0.4',
  );
  expect(() => pysnnMstdpet({ ...eligible, tauT: 2, traceUpdate: 'linear' })).toThrow('pysnnMstdpet: tauT must be a fraction');
});
