import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { delayLineStep, initDelayLine } from '../../src/traces/delayLine.js';
import { addSpikes, decayTrace, traceStep } from '../../src/traces/exponentialTrace.js';
import { getFirstSpikeTimes } from '../../src/traces/firstSpikeTimes.js';
import { heldSample, historyLength, initHistory, pushHistory, readHistory, sampleBefore } from '../../src/traces/history.js';
import { extractReceptiveFieldTimes } from '../../src/traces/receptiveFieldTimes.js';
import { initSpikeAges, spikeAgesStep } from '../../src/traces/spikeAges.js';
import { initStdpSensorState, stdpSensorStep, validateStdpSensorParams } from '../../src/traces/stdpSensor.js';

const params = { tau: 20, amplitude: 1, dt: 1, traceMode: 'cumulative', integration: 'exact' } as const;
const sampling = { dt: 1, interpTolerance: 0 };
const image = tf.zeros.bind(null, [3, 3, 1]);

describe('what is wrong is named by function and argument', () => {
  it.each<[string, () => unknown]>([
    ['initStdpSensorState: preShape', () => initStdpSensorState([-1], [1])],
    ['initStdpSensorState: postShape', () => initStdpSensorState([1], [-1])],
    ['getFirstSpikeTimes: spikes is not a tensor', () => getFirstSpikeTimes('x' as never)],
    ['getFirstSpikeTimes: spikes is a single number', () => getFirstSpikeTimes(1)],
    ['getFirstSpikeTimes: noSpike must be a number', () => getFirstSpikeTimes([1], Number.NaN)],
    ['initDelayLine: shape', () => initDelayLine([-1], 2)],
    ['initDelayLine: maxDelay must be at most 16777216', () => initDelayLine([2], 2 ** 40)],
    ['initDelayLine: shape [16777217, 128] holds', () => initDelayLine([128], 2 ** 24)],
    ['initDelayLine: maxDelay', () => initDelayLine([2], -1)],
    ['delayLineStep: spikes', () => delayLineStep([1, 0], [[0], [0]], 0)],
    ['delayLineStep: spikes', () => delayLineStep('1' as never, [[0], [0]], 0)],
    ['delayLineStep: line', () => delayLineStep([1], 'line' as never, 0)],
    [
      'delayLineStep: line has shape [0, 1], needs [maxDelay + 1, …] as of initDelayLine',
      () => delayLineStep([1], tf.zeros([0, 1]), 0),
    ],
    ['delayLineStep: delay must be an integer in [0, 1], got 2', () => delayLineStep([1], [[0], [0]], 2)],
    [
      'delayLineStep: delay has shape [3], which',
      () =>
        delayLineStep(
          [1, 1],
          [
            [0, 0],
            [0, 0],
          ],
          [1, 1, 1],
        ),
    ],
    ['decayTrace: ', () => decayTrace([1], { ...params, tau: -1 })],
    ['addSpikes: decayed', () => addSpikes('1' as never, [1], params)],
    ['addSpikes: spikes has shape', () => addSpikes([1], [1, 2], params)],
    ['traceStep: trace', () => traceStep('1' as never, [1], params)],
    ['traceStep: traceMode', () => traceStep([1], [1], { ...params, traceMode: 'all' as never })],
    ['historyLength: longest', () => historyLength(-1, 1)],
    ['historyLength: dt', () => historyLength(1, 0)],
    ['historyLength: longest of 1e+30 ms is too long for steps of 0.001 ms', () => historyLength(1e30, 1e-3)],
    ['initHistory: length', () => initHistory([2], 0)],
    ['initHistory: length', () => initHistory([2], 2 ** 40)],
    ['initHistory: fill', () => initHistory([2], 1, '0' as never)],
    ['initHistory: axis', () => initHistory([2], 1, 0, 2 as never)],
    ['initHistory: shape', () => initHistory([-1], 1)],
    ['initHistory: shape is [], but time is axis 1', () => initHistory([], 1)],
    ['pushHistory: history', () => pushHistory([1], [1])],
    ['pushHistory: value', () => pushHistory([[1]], [[1]])],
    ['sampleBefore: time', () => sampleBefore([-1], sampling)],
    ['sampleBefore: dt', () => sampleBefore([1], { ...sampling, dt: 0 })],
    ['heldSample: interpolation', () => heldSample([1], sampling, 'next' as never)],
    ['heldSample: interpTolerance', () => heldSample([1], { ...sampling, interpTolerance: -1 }, 'nearest')],
    ['heldSample: time', () => heldSample([-1], sampling, 'nearest')],
    ['readHistory: history', () => readHistory([1], [0])],
    ['readHistory: steps must be whole numbers in [0, 1], holds 0.5', () => readHistory([[1, 2]], [0.5])],
    ['readHistory: steps must be whole numbers in [0, 1], holds -1', () => readHistory([[1, 2]], [-1])],
    ['readHistory: steps must be whole numbers in [0, 1], holds 2', () => readHistory([[1, 2]], [2])],
    [
      "readHistory: steps has shape [3], which doesn't broadcast with [2] in at most 4 axes",
      () => readHistory([[1], [2]], [0, 0, 0]),
    ],
    ['readHistory: steps has shape [1, 1, 1, 1, 1], which', () => readHistory([[1], [2]], tf.zeros([1, 1, 1, 1, 1]))],
    ['extractReceptiveFieldTimes: preTimes', () => extractReceptiveFieldTimes([1], 0, 0, 1)],
    ['extractReceptiveFieldTimes: y', () => extractReceptiveFieldTimes(image(), 3, 0, 1)],
    ['extractReceptiveFieldTimes: x', () => extractReceptiveFieldTimes(image(), 0, 3, 1)],
    [
      'extractReceptiveFieldTimes: kernelSize must be an integer or',
      () => extractReceptiveFieldTimes(image(), 0, 0, [1] as never),
    ],
    ['extractReceptiveFieldTimes: kernelSize', () => extractReceptiveFieldTimes(image(), 0, 0, 0)],
    ['extractReceptiveFieldTimes: kernelSize', () => extractReceptiveFieldTimes(image(), 0, 0, 2 ** 30)],
    ['extractReceptiveFieldTimes: stride', () => extractReceptiveFieldTimes(image(), 0, 0, 1, 0)],
    ['extractReceptiveFieldTimes: padding', () => extractReceptiveFieldTimes(image(), 0, 0, 1, 1, -1)],
    ['initSpikeAges: shape', () => initSpikeAges([-1])],
    ['spikeAgesStep: ages', () => spikeAgesStep('1' as never, [1])],
    ['spikeAgesStep: spikes has shape [2], ages has [1]', () => spikeAgesStep([1], [1, 0])],
    ['spikeAgesStep: spikes', () => spikeAgesStep([1], '1' as never)],
    ['stdpSensorStep: tauPre', () => orThrow(validateStdpSensorParams({ tauPre: -1 }))],
    ['stdpSensorStep: dt', () => stdpSensorStep([0], [0], { aPre: tf.zeros([1]), aPost: tf.zeros([1]) } as never, { dt: 0 })],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});

describe('nothing, and the edge', () => {
  it('readHistory takes steps of four axes', async () => {
    const read = readHistory(tf.reshape(tf.range(0, 6), [1, 3, 1, 1, 2]), tf.reshape(tf.tensor1d([1, 2]), [1, 1, 1, 2]));
    expect(Array.from(await read.data())).toEqual([2, 5]);
  });

  it('a delay line of no neurons takes any step', async () => {
    const [arriving, next] = delayLineStep(tf.zeros([0]), initDelayLine([0], 2), 1);
    expect([arriving.shape, next.shape]).toEqual([[0], [3, 0]]);
  });

  it('a field that sees padding alone holds no times', async () => {
    const corner = extractReceptiveFieldTimes(image(), 0, 1, 1, 1, 1); // above the first row, within the columns
    expect(Array.from(await corner.data())).toEqual([Number.POSITIVE_INFINITY]);
    const side = extractReceptiveFieldTimes(image(), 1, 0, 1, 1, 1);
    expect(Array.from(await side.data())).toEqual([Number.POSITIVE_INFINITY]);
  });
});
