import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import { type ScalarField, sizesOf, timeAt } from './field.js';

const { abs, floor, fround, max, min } = Math;

/** assembly/latency/winners.ts, chooseWinners.ts and learnWinners.ts, one neuron at a time. */
export function scalarWinners(
  heap: Heap,
  field: ScalarField,
): Pick<Kernels, 'findWinners' | 'findWinnersWords' | 'learnWinners'> {
  /** Adds the weights of one input to all potentials that it reaches. */
  const addSpike = (place: number, weights: number, potentials: Float32Array): void => {
    const { channels, side, pad, width, maps } = field;
    const { rows, columns, filled } = sizesOf(field);
    const [y, x, channel] = [floor(place / channels / width), floor(place / channels) % width, place % channels];
    for (let tap = 0; tap < side * side; tap++) {
      const [row, column] = [y + pad - side + 1 + floor(tap / side), x + pad - side + 1 + (tap % side)];
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
      const [from, to] = [weights / 4 + (channel * side * side + tap) * filled, (row * columns + column) * maps];
      for (let map = 0; map < maps; map++)
        potentials[to + map] = fround((potentials[to + map] ?? 0) + (heap.floats[from + map] ?? 0));
    }
  };
  return {
    findWinnersWords: () => 0,
    findWinners: (times, steps, weights, threshold, wanted, radius, winners) => {
      const { rows, columns } = sizesOf(field);
      const spikes = heap.bytes.subarray(times, times + field.height * field.width * field.channels);
      const potentials = new Float32Array(rows * columns * field.maps);
      const closed = new Set<number>();
      const found: Candidate[] = [];
      for (let time = 0; time < steps && found.length < wanted; time++) {
        spikes.forEach((spike, place) => {
          if (spike === time) addSpike(place, weights, potentials);
        });
        const candidates: Candidate[] = [];
        for (let output = 0; output < rows * columns; output++) {
          const own = potentials.subarray(output * field.maps, (output + 1) * field.maps);
          const potential = own.reduce((most, value) => max(most, value), 0);
          if (closed.has(output) || potential <= fround(threshold)) continue;
          closed.add(output);
          candidates.push({ map: own.indexOf(potential), y: floor(output / columns), x: output % columns, time, potential });
        }
        candidates.sort((a, b) => b.potential - a.potential || a.map - b.map);
        for (const candidate of candidates) {
          if (found.length < wanted && !found.some((winner) => silences(winner, candidate, radius))) found.push(candidate);
        }
      }
      found.forEach(({ map, y, x, time }, index) => {
        heap.words.set([map, y, x, time], winners / 4 + 4 * index);
      });
      return found.length;
    },
    learnWinners: (times, weights, winners, count, etaPlus, etaMinus) => {
      const { channels, side } = field;
      const { filled } = sizesOf(field);
      const spikes = heap.bytes.subarray(times);
      for (let index = 0; index < count; index++) {
        const [map = 0, row = 0, column = 0, time = 0] = heap.words.subarray(winners / 4 + 4 * index);
        for (let tap = 0; tap < side * side * channels; tap++) {
          const [channel, y, x] = [floor(tap / side / side), side - 1 - (floor(tap / side) % side), side - 1 - (tap % side)];
          const early = (timeAt(field, spikes, row, column, { y, x, channel }) ?? 255) <= time;
          const at = weights / 4 + tap * filled + map;
          const w = heap.floats[at] ?? 0;
          const change = fround(fround(early ? etaPlus : -etaMinus) * fround(w * fround(1 - w)));
          heap.floats[at] = min(max(fround(w + change), 0), 1);
        }
      }
    },
  };
}

interface Candidate {
  readonly map: number;
  readonly y: number;
  readonly x: number;
  readonly time: number;
  readonly potential: number;
}

const silences = (winner: Candidate, { map, y, x }: Candidate, radius: number): boolean =>
  winner.map === map || (radius > 0 && abs(winner.y - y) <= radius && abs(winner.x - x) <= radius);
