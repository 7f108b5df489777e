import { expect, it } from 'vitest';
import * as library from '../src/entries/everything.js';
import { calls } from './calls/functions/all.js';

/** Functions that no random case is made of, and why. */
const apart: { readonly [name: string]: string } = {
  kernelsInUse: 'takes nothing',
  ready: 'the same (test/node/circuits/withoutSimd.spec.ts)',
  useKernels: 'the property itself switches kernels; a truth value is all that it takes (test/kernels/room.spec.ts)',
  useBackend: 'changes the backend under everything else (test/backends/useBackend.spec.ts)',
  StdpError: 'the error itself',
  registerTopology: 'is remembered by all calls that follow (test/topologies/wirings.spec.ts)',
  readNir: 'takes a package that only tests in Node have (test/node/formats/nir.spec.ts)',
  writeNir: 'the same',
  LearningRule: 'the base of EligibilitySTDP and FedeSTDP, which are tried',
  Trainer: 'the base of STDP, MSTDP and the others, which are tried',
};

const functions = Object.entries(library).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
/** `scan(stepOf(pairStdp))` and `pairStdp, donated` are calls of functions too. */
const tried = new Set(calls.flatMap(({ name }) => name.match(/\w+/g) ?? []));

it('every public function is tried with random arguments, or stands apart with a reason', () => {
  expect(functions.filter((name) => !tried.has(name) && !(name in apart))).toEqual([]);
});

it('nothing stands apart that is tried after all, or is no function any more', () => {
  expect(Object.keys(apart).filter((name) => tried.has(name) || !functions.includes(name))).toEqual([]);
});
