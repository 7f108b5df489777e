import * as tf from '@tensorflow/tfjs-core';
import { randomUniform } from '../../src/core/random.js';
import * as learners from '../../src/entries/learners.js';
import { ruleFromJSON } from '../../src/rules/ruleFromJSON.js';
import { dense } from '../../src/topologies/dense.js';

/** An object of a class that carries. */
export interface Carrying {
  carry(): object;
  restore(carry: object): void;
  dispose?(): void;
}

/** An object anew, and what it does at a step: something that differs from step to step, and waits in it. */
export interface Subject<T extends Carrying = Carrying> {
  make(): T;
  step(object: T, time: number): unknown;
}
const subject = <T extends Carrying>(made: Subject<T>): Subject => made as unknown as Subject;

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

/** Every class, some in several ways. */
export const subjects: readonly (readonly [string, Subject])[] = [
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
export async function steps({ step }: Subject, object: Carrying, from: number, to: number): Promise<void> {
  for (let time = from; time < to; time++) {
    tf.engine().startScope('step');
    await step(object, time);
    tf.engine().endScope();
  }
}
