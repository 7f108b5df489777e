import { masquelier2008, masquelierInput } from 'tfjs-stdp/circuits';
import { again, detections } from '../../dist/papers/circuits/masquelier2008.js';
import { live } from './circuits.mjs';
import { mean, percent, short } from './measure.mjs';

/** Three times the same input; how well the pattern was told in the last third. */
function learns(seed, traceMode, input, tell) {
  const { records: _, ...bare } = masquelier2008({ seed, traceMode });
  const circuit = { ...bare, records: { spikes: ['cell'] } };
  const spikes = [];
  live(
    circuit,
    again(() => input, circuit.dt),
    (3 * input.steps * circuit.dt) / 1000,
    {
      look: (_, records) => {
        spikes.push(...records.spikes.cell.step);
      },
    },
  );
  const found = detections(spikes, input, 2 * input.steps, 3 * input.steps, circuit.dt);
  const success = found.hits > 0.98 && found.falseAlarms === 0 && found.latency < 10;
  tell(
    `seed ${seed}, ${traceMode}: ${spikes.length} spikes; hits ${percent(found.hits, 1)}, ${found.falseAlarms} false alarms, ${short(found.latency)} ms`,
  );
  return { ...found, success, silent: Number.isNaN(found.latency) };
}

export const masquelierRow = {
  name: 'Masquelier 2008',
  rules: ['pairStdp'],
  source: 'Masquelier, Guyonneau and Thorpe 2008; Hathway and Goodman 2018',
  run({ short: small, tell }) {
    if (small) {
      const { hits, falseAlarms, latency } = learns(1, 'restrictedNearest', masquelierInput({ seed: 1, seconds: 15 }), tell);
      return [
        {
          what: 'after 45 s: hits, false alarms, latency',
          published: '> 98 %, 0, < 10 ms',
          ours: `${percent(hits, 1)}, ${falseAlarms}, ${short(latency)} ms`,
          seeds: 1,
          holds: hits > 0.9 && latency < 15,
        },
      ];
    }
    // Of the first three seeds also the schemes that fail, on the same input, which takes longer to draw than to learn from.
    const failing = ['nearest', 'cumulative'];
    const all = Array.from({ length: 25 }, (_, index) => {
      const seed = index + 1;
      const input = masquelierInput({ seed });
      const modes = ['restrictedNearest', ...(seed <= 3 ? failing : [])];
      return Object.fromEntries(modes.map((traceMode) => [traceMode, learns(seed, traceMode, input, tell)]));
    });
    const runs = all.map(({ restrictedNearest }) => restrictedNearest);
    const good = runs.filter(({ success }) => success);
    return [
      {
        what: 'restricted nearest: seeds with hits > 98 %, no false alarm, latency < 10 ms',
        published: '≥ 96 of 100',
        ours: `${good.length} of ${runs.length}; hits ${percent(mean(good.map(({ hits }) => hits)), 1)}, ${short(mean(good.map(({ latency }) => latency)))} ms`,
        seeds: runs.length,
        holds: good.length >= 0.96 * runs.length,
      },
      ...failing.map((traceMode) => {
        const tried = all.slice(0, 3).map((modes) => modes[traceMode]);
        const count = (is) => tried.filter(is).length;
        return {
          what: `${traceMode}: seeds that succeed`,
          published: 'none',
          ours: `${count(({ success }) => success)} of 3 (${count(({ silent }) => silent)} silent)`,
          seeds: 3,
          holds: count(({ success }) => success) === 0,
        };
      }),
    ];
  },
};
