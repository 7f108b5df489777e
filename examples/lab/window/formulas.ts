import type { Params } from './protocol.js';

/** What one step asks of a weight: a potentiation and a depression. */
export interface Change {
  readonly plus: number;
  readonly minus: number;
}

/** Signed changes by their direction. */
export const signed = (...changes: readonly number[]): Change => ({
  plus: changes.reduce((sum, change) => sum + Math.max(0, change), 0),
  minus: changes.reduce((sum, change) => sum + Math.max(0, -change), 0),
});

/** The weight after some steps that ask for changes, under the weight dependence and the bounds of the parameters. */
export function stepped(w0: number, changes: readonly Change[], params: Params): number {
  const { hardBound, wMin = Number.NEGATIVE_INFINITY, wMax = Number.POSITIVE_INFINITY } = params;
  const bound = (w: number): number => (hardBound === true ? Math.min(Number(wMax), Math.max(Number(wMin), w)) : w);
  return changes.reduce((w, { plus, minus }) => {
    const [up, down] = [factor(Number(wMax) - w, w, params), factor(w - Number(wMin), w, params)];
    return bound(w + (plus === 0 ? 0 : plus * up) - (minus === 0 ? 0 : minus * down));
  }, bound(w0));
}

/** Weight dependences of one side, from the room that it has; without one the weight makes no difference. */
const factors: { readonly [dependence: string]: (room: number, w: number, params: Params) => number } = {
  additive: () => 1,
  additiveStep: (room) => (room > 0 ? 1 : 0),
  multiplicativePow: (room, _, { mu }) => (Number(mu) === 0 ? 1 : room > 0 || Number.isInteger(mu) ? room ** Number(mu) : 0),
  multiplicativeRelu: (room) => Math.max(0, room),
  soft: (_, w, { wMin, wMax }) => (w - Number(wMin)) * (Number(wMax) - w),
};
const factorOf = ({ weightDependence = 'additive' }: Params) => factors[String(weightDependence)];

/** Whether the weight dependence, if there is any, has a formula. */
export const isKnownDependence = (params: Params): boolean => factorOf(params) !== undefined;

function factor(room: number, w: number, params: Params): number {
  const known = factorOf(params);
  if (known === undefined) throw new RangeError(`no formula for ${String(params['weightDependence'])}`);
  return known(room, w, params);
}

/** What is left of a trace `elapsed` ms after its spike. */
export function decayed(params: Params, tau: string, amplitude: string | undefined, elapsed: number): number {
  const [time, dt] = [Number(params[tau]), Number(params['dt'])];
  const height = amplitude === undefined ? 1 : Number(params[amplitude]);
  if (params['integration'] === 'exact') return height * Math.exp(-elapsed / time);
  return height * (dt / time) * (1 - dt / time) ** Math.round(elapsed / dt);
}

/** A kernel by name at the distance x ≥ 0 ms. */
export function kernelAt(kernel: Params[string] | undefined, x: number): number {
  if (typeof kernel !== 'object') return 0;
  const [eta, tau] = [Number(kernel['eta']), Number(kernel['tau'])];
  const { tauRise = 5, exponent = 1 } = kernel;
  const scaled = x / tau;
  switch (kernel['kernel']) {
    case 'exponential':
      return eta * Math.exp(-scaled);
    case 'alpha':
      return eta * scaled * Math.exp(1 - scaled);
    case 'doubleExponential':
      return eta * (Math.exp(-scaled) - Math.exp(-x / Number(tauRise)));
    case 'gaussian':
      return eta * Math.exp(-(scaled ** 2) / 2);
    case 'mexicanHat':
      return eta * (1 - scaled ** 2) * Math.exp(-(scaled ** 2) / 2);
    case 'linear':
      return eta * Math.max(0, 1 - scaled);
    case 'constant':
      return scaled <= 1 ? eta : 0;
    case 'powerLaw':
      return eta * (1 + scaled) ** -Number(exponent);
    default:
      return 0;
  }
}
