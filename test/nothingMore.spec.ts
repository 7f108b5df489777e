import { expect, it } from 'vitest';
import * as library from '../src/entries/everything.js';

/** Functions that stand apart, and why. */
const apart: { readonly [name: string]: string } = {
  ...Object.fromEntries(
    [
      ...['orThrow', 'randomGenerator', 'getFiringRates', 'resetFiringStatistics'],
      ...['tensorToJSON', 'tensorFromJSON', 'recordToJSON', 'recordFromJSON', 'ruleFromJSON', 'topologyFromJSON'],
    ].map((name) => [name, 'of one argument: lists are mapped with it, and map gives the index too']),
  ),
  countOutcome: 'lists are reduced by it, and reduce gives the index too',
  spikeAgesStep: 'lists are reduced by it, and reduce gives the index too',
  StdpError: 'the error itself',
};

type Public = (...given: readonly unknown[]) => unknown;

/** Trainers and rules by layers tell first of parameters that are given one after the other; test/learners/arguments.spec.ts tries them. */
const isLearner = ({ prototype }: Public): boolean =>
  [library.Trainer, library.LearningRule].some((base) => prototype === base.prototype || prototype instanceof base);

/** What answers an error in place of throwing it. */
const validates = (name: string): boolean => name.startsWith('validate');

const functions = Object.entries(library).flatMap(([name, value]) =>
  typeof value === 'function' ? [[name, value as unknown as Public] as const] : [],
);

/** Whatever else is wrong, what comes beyond the last argument is looked at first. So more than any function takes is enough. */
it.each(functions.filter(([name, made]) => !(name in apart || validates(name) || isLearner(made))))(
  '%s refuses more than it takes',
  async (name, made) => {
    const many = Array.from({ length: 20 }, () => name);
    const call = async () => await (String(made).startsWith('class') ? Reflect.construct(made, many) : made(...many));
    await expect(call()).rejects.toThrow(`${name}: a further argument is not taken, got "${name}": `);
  },
);

it('nothing stands apart that is no function any more', () => {
  const names = functions.map(([name]) => name);
  expect(Object.keys(apart).filter((name) => !names.includes(name))).toEqual([]);
});
