import { brunel } from 'tfjs-stdp/circuits';
import { rateOf, runFor } from './circuits.mjs';
import { short, within } from './measure.mjs';

/** e^{x²}·erfc(x), as Numerical Recipes approximate it. */
function scaledErfc(x) {
  if (x < 0) return 2 * Math.exp(x * x) - scaledErfc(-x);
  const t = 1 / (1 + x / 2);
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
  ];
  return t * Math.exp(terms.reduceRight((sum, term) => sum * t + term, 0));
}

/** The rate at which neurons fire that all fire at a rate, Hz: equations 21 and 27 of the paper, for g and the external rate. */
function response(rate, g, external) {
  const [tau, threshold, reset, jump, refractory, inputs, inhibitory] = [0.02, 20, 10, 0.1, 0.002, 1000, 0.25];
  const outside = (external * threshold) / (jump * inputs * tau);
  const mean = inputs * jump * tau * (outside + rate * (1 - inhibitory * g));
  const sigma = Math.sqrt(inputs * jump * jump * tau * (outside + rate * (1 + inhibitory * g * g)));
  const [from, to, cells] = [(reset - mean) / sigma, (threshold - mean) / sigma, 2000];
  let integral = 0;
  for (let cell = 0; cell < cells; cell++) integral += scaledErfc(-(from + ((cell + 0.5) * (to - from)) / cells));
  return 1 / (refractory + (tau * Math.sqrt(Math.PI) * integral * (to - from)) / cells);
}

/** The rate that keeps itself. */
function theory(g, external) {
  let [low, high] = [0, 500];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (response(middle, g, external) > middle) low = middle;
    else high = middle;
  }
  return low;
}

export const brunelRow = {
  name: 'Brunel 2000',
  rules: [],
  source: 'Brunel 2000, equations 21 and 27; figure 8C has 37.7 Hz for g 5 and 2',
  run({ short: small }) {
    const seconds = small ? 0.2 : 1;
    const seeds = small ? [1] : [1, 2, 3];
    const cases = small
      ? [[5, 2]]
      : [
          [5, 2],
          [6, 2],
          [8, 2],
        ];
    return cases.map(([g, external]) => {
      const expected = theory(g, external);
      const rates = seeds.map((seed) => {
        const circuit = brunel({ seed, g, external });
        const [settled] = runFor(circuit, 0.2);
        return rateOf(runFor(circuit, seconds, settled)[1], 'e', 10_000, seconds);
      });
      const what = `g ${g}, ${external} times the threshold's rate from outside: rate, Hz`;
      return {
        what,
        published: `${short(expected)} (its theory)`,
        ours: rates.map((rate) => short(rate)).join(', '),
        seeds: seeds.length,
        holds: rates.every((rate) => within(rate, 0.85 * expected, 1.15 * expected)),
      };
    });
  },
};
