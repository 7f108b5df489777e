import type { Kernels } from '../module/binary.js';
import type { Heap } from './heap.js';
import { drawTrains } from './spikeTrains.js';

const { fround, max, min } = Math;

type Competitive = Pick<
  Kernels,
  'filledNeurons' | 'presentImages' | 'presentWords' | 'setCompetitiveLayer' | 'setCompetitiveLearning' | 'setCompetitiveNeurons'
>;

/** assembly/competitive, one neuron at a time: each has a gi of its own from the start. Rows of w are not filled up. */
export function scalarCompetitive(heap: Heap): Competitive {
  let [inputs, neurons, steps, w, theta, preTrace, postTrace]: Parameters<Kernels['setCompetitiveLayer']> = [0, 0, 0, 0, 0, 0, 0];
  let [decayExc, decayInh, leak, push, pull, threshold, reset, refractory, inhibition] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [etaPlus, etaMinus, wMax, norm, thetaPlus, thetaDecay] = [0, 0, 0, 0, 0, 0];

  const read = (address: number, index: number): number => heap.floats[address / 4 + index] ?? 0;
  const write = (address: number, index: number, value: number): void => {
    heap.floats[address / 4 + index] = value;
  };

  /** One presentation: who fired in each step, −1 for nobody. */
  function show(events: readonly (readonly number[])[], learn: boolean): Int32Array {
    const [v, ge, gi] = [new Float32Array(neurons), new Float32Array(neurons), new Float32Array(neurons)];
    const [lastPre, lastPost] = [new Int32Array(inputs).fill(-1), new Int32Array(neurons).fill(-1)];
    let fired = -1;

    /** Advances a neuron; answers how far it is above its threshold. */
    const integrate = (i: number, step: number, spikes: readonly number[], jump: number): number => {
      const g = spikes.reduce((sum, input) => fround(sum + read(w, input * neurons + i)), fround((ge[i] ?? 0) * decayExc));
      const own = fround(fround((gi[i] ?? 0) * decayInh) + jump);
      ge[i] = g;
      gi[i] = own;
      const last = lastPost[i] ?? -1;
      if (last >= 0 && step - last <= refractory) return 0;
      const driven = fround(fround((v[i] ?? 0) + fround(push * g)) + fround(pull * own));
      const potential = fround(driven / fround(fround(leak * g) + fround(1 + fround(leak * fround(1 + own)))));
      v[i] = potential;
      return fround(potential - fround(threshold + read(theta, i)));
    };

    const depress = (step: number, spikes: readonly number[]): void =>
      lastPost.forEach((last, i) => {
        if (last < 0) return;
        const change = fround(etaMinus * read(postTrace, step - last));
        for (const input of spikes) write(w, input * neurons + i, max(fround(read(w, input * neurons + i) - change), 0));
      });

    const potentiate = (step: number, i: number): void => {
      write(theta, i, fround(read(theta, i) + thetaPlus));
      lastPre.forEach((last, input) => {
        if (last < 0) return;
        const change = fround(etaPlus * read(preTrace, step - last));
        write(w, input * neurons + i, min(fround(read(w, input * neurons + i) + change), wMax));
      });
    };

    return Int32Array.from(events, (spikes, step) => {
      const before = fired;
      let lead = 0;
      fired = -1;
      for (let i = 0; i < neurons; i++) {
        const excess = integrate(i, step, spikes, before < 0 || before === i ? 0 : inhibition);
        if (excess > lead) [fired, lead] = [i, excess];
      }
      for (const input of spikes) lastPre[input] = step;
      if (learn) depress(step, spikes);
      if (fired < 0) return fired;
      v[fired] = reset;
      lastPost[fired] = step;
      if (learn) potentiate(step, fired);
      return fired;
    });
  }

  function normalize(neuron: number): void {
    const column = Array.from({ length: inputs }, (_, input) => input * neurons + neuron);
    const sum = column.reduce((total, at) => fround(total + read(w, at)), 0);
    const factor = sum > 0 ? fround(norm / sum) : 0;
    for (const at of column) write(w, at, fround(read(w, at) * factor));
  }

  /** After a presentation. */
  function consolidate(fired: Int32Array): void {
    for (const neuron of new Set(fired.filter((i) => i >= 0))) normalize(neuron);
    for (let i = 0; i < neurons; i++) write(theta, i, fround(read(theta, i) * thetaDecay));
  }

  return {
    filledNeurons: (count) => count,
    presentWords: () => 0,
    setCompetitiveLayer: (...given) => {
      [inputs, neurons, steps, w, theta, preTrace, postTrace] = given;
    },
    setCompetitiveNeurons: (...given) => {
      [decayExc, decayInh, leak, push, pull, threshold, reset, refractory, inhibition] = given.map(fround) as typeof given;
      push = fround(leak * push);
      pull = fround(leak * pull);
    },
    setCompetitiveLearning: (...given) => {
      [etaPlus, etaMinus, wMax, norm, thetaPlus, thetaDecay] = given.map(fround) as typeof given;
    },
    presentImages: (count, images, streams, keyLow, keyHigh, tables, attempts, leastSpikes, learn, raster) => {
      for (let n = 0; n < count; n++) {
        const image = heap.bytes.subarray(images + n * inputs, images + (n + 1) * inputs);
        const [low = 0, high = 0] = heap.words.subarray(streams / 4 + 2 * n);
        for (let attempt = 0; attempt < attempts; attempt++) {
          const scales = heap.floats.subarray(tables / 4 + 256 * attempt);
          const first = attempt * Math.ceil(steps / 4) * inputs;
          const fired = show(drawTrains(image, scales, steps, first, { low, high, keyLow, keyHigh }), learn);
          heap.words.set(fired, raster / 4 + n * steps);
          if (learn) consolidate(fired);
          if (fired.filter((i) => i >= 0).length >= leastSpikes) break;
        }
      }
    },
  };
}
