import { beforeAll, describe, expect, it } from 'vitest';
import { closedForm, forms } from '../../../examples/lab/window/closedForm.js';
import type { Params } from '../../../examples/lab/window/protocol.js';
import { simulate } from '../../../examples/lab/window/simulate.js';
import { useBackend } from '../../../src/entries/everything.js';

const kernels = (post: object, pre: object): Params => ({
  kernelPost: { kernel: 'exponential', eta: 0.1, tau: 10, ...post },
  kernelPre: { kernel: 'exponential', eta: -0.1, tau: 10, ...pre },
});

/** Parameters under which a formula has something else to say than by default. */
const others: readonly (readonly [string, Params])[] = [
  ['pairStdp', { integration: 'exact', weightDependence: 'soft' }],
  ['pairStdp', { integration: 'exact', weightDependence: 'multiplicativePow', mu: 0.7, traceMode: 'preCentred' }],
  ['pairStdp', { traceMode: 'restrictedNearest', coincidence: 'none', etaPlus: 2, aPre: 20, dt: 0.5 }],
  ['tripletStdp', { etaPostPair: 0.01, weightDependence: 'multiplicativeRelu' }],
  ['kernelStdp', kernels({ kernel: 'mexicanHat' }, { kernel: 'powerLaw', exponent: 2 })],
  ['kernelStdp', { ...kernels({ kernel: 'doubleExponential' }, { kernel: 'alpha' }), weightDependence: 'soft' }],
  ['kernelStdp', { ...kernels({ kernel: 'linear' }, { kernel: 'constant' }), weightDependence: 'additiveStep' }],
  ['kernelStdp', kernels({ kernel: 'gaussian' }, {})],
  ['symmetricStdp', { alpha: 0.5, eta: 0.9, tauPre: 7, coincidence: 'none' }],
  ['symmetricStdp', { alpha: 0.5, eta: 0.9, tauPre: 7 }],
  ['symmetricStdp', { eta: 0.9, coincidence: 'both' }],
  ['vogelsStdp', { coincidence: 'none' }],
  ...(['post', 'pre', 'none'] as const).flatMap((coincidence): readonly (readonly [string, Params])[] => [
    ['twoFactorStdp', { coincidence }],
    ['mstdpet', { coincidence }],
    ['tripletStdp', { coincidence, etaPostPair: 0.01 }],
  ]),
  ...(['potentiation', 'depression', 'none'] as const).map((coincidence) => ['eligibilityStdp', { coincidence }] as const),
  ['latencyStdp', { weightDependence: 'additive' }],
  ['fedeStdp', { a: 0.3, integration: 'exact', etaPlus: 0.1 }],
  ['clopathStdp', { uRest: -60, etaPlus: 0.01 }],
  ['eligibilityStdp', { readout: 'previous', integration: 'euler', tauEligibility: 3 }],
  ['eligibilityStdp', { tauEligibility: 0 }],
  ['delayAdjustedStdpDelay', { etaPlus: 30 }],
];

const without = ['homeostasis', 'productRule'];
const byDefault = Object.keys(forms)
  .filter((rule) => !without.includes(rule))
  .map((rule) => [rule, {}] as const);

describe('a window by formula', () => {
  beforeAll(() => useBackend('cpu'));

  it.each([...byDefault, ...others])('is that by simulation: %s %j', async (rule, params) => {
    const strong = rule === 'rewardStdp' ? 0.75 : 0.9; // its weights end at 0.8
    for (const [reward, weight] of [[1, 0.5] as const, [-0.5, strong] as const]) {
      const w0 = rule.endsWith('Delay') ? 10 * weight : weight;
      const { changes, formula } = await simulate({ rule, params, reward, w0, range: 30 });
      const most = changes.reduce((largest, change) => Math.max(largest, Math.abs(change)), 0);
      expect(most).toBeGreaterThan(0);
      for (const [index, change] of changes.entries())
        expect(Math.abs((formula.changes?.[index] ?? Number.NaN) - change)).toBeLessThan(1e-6 + 2e-4 * most);
    }
  });

  it.each<[string, Params, string]>([
    ['homeostasis', {}, 'does not pair spikes'],
    ['productRule', {}, 'can be anything'],
    ['pairStdp', { weightDecay: 0.1 }, 'decays'],
    ['mstdpet', { weightDependence: 'soft' }, 'bit by bit'],
    ['kernelStdp', { gate: 'always' }, 'again'],
    ['clopathStdp', { delay: 5 }, 'delayed potential'],
  ])('is not there for %s %j, and says why', async (rule, params, why) => {
    const { formula } = await simulate({ rule, params, reward: 1, w0: 0.5, range: 5 });
    expect(formula.changes).toBeUndefined();
    expect(formula.text).toContain(why);
  });

  it.each<[string, Params]>([
    ['of a rule', {}],
    ['pairStdp', { weightDependence: 'of a user' }],
  ])('is not made up for %s %j, which nobody has written down', (rule, params) => {
    const { text, change } = closedForm(rule, params, { w0: 0.5, reward: 1 });
    expect(change).toBeUndefined();
    expect(text).toContain('not written down here');
  });
});
