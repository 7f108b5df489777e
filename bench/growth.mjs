// How the time of a step grows with the number of synapses and with the share of neurons that spike.
import { lineChart } from '../dist/io/plots/plots.js';
import { ourForms } from './ours.mjs';
import { measure, median, timerOf } from './rounds.mjs';

const forms = ['donated', 'pure', 'scan'];
const sides = [64, 128, 256, 512, 1024, 2048, 4096];
const shares = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

async function times(work, rounds) {
  const made = ourForms({ batch: 1, ...work }, forms);
  const measured = await measure(Object.fromEntries(made.map((form) => [form.name, timerOf(form)])), rounds);
  for (const form of made) form.stop();
  return Object.fromEntries(forms.map((name) => [name, median(measured[name])]));
}

/** Two pictures as SVG, and the numbers behind them. */
export async function growth(rounds) {
  const bySize = [];
  for (const side of sides) bySize.push([side * side, await times({ pre: side, post: side, density: 0.05 }, rounds)]);
  const byShare = [];
  for (const density of shares) byShare.push([100 * density, await times({ pre: 4096, post: 4096, density }, rounds)]);
  const series = (points) => forms.map((name) => ({ name, points: points.map(([x, time]) => [x, time[name]]) }));
  const shared = { yLabel: 'ms a step', logarithmic: true };
  return {
    byShare,
    pictures: {
      'growth-synapses.svg': lineChart({ title: '5 % spikes', xLabel: 'synapses', series: series(bySize), ...shared }),
      'growth-spikes.svg': lineChart({
        title: '4096 × 4096',
        xLabel: '% of neurons that spike',
        series: series(byShare),
        ...shared,
      }),
    },
  };
}
