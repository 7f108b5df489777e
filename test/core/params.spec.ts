import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow, StdpError } from '../../src/core/errors.js';
import { neuronParams } from '../../src/core/params/neuronParams.js';
import { paramsFromJSON, paramsToJSON } from '../../src/core/params/paramsJson.js';
import { perNeuronCheck } from '../../src/core/params/perNeuron.js';
import { philox4x32, randomNormal, randomUint32, randomUniform } from '../../src/core/random.js';

interface Params {
  readonly tau: number | readonly number[] | tf.Tensor;
  readonly eta: number;
}
const complete = neuronParams<Params>('f', (given) => right({ tau: 1, eta: 2, ...given }));

describe('neuronParams', () => {
  it('hands numbers and lists on as they are, also to a single neuron of shape []', () => {
    expect(complete({}, [])).toEqual({ tau: 1, eta: 2 });
    expect(complete({ tau: [1, 2] }, [2])).toEqual({ tau: [1, 2], eta: 2 });
    expect(() => complete({ tau: [1] }, [])).toThrow('f: tau must be one number: there is a single neuron, of shape []');
    expect(() => complete({ tau: tf.ones([1]) }, [])).toThrow('f: tau must be one number');
    expect(complete({ tau: tf.scalar(3) }, []).eta).toBe(2);
  });

  it('makes float32 of tensors of another type, and copies no other', async () => {
    const made = complete({ tau: tf.tensor1d([3, 4], 'int32') }, [2]);
    expect((made.tau as tf.Tensor).dtype).toBe('float32');
    expect(Array.from(await (made.tau as tf.Tensor).data())).toEqual([3, 4]);
    const tau = tf.ones([2]);
    expect(complete({ tau }, [2]).tau).toBe(tau);
  });
});

describe('perNeuronCheck', () => {
  const sizes = { inputs: 2, outputs: 3, weightShape: [2, 3] };
  const check = (value: unknown) => () => perNeuronCheck('f', { tau: value }, [])(sizes);

  it('takes a value per neuron or per synapse, and what broadcasts to one', () => {
    for (const fits of [[1], [1, 2, 3], tf.ones([3]), tf.scalar(1), tf.ones([2, 3]), tf.ones([1, 3]), tf.ones([2, 1])])
      expect(check(fits)).not.toThrow();
  });

  it.each<[unknown, string]>([
    [[1, 2], 'f: tau has 2 values, the layer has 3 neurons'],
    [tf.ones.bind(null, [3, 3]), "f: tau has shape [3, 3], which is not one per neuron and doesn't fit w [2, 3]"],
    [tf.ones.bind(null, [2, 2]), 'f: tau has shape [2, 2]'],
    [tf.ones.bind(null, [1, 2, 3]), 'f: tau has shape [1, 2, 3]'],
  ])('%#: refuses what does not fit', (value, message) => {
    expect(check(typeof value === 'function' ? value() : value)).toThrow(message);
  });

  it('refuses what was disposed', () => {
    const gone = tf.ones([3]);
    gone.dispose();
    expect(check(gone)).toThrow('f: tau was disposed');
  });
});

describe('parameters as JSON', () => {
  const params = { a: -0, b: [1, Number.NaN], c: { d: Number.POSITIVE_INFINITY, e: { f: [[-0]] } }, g: 'NaNs', h: null, i: true };

  it('come back as they were, however deep', () => {
    const text = JSON.stringify(paramsToJSON('f', params));
    expect(JSON.parse(text)).toEqual({ ...params, a: '-0', b: [1, 'NaN'], c: { d: 'Infinity', e: { f: [['-0']] } } });
    expect(paramsFromJSON(JSON.parse(text))).toEqual(params);
  });

  it('name the field that JSON can not hold', () => {
    expect(() => paramsToJSON('f', { a: { b: () => 1 } })).toThrow("f: a.b is a function, which JSON can't hold");
    expect(() => paramsToJSON('f', { a: [tf.scalar(1)] })).toThrow("f: a is a tensor, which JSON can't hold");
  });
});

describe('random numbers', () => {
  it('take the high word of the stream and of the seed', () => {
    const [seed, stream] = [5 + 7 * 2 ** 32, 3 + 9 * 2 ** 32];
    const block = Uint32Array.of(1, 0, 3, 9);
    philox4x32(block, 5, 7);
    expect([...randomUint32(8, { seed, stream }).subarray(4)]).toEqual([...block]);
  });

  it.each([-1, 1.5, 2 ** 31 + 1, Number.NaN])('refuse the length %d', (length) => {
    expect(() => randomUint32(length, 1)).toThrow(`randomUint32: length must be an integer in [0, 2^31], got ${length}`);
  });

  it('are those of the words of the stream: one of 24 bits for a uniform one, a pair for a normal one', () => {
    const words = randomUint32(6, 3);
    expect([...randomUniform(6, 3)]).toEqual([...words].map((word) => Math.floor(word / 256) / 2 ** 24));
    const pairs = [0, 2, 4].map((index) => [words[index] ?? 0, words[index + 1] ?? 0] as const);
    const boxMuller = ([one, other]: readonly [number, number]) =>
      Math.sqrt(-2 * Math.log((one + 1) / 2 ** 32)) * Math.cos((2 * Math.PI * other) / 2 ** 32);
    expect([...randomNormal(3, 3, 1, 2)]).toEqual(pairs.map((pair) => expect.closeTo(1 + 2 * boxMuller(pair), 5)));
  });

  it('are refused in the name of the function that was asked', () => {
    expect(() => randomUniform(-1, 1)).toThrow('randomUniform: length');
    expect(() => randomNormal(-1, 1)).toThrow('randomNormal: length');
    expect(() => randomNormal(1, -1)).toThrow('randomNormal: seed');
    expect(() => randomUniform(1, -1)).toThrow('randomUniform: seed');
    expect(() => randomUniform(1, 1, '0' as never)).toThrow('randomUniform: low must be a finite number, got "0"');
  });

  it('refuse bounds and moments that are no numbers', () => {
    expect(() => randomUniform(1, 1, Number.NaN)).toThrow('randomUniform: low must be a finite number, got NaN');
    expect(() => randomUniform(1, 1, 0, Number.POSITIVE_INFINITY)).toThrow('randomUniform: high must be a finite number');
    expect(() => randomNormal(1, 1, Number.NaN)).toThrow('randomNormal: mean must be a finite number, got NaN');
    expect(() => randomNormal(1, 1, 0, Number.NaN)).toThrow('randomNormal: std must be a finite number, got NaN');
  });
});

it('orThrow says what it was given when that is no result of a validation', () => {
  const none: readonly unknown[] = [
    5,
    null,
    undefined,
    {},
    { _tag: 'Left' },
    { _tag: 'Right' },
    { _tag: 'Left', left: 'why' },
    { left: new StdpError('f', 'x', 'y') },
  ];
  for (const given of none)
    expect(() => orThrow(given as never)).toThrow('orThrow: validated must be what a validate function returned');
  expect(() => orThrow({ _tag: 'Left', left: new StdpError('f', 'x', 'is odd') })).toThrow('f: x is odd');
});
