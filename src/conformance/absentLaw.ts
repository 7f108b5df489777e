import * as tf from '@tensorflow/tfjs-core';
import { scan } from '../core/scan.js';
import { stepOf } from '../rules/stepOf.js';
import { expectEqual, numbers } from './expect.js';
import { type Trial, trainsOf } from './trial.js';

const times = [0, 1, 2, 3];

/** Of topologies of which some synapses don't exist: their weights stay what they are, also outside the bounds. */
export const absentLaws = {
  'absent synapses keep their weights': async (trial: Trial) => {
    const cases = trial.cases(2);
    const { exists } = trial.rule.topology;
    if (exists === undefined) return;
    const { w, state } = trial.start(cases);
    const mask = tf.cast(exists(w.shape), 'bool');
    const beyond = tf.fill(w.shape, trial.high + 3);
    const start = (): tf.Tensor => tf.where(mask, w, beyond);
    const absent = (weights: tf.Tensor) => numbers(tf.where(mask, tf.zerosLike(weights), weights));
    const wanted = await absent(start());
    expectEqual(await absent(trial.advance({ w: start(), state }, cases, 0, times.length).w), wanted, 0, 'w');
    let given = { w: start(), state: trial.rule.init(cases.shapes) };
    for (const time of times) given = trial.step(cases.spikes(time), given, { donate: true });
    expectEqual(await absent(given.w), wanted, 0, 'w of donated steps');
    const train = trainsOf(times.map((time) => cases.spikes(time)));
    const [[last]] = scan(stepOf(trial.rule), [start(), state], train);
    expectEqual(await absent(last), wanted, 0, 'w of a scan');
  },
} as const;
