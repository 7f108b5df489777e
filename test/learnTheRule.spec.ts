import { expect, it, vi } from 'vitest';

// What the example has from packages is here already: the gradients from test/backend.ts, the library from src.
vi.mock('@tensorflow/tfjs', () => ({}));
vi.mock('tfjs-stdp', () => import('../src/index.js'));
vi.mock('tfjs-stdp/networks', () => import('../src/entries/networks.js'));

it('gradient descent through 200 steps finds the rates and time constants of a rule within 5 %', async () => {
  // @ts-expect-error an example is JavaScript, as a user would write it
  const { learnTheRule, start, truth } = await import('../examples/learn-the-rule.mjs');
  const found = await learnTheRule(18);
  for (const name of ['etaPlus', 'etaMinus', 'tauPre', 'tauPost']) {
    expect(Math.abs(start[name] / truth[name] - 1), `${name} at the start`).toBeGreaterThan(0.4);
    expect(Math.abs(found[name] / truth[name] - 1), name).toBeLessThan(0.05);
  }
}, 180_000);
