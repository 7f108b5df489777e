import { vogels2011 } from 'tfjs-stdp/circuits';
import { addToTally, emptyTally, variations } from '../../dist/circuits/tally.js';
import { rateOf, runFor } from './circuits.mjs';
import { mean, short, within } from './measure.mjs';

/** A second without learning, then so many with it: rates, the last of them, and how irregular intervals were in the last ten. */
function balance(seed, targetRate, seconds, tell) {
  const quiet = vogels2011({ seed, eta: 0 });
  const learning = vogels2011({ seed, targetRate });
  const [first, before] = runFor(quiet, 1);
  let state = first;
  let [tally, rate] = [emptyTally(learning), 0];
  const last = Math.min(10, seconds / 2);
  for (let second = 1; second <= seconds; second++) {
    const [next, records] = runFor(learning, 1, state);
    state = next;
    rate = rateOf(records, 'e', 8000, 1);
    if (second > seconds - last) tally = addToTally(tally, records, state.step);
    if (second % 10 === 0) tell(`seed ${seed}, ρ₀ ${targetRate}: ${rate.toFixed(2)} Hz after ${second} s`);
  }
  const { count } = tally.populations.e;
  const variation = mean(variations(tally.populations.e).filter(Number.isFinite));
  return { before: rateOf(before, 'e', 8000, 1), after: count / 8000 / last, variation };
}

export const vogelsRow = {
  name: 'Vogels 2011',
  rules: ['vogelsStdp'],
  source: 'Vogels, Sprekeler, Zenke, Clopath and Gerstner 2011',
  run({ short: small, tell }) {
    const seeds = small ? [1] : [1, 2, 3];
    const five = seeds.map((seed) => balance(seed, 5, small ? 12 : 60, tell));
    const three = small ? [] : seeds.map((seed) => balance(seed, 3, 30, tell));
    const results = (what, published, values, holds) => ({
      what,
      published,
      ours: values.map((value) => short(value)).join(', '),
      seeds: seeds.length,
      holds: values.every(holds),
    });
    const rates = (runs) => runs.map(({ after }) => after);
    return [
      results(
        'Hz of excitatory neurons without learning',
        'about 160',
        five.map(({ before }) => before),
        (rate) => within(rate, 150, 170),
      ),
      small
        ? results('ρ₀ 5 Hz: their rate after 12 s', '5 to 9', rates(five), (rate) => within(rate, 5, 9))
        : results('ρ₀ 5 Hz: their rate by 60 s', '5 to 7', rates(five), (rate) => within(rate, 5, 7)),
      ...(small
        ? []
        : [
            results('ρ₀ 3 Hz: their rate by 30 s', '3.5 to 4.5', rates(three), (rate) => within(rate, 3.5, 4.5)),
            results(
              'coefficient of variation of intervals',
              '≥ 0.85',
              [...five, ...three].map(({ variation }) => variation),
              (value) => value >= 0.85,
            ),
          ]),
    ];
  },
};
