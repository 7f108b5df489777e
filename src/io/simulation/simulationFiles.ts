import { packState } from '../../state/stateFile.js';
import { escapeHtml, renderPage, section } from '../reportPage.js';
import type { Simulation, SimulationState } from './simulation.js';
import { type Pictures, simulationPictures } from './simulationPictures.js';
import { type SimulationResults, simulationResults } from './simulationResults.js';

/** What a complete simulation leaves: its results, a report, pictures and the last state. No times and places: the same seed, the same files. */
export function simulationFiles(
  simulation: Simulation,
  { state, tally }: SimulationState,
): readonly [SimulationResults, ReadonlyMap<string, Uint8Array | string>] {
  const results = simulationResults(simulation, state, tally);
  const pictures = simulationPictures(tally, simulation.circuit.dt);
  return [
    results,
    new Map<string, Uint8Array | string>([
      ['results.json', `${JSON.stringify(results, null, 1)}\n`],
      ['report.html', report(simulation, results, pictures)],
      ['state.safetensors', packState(state)],
      ...pictures,
    ]),
  ];
}

/** Numbers of a report in few digits. */
const short = (value: number): string => value.toPrecision(4);

function report({ circuit }: Simulation, results: SimulationResults, pictures: Pictures): string {
  const of = (...starts: readonly string[]): readonly string[] =>
    pictures.flatMap(([file, svg]) => (starts.some((start) => file.startsWith(start)) ? [svg] : []));
  const spec = JSON.stringify(circuit, null, 1);
  return renderPage(`${results.name}: ${results.seconds} s`, facts(results), [
    section('Spikes', of('raster'), 'Nothing spiked in the last second, or no spikes were recorded.'),
    section('Rates', of('rates', 'voltage'), 'No rates were recorded.'),
    section('Intervals', of('intervals', 'variation'), 'Nothing spiked, or no spikes were recorded.'),
    section('Weights', of('weights'), 'No weights were recorded.'),
    section('Circuit', [`<pre>${escapeHtml(spec.length > 20_000 ? `${spec.slice(0, 20_000)} …` : spec)}</pre>`], ''),
  ]);
}

const facts = ({ seed, steps, populations, weights }: SimulationResults): readonly (readonly [string, string])[] => [
  ['Seed', String(seed)],
  ['Steps', String(steps)],
  ...Object.entries(populations).map(
    ([name, { size, rate, variation }]) =>
      [
        name,
        `${size} neurons, ${short(rate)} Hz${variation === null ? '' : `, variation of intervals ${short(variation)}`}`,
      ] as const,
  ),
  ...Object.entries(weights).map(
    ([name, { mean, least, greatest }]) =>
      [`w of ${name}`, `mean ${short(mean)}, ${short(least)} to ${short(greatest)}`] as const,
  ),
];
