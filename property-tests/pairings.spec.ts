import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixture } from '../src/conformance/fixtures.js';
import type { PairingScheme } from '../src/rules/pair/pairingSchemes.js';
import type { Rule } from '../src/rules/rule.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import { correlate } from '../src/updates/correlate.js';
import type { Delta } from '../src/updates/delta.js';
import { makeNamed, usual } from './everyRule.js';

/** What a rule asks for at each step, both sides, summed over batch and positions. */
function sidesOf(rule: Rule<object>, seed: number): tf.Tensor {
  const cases = fixture(rule, seed, 2, { reward: 1 });
  const w = cases.weights(0.2, 0.8);
  let state = rule.init(cases.shapes);
  const steps = Array.from({ length: 8 }, (_, time) => {
    const [delta, next] = rule.delta(cases.spikes(time), w, state);
    state = next;
    const side = (name: keyof Delta) => correlate(delta[name], rule.topology, w.shape, 'sum', 'test') ?? tf.zerosLike(w);
    return tf.stack([side('potentiation'), side('depression')]);
  });
  return tf.stack(steps);
}

/** More pairs count with one scheme than with the other: never less is asked for, and somewhere more. */
async function counts(make: (traceMode: PairingScheme) => Rule<object>, more: PairingScheme, less: PairingScheme) {
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 20 }), async (seed) => {
    tf.engine().startScope('property');
    const [many, few] = [sidesOf(make(more), seed), sidesOf(make(less), seed)];
    const difference = await tf.sub(many, few).data();
    const size = Math.max(...(await many.data()));
    expect(Math.min(...difference)).toBeGreaterThan(-1e-6 * size);
    expect(Math.max(...difference)).toBeGreaterThan(1e-3 * size);
    tf.engine().endScope();
  });
  await fc.assert(property, { numRuns: 2, seed: 1 });
}

const topologies: readonly (readonly [string, Topology])[] = [
  ['dense', dense],
  ['conv2d', conv2d({ pad: 1 })],
];
/** Rates of one sign each, so that one side holds one kind of pairs alone. */
const oneSided: { readonly [rule: string]: object } = {
  eligibilityStdp: { etaMinus: 0 },
  tripletStdp: { etaPostPair: 1e-3, etaPreTriplet: -1e-3 },
};
/** A trace over its largest value is not larger for being cumulative. */
const exceptions = ['fedeStdp'];
const withTraceMode = ruleNames.filter((rule) => 'traceMode' in makeNamed(rule, {}, dense).params && !exceptions.includes(rule));

describe.each(topologies)('on %s', (_, topology) => {
  it.each(withTraceMode)('%s: cumulative ≥ nearest', (rule) =>
    counts(
      (traceMode) => makeNamed(rule, { ...usual(rule, topology), ...oneSided[rule], traceMode }, topology),
      'cumulative',
      'nearest',
    ),
  );

  it.each([
    ['cumulative', 'preCentred'],
    ['nearest', 'restrictedNearest'],
    ['preCentred', 'restrictedNearest'],
  ] as const)('pairStdp: %s ≥ %s', (more, less) =>
    counts((traceMode) => makeNamed('pairStdp', { traceMode, integration: 'exact' }, topology), more, less),
  );
});
