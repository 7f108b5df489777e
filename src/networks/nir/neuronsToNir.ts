import { at } from '../../core/at.js';
import { ensure, orThrow, StdpError } from '../../core/errors.js';
import { entriesOf, type Numeric } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { countOf } from '../../formats/arrays/elements.js';
import type { FileArray } from '../../formats/arrays/fileArray.js';
import type { NirNode } from '../../formats/nir/nirGraph.js';
import { validateIntegrateAndFireParams } from '../../neurons/integrateAndFire.js';
import { validateLeakyIntegratorParams } from '../../neurons/leakyIntegrator.js';
import { validateLifParams } from '../../neurons/lif.js';
import { validateRefractoryLifParams } from '../../neurons/refractoryLif.js';
import type { NirNeurons } from './nirLayers.js';
import type { NirTime } from './nodeContext.js';

/** An array of double precision. */
export const doubles = (shape: readonly number[], values: ArrayLike<number>): FileArray => ({
  dtype: 'float64',
  shape,
  data: Float64Array.from(values),
});

/**
 * Neurons of ours as a node, with an array of the layer's full shape (channels first) for each parameter.
 *
 * @throws {StdpError} that says what of them NIR has no word for.
 */
export function neuronNode(layer: NirNeurons, shape: readonly number[], time: NirTime, where: string, argument: string): NirNode {
  const refuse = (condition: boolean, part: string, problem: string) =>
    ensure(condition, where, `${argument}.params.${part}`, () => problem);
  const full = (value: Numeric, change = (entry: number) => entry): FileArray => {
    const given = entriesOf(value);
    ensure(given !== undefined, where, `${argument}.params`, () => 'hold a tensor that lies on a device: give numbers or lists');
    const perNeuron = countOf(shape) / at(shape, 0);
    const fits = given.length === 1 || given.length === at(shape, 0);
    ensure(
      fits,
      where,
      `${argument}.params`,
      () => `hold ${given.length} values, the layer has ${at(shape, 0)} neurons or channels`,
    );
    const entry = (_: unknown, index: number) => change(at(given, given.length === 1 ? 0 : Math.floor(index / perNeuron)));
    return doubles(shape, Array.from({ length: countOf(shape) }, entry));
  };
  const timed = (dt: number) => {
    const own = { s: time.dt * 1000, ms: time.dt, steps: dt }[time.unit];
    const isSame = Math.abs(own - dt) <= 1e-9 * dt;
    refuse(isSame, 'dt', `is ${dt} ms, the graph has dt = ${time.dt} ${time.unit}`);
    return (tau: number): number => (tau / dt) * time.dt;
  };
  const { neuron }: { readonly neuron: unknown } = layer;
  switch (layer.neuron) {
    case 'integrateAndFire': {
      const { vTh, reset } = orThrow(validateIntegrateAndFireParams(layer.params));
      refuse(reset === 'zero', 'reset', `is '${reset}', which NIR can't say: its neurons go to v_reset`);
      return { type: 'IF', params: { r: full(1 / time.dt), v_threshold: full(vTh), v_reset: full(0) } };
    }
    case 'li':
    case 'lif': {
      const fires = layer.neuron === 'lif' && orThrow(validateLifParams(layer.params));
      const { tauSyn, tauMem, vLeak, dt } = fires || orThrow(validateLeakyIntegratorParams(layer.params));
      const scaled = timed(dt);
      refuse(
        (entriesOf(tauSyn) ?? []).every(Number.isFinite),
        'tauSyn',
        "is Infinity: a current that never decays can't be said in NIR",
      );
      const membrane = { tau_syn: full(tauSyn, scaled), tau_mem: full(tauMem, scaled), r: full(1), v_leak: full(vLeak) };
      // A spike adds 1 to our current, and w_in·dt/τ_syn to that of NIR.
      const w_in = full(tauSyn, (tau) => tau / dt);
      if (!fires) return { type: 'CubaLI', params: { ...membrane, w_in } };
      return { type: 'CubaLIF', params: { ...membrane, w_in, v_threshold: full(fires.vTh), v_reset: full(fires.vReset) } };
    }
    case 'refractoryLif': {
      const { dt, tauMem, integration, gain, vRest, vReset, vTh, tauRefractory } = orThrow(
        validateRefractoryLifParams(layer.params),
      );
      const scaled = timed(dt);
      refuse(tauRefractory === 0, 'tauRefractory', `is ${tauRefractory} ms, and NIR has no refractory time`);
      const taus = entriesOf(tauMem) ?? [];
      refuse(taus.every(Number.isFinite), 'tauMem', 'is Infinity: neurons that never leak are integrateAndFire');
      // 'exact' decays by exp(−dt/τ): a Euler step does that with this τ.
      const eulers = integration === 'exact' ? (tau: number) => dt / -Math.expm1(-dt / tau) : (tau: number) => tau;
      const own = full(tauMem, (tau) => scaled(eulers(tau)));
      const gains = full(gain);
      const r =
        integration === 'exact'
          ? doubles(
              shape,
              (own.data as Float64Array).map((tau, i) => (tau / time.dt) * Number(gains.data[i])),
            )
          : gains;
      // Ours fire on the threshold too, those of NIR above it.
      const params = { tau: own, r, v_leak: full(vRest), v_threshold: full(vTh, justBelow), v_reset: full(vReset) };
      return { type: 'LIF', params };
    }
    default:
      throw new StdpError(
        where,
        `${argument}.neuron`,
        `must be 'lif', 'li', 'integrateAndFire' or 'refractoryLif', got ${show(neuron)}`,
      );
  }
}

/** The next lower number that float32 has. */
function justBelow(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  if (Math.fround(value) === 0) return -(2 ** -126);
  bits[0] = at(bits, 0) + (value > 0 ? -1 : 1);
  return at(new Float32Array(bits.buffer), 0);
}
