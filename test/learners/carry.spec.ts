import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fixture } from '../../src/conformance/fixtures.js';
import { scan } from '../../src/core/scan.js';
import { tensorsOf } from '../../src/core/trees.js';
import * as learners from '../../src/entries/learners.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { stateFromBytes, stateToBytes } from '../../src/state/stateBytes.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { sample } from '../target.js';
import { steps, subjects } from './subjects.js';

/** What a later program would read of a carry. */
const kept = async (carry: unknown): Promise<object> => stateFromBytes(await stateToBytes(carry));

/** As bytes: equal where all is, bit for bit. */
const bytesOf = (carry: unknown): Promise<Uint8Array> => stateToBytes(carry);

describe('what learners carry', () => {
  it('is asked of every class', () => {
    const classes = Object.entries(learners).filter(([, made]) => String(made).startsWith('class'));
    const tried = new Set(subjects.map(([name]) => name.split(' ')[0]));
    const bases = ['Trainer', 'LearningRule'];
    expect(classes.map(([name]) => name).filter((name) => !tried.has(name) && !bases.includes(name))).toEqual([]);
  });

  it.each(sample(subjects))('%s goes on from it, bit for bit', async (_, it) => {
    const [unbroken, broken, resumed] = [it.make(), it.make(), it.make()];
    await steps(it, unbroken, 0, 12);
    await steps(it, broken, 0, 4);
    resumed.restore(await kept(broken.carry()));
    expect(await bytesOf(resumed.carry())).toEqual(await bytesOf(broken.carry()));
    await steps(it, resumed, 4, 8);
    await steps(it, broken, 2, 3);
    broken.restore(await kept(resumed.carry())); // into one that has done something else meanwhile
    await steps(it, broken, 8, 12);
    expect(await bytesOf(broken.carry())).toEqual(await bytesOf(unbroken.carry()));
    expect(await bytesOf(broken.carry())).not.toEqual(await bytesOf(resumed.carry()));
    for (const object of [unbroken, broken, resumed]) object.dispose?.();
  });

  it.each(sample(subjects))('%s owns copies, and its methods take nothing more', async (name, it) => {
    const object = it.make();
    const carry = await kept(object.carry());
    const before = tf.memory().numTensors;
    object.restore(carry);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([...tensorsOf(carry)]);
    await steps(it, object, 0, 2);
    const more = ' a further argument is not taken, got 1: ';
    expect(() => Reflect.apply(object.carry, object, [1])).toThrow(`${more}carry()`);
    expect(() => Reflect.apply(object.restore, object, [carry, 1])).toThrow(`${more}restore(carry)`);
    expect(() => object.restore({ odd: 1 })).toThrow(`${name.split(' ')[0]}: carry.odd is not known: the carry holds `);
    object.dispose?.();
  });
});

describe('restore refuses', () => {
  const cell = { w: [[0.5]], pre: [1], post: [1] };
  const made = () => {
    const trainer = new learners.STDP();
    for (const name of ['a', 'b']) trainer.registerCell(name, cell);
    return trainer;
  };

  it('cells of another form, and changes nothing then', async () => {
    const [trainer, other] = [made(), new learners.STDP()];
    trainer.step('a', { pre: [1], post: [1] });
    const before = await bytesOf(trainer.carry());
    other.registerCell('a', cell);
    other.registerCell('b', { w: [[0.5, 1]], pre: [1], post: [2] });
    const tensors = tf.memory().numTensors;
    expect(() => trainer.restore(other.carry())).toThrow('STDP: carry.cells.b.w has shape [1, 2], needs [1, 1]');
    expect(() => trainer.restore(new learners.STDP().carry())).toThrow('STDP: carry.cells.a is missing: the carry holds a, b');
    expect(() => trainer.restore([])).toThrow('STDP: carry must be what carry() gave, got []');
    expect(tf.memory().numTensors).toBe(tensors);
    expect(await bytesOf(trainer.carry())).toEqual(before);
  });

  it.each<[string, object, string]>([
    ['what is no tensor', { threshold: 1 }, 'carry.threshold must be a tensor, got 1'],
    ['what is no number', { presentations: 'many' }, 'carry.presentations must be a number, got "many"'],
    ['what is missing', { spikeCount: undefined }, 'carry.spikeCount is missing'],
  ])('%s', (_, wrong, problem) => {
    const object = new learners.AdaptiveThreshold(1, [1, 1]);
    expect(() => object.restore({ ...object.carry(), ...wrong })).toThrow(`AdaptiveThreshold: ${problem}`);
  });

  it('statistics that contradict themselves', () => {
    const learner = new learners.STDPLearner();
    const problem = 'STDPLearner: carry.convergenceHistory has 0 entries after 2 updates';
    expect(() => learner.restore({ ...learner.carry(), updateCount: 2 })).toThrow(problem);
  });

  it('a tensor that is gone', () => {
    const [one, other] = [made(), made()];
    const carry = one.carry();
    one.dispose();
    expect(() => other.restore(carry)).toThrow('STDP: carry.cells.a.w was disposed');
  });
});

describe('a loop of scans goes on from a checkpoint, bit for bit:', () => {
  const topologies = [dense, conv2d({ pad: 'same', strides: 2 })];
  const cases = ruleNames.flatMap((rule) => topologies.map((topology) => [rule, topology.type, topology] as const));

  it.each(sample(cases))('%s, %s', async (name, _, topology) => {
    const plain = ruleFromJSON({ rule: name, params: {}, topology: topology.toJSON() });
    const params = 'maxDelay' in plain.params ? { maxDelay: 2 } : {}; // with records
    const rule = ruleFromJSON({ rule: name, params, topology: topology.toJSON() });
    const extra = { reward: 0.5, ...(name.startsWith('delayAdjusted') && rule.learns === 'weight' && { delay: 1 }) };
    const given = fixture(rule, 1, 2, extra);
    const inputs = Array.from({ length: 8 }, (_, time) => given.spikes(time));
    const part = (from: number, to: number) => {
      const side = (of: 'pre' | 'post') => tf.stack(inputs.slice(from, to).map((input) => input[of]));
      const delay = inputs[0]?.delay as tf.Tensor | undefined;
      const delays = delay && { delay: tf.stack(Array.from({ length: to - from }, () => delay)) };
      return { pre: side('pre'), post: side('post'), reward: 0.5, ...delays };
    };
    type Carry = [tf.Tensor, object];
    const start: Carry = [given.weights(0.3, 0.7), rule.init(given.shapes)];
    const [half] = scan(stepOf(rule), start, part(0, 4));
    const [unbroken] = scan(stepOf(rule), half, part(4, 8));
    const [resumed] = scan(stepOf(rule), (await kept(half)) as Carry, part(4, 8));
    expect(await bytesOf(resumed)).toEqual(await bytesOf(unbroken));
    expect(await bytesOf(resumed)).not.toEqual(await bytesOf(start));
  });
});
