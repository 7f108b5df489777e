import { expect, it, vi } from 'vitest';

it('where there is no SIMD, run says what it waits for, and runs after it', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const { init } = await import('../../../src/circuits/init.js');
  const { ready } = await import('../../../src/circuits/ready.js');
  const { run } = await import('../../../src/circuits/run.js');
  const { wire } = await import('../../../src/circuits/wire.js');
  const circuit = { dt: 1, populations: { e: { size: 6, neuron: 'lif', params: { current: 300 } } }, records: { spikes: ['e'] } };
  const first = init(circuit, wire(circuit));
  expect(() => run(circuit, first, 100)).toThrow('run: kernels are not loaded, and there is no SIMD here: await ready() first');
  await ready();
  expect(run(circuit, first, 100)[1].spikes['e']?.step.length).toBeGreaterThan(6);
});
