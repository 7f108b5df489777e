import { describe, expect, it } from 'vitest';
import { pairingSchemes } from '../../src/rules/pair/pairingSchemes.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { ruleFromJSON } from '../../src/rules/ruleFromJSON.js';
import { stdpWindow } from '../../src/window/stdpWindow.js';

/** O1: the change after one pair of spikes, against its closed form, for every Δt in [−100, 100] ms. */
describe('the window of one pair is A·exp(−|Δt|/τ) to 1e-6', () => {
  const [etaPlus, etaMinus, tauPre, tauPost] = [0.05, 0.0525, 16.8, 33.7];
  const params = { etaPlus, etaMinus, tauPre, tauPost, integration: 'exact' } as const;
  const closed = (time: number) => (time > 0 ? etaPlus * Math.exp(-time / tauPre) : -etaMinus * Math.exp(time / tauPost));

  it.each(pairingSchemes)('traceMode %s', async (traceMode) => {
    const { times, changes } = await stdpWindow(pairStdp({ ...params, traceMode }), { range: 100 });
    expect(times.length).toBe(201);
    times.forEach((time, index) => {
      const expected = time === 0 ? etaPlus - etaMinus : closed(time);
      expect(Math.abs((changes[index] ?? Number.NaN) - expected)).toBeLessThan(1e-6);
    });
  });

  it.each([
    ['both', etaPlus - etaMinus],
    ['potentiation', etaPlus],
    ['depression', -etaMinus],
    ['none', 0],
  ] as const)('together, with coincidence %s: %s', async (coincidence, expected) => {
    const { changes } = await stdpWindow(pairStdp({ ...params, coincidence }), { range: 1 });
    expect(Math.abs((changes[1] ?? Number.NaN) - expected)).toBeLessThan(1e-6);
  });

  it('does not depend on the step', async () => {
    const { times, changes } = await stdpWindow(pairStdp({ ...params, dt: 0.5 }), { range: 20, dt: 0.5 });
    times.forEach((time, index) => {
      if (time !== 0) expect(Math.abs((changes[index] ?? Number.NaN) - closed(time))).toBeLessThan(1e-6);
    });
  });
});

/** The same window by every rule that has it; two spikes at once are one pair in the rules of latest spikes. */
describe('the window of exponentials, rule by rule', () => {
  const [eta, depression, tau, tauMinus] = [0.05, 0.0525, 16.8, 33.7];
  const exponential = (size: number, width: number) => ({ kernel: 'exponential', eta: size, tau: width });
  const latest = { etaPlus: eta, etaMinus: depression, tauPlus: tau, tauMinus };
  const kernels = { kernelPost: exponential(eta, tau), kernelPre: exponential(-depression, tauMinus) };
  const traces = { tauPre: tau, tauPost: tauMinus };
  it.each([
    ['twoFactorStdp', { ...traces, etaPost: eta, etaPre: -depression }, eta - depression],
    ['tripletStdp', { tauPreFast: tau, tauPostFast: tauMinus, etaPostPair: eta, etaPrePair: -depression }, eta - depression],
    ['kernelStdp', kernels, eta],
    ['delayAdjustedKernelStdp', kernels, eta],
    ['delayAdjustedStdp', latest, eta],
    ['productRule', { tauX1: tau, tauY1: tauMinus, dw: `dw = ${eta} * x1 * y0 - ${depression} * x0 * y1` }, eta - depression],
  ] as const)('%s', async (rule, params, together) => {
    const made = ruleFromJSON({ rule, params, topology: { type: 'dense' } });
    const { times, changes } = await stdpWindow(made, { range: 100 });
    times.forEach((time, index) => {
      const apart = time > 0 ? eta * Math.exp(-time / tau) : -depression * Math.exp(time / tauMinus);
      expect(Math.abs((changes[index] ?? Number.NaN) - (time === 0 ? together : apart))).toBeLessThan(1e-6);
    });
  });
});
