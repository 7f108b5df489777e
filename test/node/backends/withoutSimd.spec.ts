import { expect, it, vi } from 'vitest';

it('where WebAssembly has no SIMD, wasm runs with the kernels in JavaScript', async () => {
  const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-cpu');
  const { useBackend } = await import('../../../src/backends/useBackend.js');
  const { kernelsInUse } = await import('../../../src/kernels/tensors/current.js');
  const { composed, expectClose } = await import('../../kernels/agree.js');
  const { uniform } = await import('../../kernels/layers.js');
  const { pairStdp } = await import('../../../src/rules/pair/pairStdp.js');
  const shapes = { pre: [2, 40], post: [2, 30], w: [40, 30] };
  const rule = pairStdp({ etaPlus: 0.01, etaMinus: 0.02, weightDependence: 'soft' });
  const learned = (donate: boolean) => {
    let [w, state] = [uniform(shapes.w, 1), rule.init(shapes)];
    for (const seed of [2, 4, 6])
      [w, state] = rule.step({ pre: uniform(shapes.pre, seed), post: uniform(shapes.post, seed + 1) }, w, state, { donate });
    return [w, state.tPre, state.tPost];
  };
  await tf.setBackend('cpu'); // by hand: nobody has waited for the kernels
  expect(kernelsInUse()).toBe(false);
  expect(validate).toHaveBeenCalled();
  await expectClose(learned(true), learned(false));
  await useBackend('cpu');
  expect(kernelsInUse()).toBe(true);
  await useBackend('wasm');
  expect(kernelsInUse()).toBe(true);
  const wanted = composed(() => learned(false));
  await expectClose(learned(false), wanted);
  await expectClose(learned(true), wanted);
});
