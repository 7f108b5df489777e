import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import { tensorsOf } from '../../src/core/trees.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { symmetricStdp } from '../../src/rules/pair/symmetricStdp.js';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import { vogelsStdp } from '../../src/rules/pair/vogelsStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import { runs } from '../target.js';
import { spikes, uniform } from './layers.js';

/** Rules of one state, which may work on the same weights in turn. */
const makers: readonly ((bounds: object) => Rule<StdpState>)[] = [
  (bounds) => pairStdp({ etaPlus: 0.4, etaMinus: 0.3, ...bounds }),
  (bounds) => twoFactorStdp({ etaPost: 0.4, etaPre: -0.3, ...bounds }) as Rule<StdpState>,
  (bounds) => symmetricStdp({ eta: 0.4, alpha: 0.9, ...bounds }),
  (bounds) => vogelsStdp({ eta: 0.4, targetRate: 20, ...bounds }),
];

const bounds = fc.record({ wMin: fc.constantFrom(0, -1), wMax: fc.constantFrom(0.6, 1, 3), hardBound: fc.boolean() });
const rule = fc.tuple(fc.constantFrom(...makers), bounds).map(([make, given]) => make(given));
const turns = fc.record({ rules: fc.array(rule, { minLength: 2, maxLength: 8 }), seed: fc.nat() });

it('rules with bounds of their own that take turns on the same weights give the same bits donated', () =>
  fc.assert(
    fc.asyncProperty(turns, async ({ rules, seed }) => {
      const run = async (donate: boolean) => {
        let [w, state]: [tf.Tensor, StdpState] = [uniform([6, 5], seed), { tPre: tf.zeros([6]), tPost: tf.zeros([5]) }];
        for (const [step, { step: next }] of rules.entries()) {
          const input = {
            pre: spikes([6], 0.3, false, fork(seed, 2 * step)),
            post: spikes([5], 0.3, false, fork(seed, 2 * step + 1)),
          };
          [w, state] = next(input, w, state, { donate });
        }
        return Promise.all(tensorsOf([w, state]).map((tensor) => tensor.data()));
      };
      expect(await run(true)).toEqual(await run(false));
    }),
    { numRuns: runs(60), seed: 1 },
  ));
