import type * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { afterEach, describe, expect, it } from 'vitest';
import { makeNamed, usual } from '../../property-tests/everyRule.js';
import { type BackendName, useBackend } from '../../src/backends/useBackend.js';
import { fixture } from '../../src/conformance/fixtures.js';
import { useKernels } from '../../src/kernels/tensors/current.js';
import type { Rule } from '../../src/rules/rule.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { kernelsWanted, targetBackend } from '../target.js';

const stepsOnEach = 3;

/** The weights after a run that goes from one backend to the next, and takes everything along. */
async function learnedOn(rule: Rule<object>, backends: readonly BackendName[], donate: boolean): Promise<Float32Array> {
  const cases = fixture(rule, 1, 2, { reward: 0.5 });
  let [w, state]: [tf.Tensor, object] = [cases.weights(0.2, 0.8), rule.init(cases.shapes)];
  for (const [index, backend] of backends.entries()) {
    await useBackend(backend, { w, state });
    for (let step = 0; step < stepsOnEach; step++)
      [w, state] = rule.step(cases.spikes(index * stepsOnEach + step), w, state, { donate });
  }
  return w.data<'float32'>();
}

describe.each(Object.entries({ dense, conv2d: conv2d({ pad: 1 }) }))('a run on %s that changes its backend', (_, topology) => {
  afterEach(async () => {
    await useBackend(targetBackend);
    useKernels(kernelsWanted);
  });

  it.each(ruleNames)('%s: comes to the weights that one backend gives', async (name) => {
    const rule = makeNamed(name, usual(name, topology), topology);
    const alone = await learnedOn(rule, ['cpu', 'cpu', 'cpu'], false);
    expect(alone).not.toEqual(await fixture(rule, 1, 2).weights(0.2, 0.8).data());
    for (const kernels of [true, false]) {
      useKernels(kernels);
      const switched = await learnedOn(rule, ['wasm', targetBackend, 'cpu'], kernels);
      for (const [index, weight] of switched.entries())
        expect(Math.abs(weight - (alone[index] ?? Number.NaN))).toBeLessThan(1e-5);
    }
  });
});
