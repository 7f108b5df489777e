import { describe, expect, it } from 'vitest';
import { isListOf } from '../../src/core/lists.js';
import { finiteNumber, nonNegativeRate, positive, timeConstant } from '../../src/core/params/validation.js';
import * as lib from '../../src/entries/everything.js';

/** The list without its first entry, where a hole is left. */
const holed = (list: readonly unknown[]): never => {
  const copy = [...list];
  delete copy[0];
  return copy as never;
};

describe('a hole in a list is no entry that could be passed over', () => {
  it('in none of the checks', () => {
    expect(isListOf([1, 2], Number.isInteger)).toBe(true);
    expect(isListOf(holed([1, 2]), Number.isInteger)).toBe(false);
    for (const check of [finiteNumber, nonNegativeRate, positive, timeConstant]) {
      expect(check([20, 20])._tag).toBe('Right');
      expect(check(holed([20, 20]))._tag).toBe('Left');
    }
  });

  const image = [[[[1], [2]]]];
  it.each<[string, () => unknown]>([
    ['pairStdp: shapes.pre', () => lib.pairStdp().init({ pre: holed([1, 3]), post: [1] })],
    ['pairStdp: tauPre', () => lib.pairStdp({ tauPre: holed([20, 20]) })],
    ['initStdpState: preShape', () => lib.initStdpState(holed([1, 3]), [1])],
    ['conv2d: strides', () => lib.conv2d({ strides: holed([1, 2]) })],
    [
      'conv2d: pad',
      () =>
        lib.conv2d({
          pad: holed([
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ]),
        }),
    ],
    ['bindsnetPostPre: nu', () => lib.bindsnetPostPre({ nu: holed([0.1, 0.1]) })],
    ['lateralIntensityInhibition: factors', () => lib.lateralIntensityInhibition(image, holed([0.1, 0.1]))],
    ['fieldColours: shape', () => lib.fieldColours([1, 2], holed([1, 1, 1, 2]))],
    ['STDPLearner: shape', () => new lib.STDPLearner().initializeWeights(holed([2, 2]))],
    ['AdaptiveThreshold: spatialShape', () => new lib.AdaptiveThreshold(1, holed([1, 1]))],
    [
      'traceStep: spikes',
      () => lib.traceStep([1, 2], holed([1, 0]), { tau: 20, amplitude: 1, dt: 1, traceMode: 'nearest', integration: 'exact' }),
    ],
  ])('%s', (place, call) => {
    expect(call).toThrow(lib.StdpError);
    expect(call).toThrow(place);
  });
});
