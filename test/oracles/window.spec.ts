import { describe, expect, it } from 'vitest';
import { pairingSchemes } from '../../src/rules/pairingSchemes.js';
import { pairStdp } from '../../src/rules/pairStdp.js';
import { stdpWindow } from '../../src/rules/stdpWindow.js';

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
