import { ensure } from '../../core/errors.js';
import type { CompetitiveConstants } from '../../kernels/host/competitiveLayer.js';
import type { PoissonInputSpec } from './competitiveParts.js';
import type { CompetitiveSpec } from './competitiveSpec.js';

/** Steps of a presentation, at most. */
const maxSteps = 2 ** 20;
/** Synapses of a layer, at most: 1 GiB. */
const maxSynapses = 2 ** 28;
/** Values of a pixel. */
const levels = 256;

/**
 * A network's numbers by step, for images of so many pixels.
 *
 * @param where  who refuses.
 * @throws {StdpError} when a presentation has no step or too many, there is no room for the synapses, or their weights can't
 *   reach the sum `norm`.
 */
export function competitiveConstants(
  { dt, input, layer, learning }: CompetitiveSpec,
  pixels: number,
  where = 'competitiveLaw',
): CompetitiveConstants {
  const steps = Math.round(input.duration / dt);
  ensure(
    steps >= 1 && steps <= maxSteps,
    where,
    'network.input.duration',
    () => `must be from 1 to ${maxSteps} steps of ${dt} ms, got ${input.duration} ms`,
  );
  ensure(
    pixels * layer.neurons <= maxSynapses,
    where,
    'network.layer.neurons',
    () => `must be at most ${Math.floor(maxSynapses / pixels)} for ${pixels} pixels, got ${layer.neurons}`,
  );
  ensure(
    learning.norm <= pixels * learning.wMax,
    where,
    'network.learning.norm',
    () => `can't be ${learning.norm}: ${pixels} weights up to ${learning.wMax} don't add up to it`,
  );
  const decay = (tau: number, time = dt): number => Math.exp(-time / tau);
  const trace = (tau: number) => Float32Array.from({ length: steps + 1 }, (_, step) => decay(tau, step * dt));
  return {
    inputs: pixels,
    neurons: layer.neurons,
    steps,
    neuron: [
      decay(layer.tauExc),
      decay(layer.tauInh),
      dt / layer.tauMembrane,
      layer.excReversal,
      layer.inhReversal,
      layer.threshold,
      layer.reset,
      Math.min(Math.round(layer.refractory / dt), steps),
      layer.inhibition,
    ],
    learning: [
      learning.etaPlus,
      learning.etaMinus,
      learning.wMax,
      learning.norm,
      layer.thetaPlus,
      decay(layer.tauTheta, input.duration + input.rest),
    ],
    preTrace: trace(learning.tauPre),
    postTrace: trace(learning.tauPost),
    scales: waitingScales(input, dt),
    leastSpikes: input.minSpikes,
  };
}

/** 1 / log2(1 − p) of every attempt and level: what turns log2 of an even random number into steps without a spike. */
const waitingScales = ({ maxRate, retryRate, maxRetries }: PoissonInputSpec, dt: number): Float32Array =>
  Float32Array.from({ length: levels * (maxRetries + 1) }, (_, index) => {
    const share = (index % levels) / (levels - 1);
    const rate = maxRate + Math.floor(index / levels) * retryRate;
    return waitingScale(Math.min(1, (share * rate * dt) / 1000));
  });

/** Finite for p = 0 too, so that nothing becomes of 0 · ∞. */
const waitingScale = (p: number): number => Math.max(Math.LN2 / Math.log1p(-p), -1e38);
