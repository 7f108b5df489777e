import { randomUint32 } from '../../src/core/random.js';
import type { CompetitiveConstants, CompetitiveWeights } from '../../src/kernels/host/competitiveLayer.js';

/** A law whose pixels spike, when white, with these probabilities in a step: one for each attempt. */
export function lawOf(inputs: number, neurons: number, steps: number, probabilities: readonly number[]): CompetitiveConstants {
  const trace = (tau: number) => Float32Array.from({ length: steps + 1 }, (_, step) => Math.exp(-step / tau));
  return {
    inputs,
    neurons,
    steps,
    neuron: [Math.exp(-1), Math.exp(-0.5), 0.01, 65, -35, 1.5, 0, 5, 40],
    learning: [0.05, 0.01, 1, inputs / 10, 0.05, 0.999],
    preTrace: trace(20),
    postTrace: trace(15),
    scales: Float32Array.from({ length: 256 * probabilities.length }, (_, at) => {
      const p = ((at % 256) / 255) * (probabilities[Math.floor(at / 256)] ?? 0);
      return p === 0 ? -1e38 : 1 / Math.log2(1 - p);
    }),
    leastSpikes: 5,
  };
}

/** Spikes of every pixel in each step of an attempt, by the definition of the stream: a block of four draws at a time. */
function drawInput(
  { inputs, steps, scales }: CompetitiveConstants,
  image: Uint8Array,
  attempt: number,
  seed: number,
  stream: number,
): readonly (readonly boolean[])[] {
  const blocks = Math.ceil(steps / 4) * inputs;
  const words = randomUint32(4 * blocks * (attempt + 1), { seed, stream }).subarray(4 * blocks * attempt);
  const spikes = Array.from({ length: steps }, () => new Array<boolean>(inputs).fill(false));
  image.forEach((level, pixel) => {
    let step = 0;
    for (let draw = 0; level > 0 && step < steps; draw++) {
      const word = words[4 * (pixel + inputs * Math.floor(draw / 4)) + (draw % 4)] ?? 0;
      step += Math.floor(Math.log2(((word >>> 8) + 1) / 2 ** 24) * (scales[256 * attempt + level] ?? 0));
      const now = spikes[step];
      if (now !== undefined) now[pixel] = true;
      step++;
    }
  });
  return spikes;
}

/** One image by the equations, in double precision, synapse by synapse. Changes `weights` and `theta` in place. */
export function presentByHand(
  constants: CompetitiveConstants,
  { weights, theta }: { readonly weights: Float64Array; readonly theta: Float64Array },
  image: Uint8Array,
  seed: number,
  stream: number,
  learn: boolean,
): readonly number[] {
  const { inputs, neurons } = constants;
  const [decayExc, decayInh, a, excReversal, inhReversal, threshold, reset, pause, inhibition] = constants.neuron;
  const [etaPlus, etaMinus, wMax, norm, thetaPlus, thetaDecay] = constants.learning;
  const all = (length: number) => Array.from({ length }, (_, index) => index);
  const at = (values: ArrayLike<number>, index: number) => values[index] ?? Number.NaN;
  let raster: number[] = [];
  for (let attempt = 0; attempt < constants.scales.length / 256; attempt++) {
    const input = drawInput(constants, image, attempt, seed, stream);
    const [v, ge, gi] = [new Float64Array(neurons), new Float64Array(neurons), new Float64Array(neurons)];
    const [tPre, tPost] = [new Int32Array(inputs).fill(-1), new Int32Array(neurons).fill(-1)];
    raster = [];
    for (const [step, spikes] of input.entries()) {
      const before = raster.at(-1) ?? -1;
      const excess = all(neurons).map((i) => {
        ge[i] = at(ge, i) * decayExc + all(inputs).reduce((sum, j) => sum + (spikes[j] ? at(weights, j * neurons + i) : 0), 0);
        gi[i] = at(gi, i) * decayInh + (before >= 0 && before !== i ? inhibition : 0);
        if (at(tPost, i) >= 0 && step - at(tPost, i) <= pause) return 0;
        v[i] = (at(v, i) + a * (excReversal * at(ge, i) + inhReversal * at(gi, i))) / (1 + a * (1 + at(ge, i) + at(gi, i)));
        return at(v, i) - threshold - at(theta, i);
      });
      const most = Math.max(0, ...excess);
      const fired = most > 0 ? excess.indexOf(most) : -1;
      for (const j of all(inputs)) {
        if (!spikes[j]) continue;
        tPre[j] = step;
        for (const i of all(neurons)) {
          if (!learn || at(tPost, i) < 0) continue;
          const change = etaMinus * at(constants.postTrace, step - at(tPost, i));
          weights[j * neurons + i] = Math.max(0, at(weights, j * neurons + i) - change);
        }
      }
      raster.push(fired);
      if (fired < 0) continue;
      v[fired] = reset;
      tPost[fired] = step;
      if (!learn) continue;
      theta[fired] = at(theta, fired) + thetaPlus;
      for (const j of all(inputs)) {
        if (at(tPre, j) < 0) continue;
        const change = etaPlus * at(constants.preTrace, step - at(tPre, j));
        weights[j * neurons + fired] = Math.min(wMax, at(weights, j * neurons + fired) + change);
      }
    }
    if (learn) {
      for (const i of new Set(raster.filter((neuron) => neuron >= 0))) {
        const sum = all(inputs).reduce((total, j) => total + at(weights, j * neurons + i), 0);
        for (const j of all(inputs)) weights[j * neurons + i] = (at(weights, j * neurons + i) * norm) / sum;
      }
      theta.forEach((value, i) => {
        theta[i] = value * thetaDecay;
      });
    }
    if (raster.filter((neuron) => neuron >= 0).length >= constants.leastSpikes) break;
  }
  return raster;
}

/** Copies in double precision. */
export const doubled = ({ weights, theta }: CompetitiveWeights) => ({
  weights: Float64Array.from(weights),
  theta: Float64Array.from(theta),
});
