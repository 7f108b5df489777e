import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fixture } from '../../src/conformance/fixtures.js';
import { packCarry } from '../../src/core/carry/packCarry.js';
import { readCarry, restoreTensors } from '../../src/core/carry/tensorValues.js';
import { unpackCarry } from '../../src/core/carry/unpackCarry.js';
import { randomUniform } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { tensorsOf } from '../../src/core/trees.js';
import * as learners from '../../src/entries/learners.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { sample } from '../target.js';

/** What a later program would read of a carry. */
const kept = async (carry: unknown): Promise<object> => restoreTensors(unpackCarry(packCarry(await readCarry(carry)))) as object;

/** As bytes: equal where all is, bit for bit. */
const bytesOf = async (carry: unknown): Promise<Uint8Array> => packCarry(await readCarry(carry));

interface Stateful {
  carry(): object;
  restore(carry: object): void;
  dispose?(): void;
}

/** An object anew, and what it does at a step: something that differs from step to step, and waits in it. */
interface Subject<T extends Stateful = Stateful> {
  make(): T;
  step(object: T, time: number): unknown;
}
const subject = <T extends Stateful>(made: Subject<T>): Subject => made as unknown as Subject;

const spikes = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(
    randomUniform(tf.util.sizeFromShape([...shape]), seed).map((value) => (value < 0.4 ? 1 : 0)),
    [...shape],
  );
const graded = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(randomUniform(tf.util.sizeFromShape([...shape]), seed), [...shape]);

const image = [2, 3, 3, 2];
const [maps, size]: readonly [number, readonly [number, number]] = [2, [3, 3]];

/** A trainer of two cells, of which one has updates that wait when time stands at a multiple of 3. */
const trainer = (name: string, Made: new () => learners.Trainer<never>): readonly [string, Subject] => [
  name,
  subject({
    make: () => {
      const made = new Made();
      for (const cell of ['a', 'b']) made.registerCell(cell, { w: graded([3, 2], 1), pre: [3], post: [2] });
      return made;
    },
    step: (made, time) => {
      const extra = { reward: 0.5, ...(/Delay/.test(name) && !/STDPD$/.test(name) && { delay: graded([3, 2], 7) }) };
      for (const cell of ['a', 'b']) made.step(cell, { pre: spikes([3], time), post: spikes([2], time + 50), ...extra });
      if (time % 3 === 2) made.apply();
      if (time === 7) made.train(false);
      return made.unit('a').getParameter();
    },
  }),
];

const trainers = Object.entries(learners).filter(
  ([, made]) => typeof made === 'function' && made.prototype instanceof learners.Trainer,
) as unknown as readonly (readonly [string, new () => learners.Trainer<never>])[];

const layered = (name: string, Made: typeof learners.EligibilitySTDP | typeof learners.FedeSTDP): readonly [string, Subject] => [
  name,
  subject({
    make: () => new Made({ one: { w: graded([3, 2], 1) }, two: { w: graded([2, 1], 2) } }),
    step: (made, time) => {
      made.updateState({ one: { pre: spikes([3], time), post: spikes([2], time + 50) } }); // two never has a memory
      made.step(0.5);
      return made.weights('one');
    },
  }),
];

const subjects: readonly (readonly [string, Subject])[] = [
  ...trainers.map(([name, Made]) => trainer(name, Made)),
  layered('EligibilitySTDP', learners.EligibilitySTDP),
  layered('FedeSTDP', learners.FedeSTDP),
  [
    'TrainerUnit',
    subject({
      make: () =>
        new learners.TrainerUnit('u', ruleFromJSON({ rule: 'tripletStdp', params: {}, topology: dense.toJSON() }), {
          w: graded([3, 2], 1),
          pre: [3],
          post: [2],
        }),
      step: (made, time) => {
        made.step({ pre: spikes([3], time), post: spikes([2], time + 50) });
        if (time % 3 === 2) made.apply();
        return made.getParameter();
      },
    }),
  ],
  [
    'AdaptiveThreshold',
    subject({
      make: () => new learners.AdaptiveThreshold(maps, size),
      step: (made, time) => {
        made.update(spikes(image, time));
        return made.getThresholds();
      },
    }),
  ],
  [
    'ConvergenceTracker',
    subject({
      make: () => new learners.ConvergenceTracker(maps, size, { minWins: 1 }),
      step: (made, time) => {
        made.update(spikes(image, time), graded([2, 2, 1, 2], time));
        return [made.winCounts(), made.convergedMask()];
      },
    }),
  ],
  ...[true, false].map((enableHomeostasis): readonly [string, Subject] => [
    `WTAInhibition ${enableHomeostasis ? 'with' : 'without'} homeostasis`,
    subject({
      make: () => new learners.WTAInhibition({ enableHomeostasis, mode: 'both' }, maps, size),
      step: (made, time) => made.forward(spikes(image, time), graded(image, time)),
    }),
  ]),
  [
    'STDPLearner',
    subject({
      make: () => new learners.STDPLearner(),
      step: async (made, time) => [
        await made.updateWeightsForWinner(graded([2, 2, 1], time), graded([4, 4, 1], time), 0.5, 1, 1, 2),
        made.stats,
      ],
    }),
  ],
];

/** Steps from one time to another. */
async function steps({ step }: Subject, object: Stateful, from: number, to: number): Promise<void> {
  for (let time = from; time < to; time++) {
    tf.engine().startScope('step');
    await step(object, time);
    tf.engine().endScope();
  }
}

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
