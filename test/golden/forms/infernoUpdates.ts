import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { LinearHomeostasis } from '../../../src/learners/linearHomeostasis.js';
import { boundedChange, boundLower, boundUpper, fullBound } from '../../../src/updates/parameterBounds.js';
import { applyUpdates, collect, noUpdates } from '../../../src/updates/updater.js';
import { expectClose, mended } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as bounds from '../loops/infernoBounds.js';
import { homeostasis } from '../loops/infernoParts.js';
import { sizeOf } from '../loops/numbers.js';
import { unmetered } from '../meter.js';
import { boundName, linearHomeostasis } from '../peers/inferno.js';
import { at } from '../series.js';

async function bounding(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const { min, max, range } = params;
  const [param, pos, neg] = [goldenTensor(inputs.param), goldenTensor(inputs.pos), goldenTensor(inputs.neg)];
  // A fractional power beyond its limit is 0 here, and NaN in the peer.
  const asThePeer = bounds.boundingFunctions(unmetered(golden));
  const right = bounds.boundingFunctions(unmetered(golden), (factor) => (Number.isNaN(factor) ? 0 : factor));
  for (const name of Object.keys(right) as (keyof typeof right)[]) {
    const wanted = mended(expected[name], asThePeer[name], right[name]);
    const [, side, kind = '', special] = /^(upper|lower|full)_(.*?)(?:_(half|maxonly|minonly))?$/.exec(name) ?? [];
    const bound = boundName(kind);
    const [limits, exponent] = [
      { min: special === 'maxonly' ? null : min, max: special === 'minonly' ? null : max },
      special === 'half' ? params.half_power : params[`${side}_power`],
    ];
    if (side === 'upper') await expectClose(boundUpper(param, pos, { bound, limit: max, exponent, range }), wanted);
    else if (side === 'lower') await expectClose(boundLower(param, neg, { bound, limit: min, exponent, range }), wanted);
    else await expectClose(boundedChange(param, pos, neg, fullBound({ bound, ...limits })), wanted);
  }
  // Full powers: Inferno hands the exponents over wrongly and crashes.
  const [exponentUpper, exponentLower] = [params.upper_power, params.lower_power];
  for (const [name, wanted] of Object.entries(bounds.fullPowers(unmetered(golden)))) {
    const both = fullBound({ bound: boundName(name), min, max, exponentUpper, exponentLower });
    await expectClose(boundedChange(param, pos, neg, both), wanted);
  }
}

/**
 * Inferno hands the depressive part over with its negative sign and subtracts it: its parameters only ever rise.
 * `…_documented` is the rule as its documentation has it, p + pos + neg, and ours.
 */
async function homeostatic(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const name: 'weight' | 'delay' | 'bias' = params.param;
  const order = name === 'bias' ? undefined : [1, 0];
  const rule = linearHomeostasis.rule(golden);
  // A bias is the weight of an input that always fires.
  const shaped = (found: GoldenTensor) => (name === 'bias' ? tf.expandDims(goldenTensor(found), 0) : goldenTensor(found, order));
  const [steps, batch, outs] = inputs.post.shape;
  const start = shaped(inputs[name]);
  if (typeof params.target === 'object') expect(sizeOf(params.target.shape)).toBe(outs);
  const shapes = { pre: [batch, start.shape[0] ?? 1], post: [batch, outs], w: start.shape };
  const trainer = new LinearHomeostasis(rule.params);
  const cell = trainer.registerCell('outputs', { ...shapes, w: start });
  let [w, asThePeer, state] = [start, start, rule.init(shapes)];
  for (let time = 0; time < steps; time++) {
    const pre = name === 'bias' ? tf.ones([batch, 1]) : goldenTensor(at(inputs.pre, time));
    const input = { pre, post: goldenTensor(at(inputs.post, time)) };
    const { positive, negative } = collect(noUpdates, rule.delta(input, w, state)[0], w, rule.topology, rule.update);
    const [up, down] = [shaped(at(expected.pos, time)), shaped(at(expected.neg, time))];
    const sum = (side: readonly tf.Tensor[]) => side.reduce((total, next) => tf.add(total, next), tf.zerosLike(w));
    await expectZero(tf.sub(sum(positive), up));
    await expectZero(tf.add(sum(negative), down));
    asThePeer = applyUpdates(asThePeer, { positive: [...positive, ...negative], negative: [] });
    [w, state] = rule.step(input, w, state);
    trainer.step(cell, input);
    trainer.apply();
    for (const [found, series] of [
      [w, expected[`${name}_documented`]],
      [cell.getParameter(), expected[`${name}_documented`]],
      [asThePeer, expected[name]],
    ] as const)
      await expectClose(name === 'bias' ? tf.squeeze(found, [0]) : found, at(series, time), undefined, order);
  }
  trainer.dispose();
}

const expectZero = async (found: tf.Tensor): Promise<void> => {
  expect(Number((await tf.max(tf.abs(found)).data())[0])).toBeLessThan(1e-6);
};

export const forms: readonly Form[] = [
  { cases: 'inferno_fn__bounding', check: bounding, loops: bounds.bounding },
  {
    cases: linearHomeostasis.cases,
    check: homeostatic,
    loops: homeostasis,
    unread: ({ params }) => ({
      'params.dt': 'the rates are per step',
      ...(params.param === 'bias' && { 'inputs.pre': 'a bias has no inputs' }),
    }),
  },
];
