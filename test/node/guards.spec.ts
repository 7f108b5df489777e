import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/useBackend.js';
import { fork } from '../../src/core/random.js';
import type { ChangeConstants, LayerConstants, PairConstants } from '../../src/kernels/constants.js';
import { dependenceCodes } from '../../src/kernels/dependences.js';
import { type RuleKernels, ruleKernels } from '../../src/kernels/module/ruleKernels.js';
import { layerSeries } from '../../src/kernels/tensors/layerSeries.js';
import { memoryKernels } from '../../src/kernels/tensors/memoryKernels.js';
import type { Program } from '../../src/kernels/tensors/program/program.js';
import { programSteps } from '../../src/kernels/tensors/program/programSteps.js';
import { mapList, type TensorMemory } from '../../src/kernels/tensors/tensorMemory.js';
import { changeSizes } from '../../src/topologies/changeSizes.js';
import { plainRules } from '../kernels/bothKernels.js';
import { anyLayer, spikes, uniform } from '../kernels/layers.js';

/** Bytes before and behind every buffer in which nothing may be written. */
const guard = 256;
const pattern = 0xa5;

/**
 * A space that lays every buffer between guards, hands it to the kernels, and then looks whether a guard was touched or an input
 * changed. What lies within scratch is the kernels' own.
 */
function guardedSpace(kernelsOf: (memory: WebAssembly.Memory) => RuleKernels): TensorMemory {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const kernels = kernelsOf(memory);
  const bytes = () => new Uint8Array(memory.buffer);
  const untouched = (from: number, to: number, where: string): void => {
    const touched = bytes()
      .subarray(from, to)
      .findIndex((byte) => byte !== pattern);
    if (touched >= 0) throw new Error(`a byte ${where} was written, ${touched} of ${to - from}`);
  };
  const laidOut = () => {
    bytes().fill(pattern);
    let top = 1024;
    const buffers: { readonly at: number; readonly size: number; readonly kept?: Uint8Array | undefined }[] = [];
    return {
      take: (size: number, values?: Float32Array): number => {
        const at = Math.ceil((top + guard) / 16) * 16;
        top = at + size + guard;
        if (top > memory.buffer.byteLength) throw new Error('the guarded memory is too small for this case');
        if (values !== undefined) bytes().set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
        buffers.push({ at, size, kept: values && bytes().slice(at, at + size) });
        return at;
      },
      check: (): void => {
        let free = 0;
        for (const { at, size, kept } of buffers) {
          untouched(free, at, `before a buffer of ${size} bytes`);
          if (kept !== undefined && Buffer.compare(bytes().subarray(at, at + size), kept) !== 0)
            throw new Error('an input was changed');
          free = at + size;
        }
        untouched(free, free + 16 * guard, 'behind the last buffer');
      },
    };
  };
  const valuesOf = (tensor: tf.Tensor) => tensor.dataSync<'float32'>();
  const read = (at: number, size: number) => new Float32Array(memory.buffer, at, size).slice();
  return {
    kernels,
    copies: false,
    create: (inputs, shapes, scratch, body) => {
      const layout = laidOut();
      const sources = mapList(inputs, (input) => layout.take(4 * input.size, valuesOf(input)));
      const targets = mapList(shapes, (shape) => layout.take(4 * tf.util.sizeFromShape([...shape])));
      body(kernels, sources, targets, layout.take(scratch));
      layout.check();
      return mapList(shapes, (shape, index) =>
        tf.tensor(read(targets[index] ?? 0, tf.util.sizeFromShape([...shape])), [...shape]),
      );
    },
    update: (tensors, inputs, scratch, body) => {
      const layout = laidOut();
      const sources = mapList(inputs, (input) => layout.take(4 * input.size, valuesOf(input)));
      const targets = mapList(tensors, (tensor) => {
        const at = layout.take(4 * tensor.size);
        bytes().set(new Uint8Array(valuesOf(tensor).slice().buffer), at);
        return at;
      });
      body(kernels, sources, targets, layout.take(scratch));
      layout.check();
    },
  };
}

