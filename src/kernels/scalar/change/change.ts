import { dependenceCodes } from '../../constants.js';
import type { Kernels } from '../../module/binary.js';
import { power } from './power.js';

const { fround, max, sqrt } = Math;

/** assembly/change/change.ts and assembly/change/dependence.ts for one weight at a time, in plain float32 arithmetic. */
export interface ScalarChange extends Pick<Kernels, 'setChange'> {
  /** A weight after a change with both sides: the sums of products, without the rates. */
  changed(w: number, plus: number, minus: number): number;
  raised(w: number, plus: number): number;
  lowered(w: number, minus: number): number;
  /** A number held to the bounds. */
  bounded(w: number): number;
  readonly additive: boolean;
  readonly etaPlus: number;
  readonly etaMinus: number;
}

export function scalarChange(): ScalarChange {
  let [code, etaPlus, etaMinus, mu, wMin, wMax, low, high] = [0, 0, 0, 0, 0, 0, 0, 0];

  const factor = (headroom: number, rest: number): number => {
    switch (code) {
      case dependenceCodes.step:
        return headroom > 0 ? 1 : 0;
      case dependenceCodes.linear:
        return headroom;
      case dependenceCodes.relu:
        return max(headroom, 0);
      case dependenceCodes.soft:
        return fround(headroom * rest);
      case dependenceCodes.root:
        return headroom > 0 ? fround(sqrt(headroom)) : 0;
      case dependenceCodes.power:
        return headroom > 0 ? power(headroom, mu) : 0;
      case dependenceCodes.oddPower:
        return headroom === 0 ? 0 : Math.sign(headroom) * power(Math.abs(headroom), mu);
      case dependenceCodes.evenPower:
        return headroom === 0 ? 0 : power(Math.abs(headroom), mu);
      default:
        return 1;
    }
  };
  const bounded = (w: number): number => {
    const raised = w < low ? low : w;
    return high < raised ? high : raised;
  };
  const raise = (w: number, plus: number): number => fround(fround(etaPlus * factor(fround(wMax - w), fround(w - wMin))) * plus);
  const lower = (w: number, minus: number): number =>
    fround(fround(etaMinus * factor(fround(w - wMin), fround(wMax - w))) * minus);
  return {
    setChange: (...given) => {
      [code, etaPlus, etaMinus, mu, wMin, wMax, low, high] = given.map(fround) as typeof given;
    },
    changed: (w, plus, minus) => bounded(fround(w + fround(raise(w, plus) - lower(w, minus)))),
    raised: (w, plus) => bounded(fround(w + raise(w, plus))),
    lowered: (w, minus) => bounded(fround(w - lower(w, minus))),
    bounded,
    get additive() {
      return code === dependenceCodes.additive;
    },
    get etaPlus() {
      return etaPlus;
    },
    get etaMinus() {
      return etaMinus;
    },
  };
}