const law: fc.Arbitrary<ChangeConstants> = fc.record({
  code: fc.constantFrom(...Object.values(dependenceCodes)),
  etaPlus: fc.constantFrom(0.1, -0.1, 0),
  etaMinus: fc.constantFrom(0.1, -0.1),
  mu: fc.constantFrom(0, 0.4, 2),
  wMin: fc.constant(0),
  wMax: fc.constant(1),
  low: fc.constantFrom(0, Number.NEGATIVE_INFINITY),
  high: fc.constantFrom(1, Number.POSITIVE_INFINITY),
});
const trace = { decay: 0.9, height: 0.3 };
const pairConstants: fc.Arbitrary<PairConstants> = fc.record({
  pre: fc.boolean().map((nearest) => ({ ...trace, nearest })),
  post: fc.boolean().map((nearest) => ({ ...trace, nearest })),
  presentPre: fc.boolean(),
  presentPost: fc.boolean(),
  change: law,
  mean: fc.boolean(),
});
const density = fc.constantFrom(0, 0.05, 0.5, 1);

describe.each([
  ['SIMD kernels', ruleKernels],
  ['plain kernels', plainRules],
] as const)('%s write into what they were given and nowhere else', (_, { on }) => {
  beforeAll(() => useBackend('cpu'));
  const numRuns = 60;

  /** Runs a property in a scope of its own. */
  const holds = <T>(cases: fc.Arbitrary<T>, check: (given: T) => void): void =>
    expect(() =>
      fc.assert(
        fc.property(cases, (given) => {
          tf.tidy(() => check(given));
        }),
        { numRuns, seed: 1 },
      ),
    ).not.toThrow();
  const kernels = memoryKernels(guardedSpace((memory) => on(memory) ?? expect.fail('not to be had here')));

  it('traceStep', () => {
    holds(fc.record({ size: fc.integer({ min: 1, max: 300 }), nearest: fc.boolean(), density }), (given) => {
      const [x, z] = [uniform([given.size], 1), spikes([given.size], given.density, true, 2)];
      expect(kernels.traceStep(x, z, { ...trace, nearest: given.nearest })?.shape).toEqual([given.size]);
    });
  });

  it('applyChange, any number of terms', () => {
    const terms = fc.array(density, { maxLength: 3 });
    holds(fc.record({ layer: anyLayer, plus: terms, minus: terms, law, mean: fc.boolean(), constant: fc.boolean() }), (given) => {
      const { topology, pre, post, w: shape } = given.layer;
      const isDense = topology.type === 'dense';
      const side = (densities: readonly number[], seed: number) =>
        densities.map((dense, index) => ({
          pre: given.constant && isDense && index === 0 ? (1 as const) : spikes(pre, dense, true, fork(seed, index)),
          post: spikes(post, dense, true, fork(seed + 1, index)),
        }));
      const sizes = changeSizes(topology, tf.zeros([...pre]), tf.zeros([...post]), tf.zeros([...shape]), true);
      const sides = { plus: side(given.plus, 3), minus: side(given.minus, 5) };
      if (sizes !== undefined) kernels.applyChange(uniform(shape, 7), sides, sizes, given.law, given.mean);
    });
  });

  it('pairStep, donated or not, and pairSeries', () => {
    const steps = fc.constantFrom(1, 2, 5, 130);
    holds(fc.record({ layer: anyLayer, law: pairConstants, density, donate: fc.boolean(), steps }), (given) => {
      const { topology, pre, post, w: shape } = given.layer;
      const [w, tPre, tPost] = [uniform(shape, 1), uniform(pre, 2), uniform(post, 3)];
      const sizes = changeSizes(topology, tPre, tPost, w, true);
      if (sizes === undefined) return;
      const inputs = { pre: spikes(pre, given.density, true, 4), post: spikes(post, given.density, true, 5) };
      const first = kernels.pairStep({ w, tPre, tPost, ...inputs }, sizes, given.law, false);
      if (first !== undefined) kernels.pairStep({ ...first, ...inputs }, sizes, given.law, given.donate);
      if (topology.type === 'conv2d' && given.steps > 5) return;
      const trains = {
        pre: spikes([given.steps, ...pre], given.density, true, 6),
        post: spikes([given.steps, ...post], given.density, true, 7),
      };
      kernels.pairSeries({ w, tPre, tPost, ...trains }, sizes, given.law);
    });
  });

  it('programSteps, donated or not', () => {
    const rates = fc.array(fc.constantFrom(0.3, -0.2), { minLength: 4, maxLength: 4 });
    const shape = {
      law,
      mean: fc.boolean(),
      density,
      donate: fc.boolean(),
      steps: fc.constantFrom(1, 3),
      synapses: fc.boolean(),
      sorted: fc.constantFrom('byChange' as const, 'byRate' as const),
    };
    holds(fc.record({ layer: anyLayer, rates, ...shape }), ({ layer, rates: given, steps, density: dense, ...one }) => {
      const { topology, pre, post, w: weights } = layer;
      const sizes = changeSizes(topology, tf.zeros([...pre]), tf.zeros([...post]), tf.zeros([...weights]), true);
      if (sizes === undefined) return;
      const [fast = 0, slow = 0, product = 0, level = 0] = [4, 5, 6, 7];
      const pairs = [[fast, 1] as const, [fast, product] as const, [0, slow] as const, [0, level] as const];
      const terms = pairs.map(([x, y], index) => ({ rate: given[index] ?? 1, pre: x, post: y }));
      const program: Program = {
        sides: ['pre', 'post', 'pre', 'post', 'pre', 'post', 'post', 'post'],
        inputs: { pre: 0, post: 1 },
        state: [
          { name: 'tPre', before: 2, after: fast },
          { name: 'tPost', before: 3, after: slow },
        ],
        instructions: [
          { op: 'trace', out: fast, a: 2, b: 0, decay: trace.decay, height: trace.height, nearest: false },
          { op: 'trace', out: slow, a: 3, b: 1, decay: 0.9, height: 1, nearest: false },
          { op: 'product', out: product, a: 1, b: slow },
          { op: 'rectified', out: level, a: product, threshold: 0.5 },
        ],
        terms: one.synapses ? [] : terms,
        synapses: one.synapses ? [{ name: 'e', decay: 0.9, terms, rate: 1, sorted: one.sorted }] : [],
        reads: 'present',
      };
      const [batch = 1] = pre;
      const state = [uniform(pre, 2), uniform(post, 3), ...(one.synapses ? [uniform([batch, ...weights], 4)] : [])];
      const inputs = [spikes([steps, ...pre], dense, true, 5), spikes([steps, ...post], dense, true, 6)];
      const constants = { change: one.law, mean: one.mean, modulation: 0.5 };
      const first = programSteps(
        kernels.memory,
        program,
        { w: uniform(weights, 1), state, inputs },
        sizes,
        constants,
        steps,
        false,
      );
      if (first !== undefined) programSteps(kernels.memory, program, { ...first, inputs }, sizes, constants, steps, one.donate);
    });
  });

  it('layerSeries', () => {
    const size = fc.integer({ min: 1, max: 90 });
    const neuron = { decay: 0.9, gain: 0.1, synapse: 0.8, leak: 0, threshold: 0.2, reset: 0 };
    holds(fc.record({ rows: size, columns: size, steps: fc.constantFrom(1, 3, 130), density, law: pairConstants }), (given) => {
      const { rows, columns, steps } = given;
      const whole: LayerConstants = { pair: given.law, neuron, inhibition: 0.1 };
      const layer = {
        w: uniform([rows, columns], 1),
        tPre: uniform([rows], 2),
        tPost: uniform([columns], 3),
        v: uniform([columns], 4),
        i: uniform([columns], 5),
        spikes: spikes([columns], 0.3, false, 6),
      };
      layerSeries(kernels.memory, layer, spikes([steps, rows], given.density, false, 7), whole);
    });
  });
});
