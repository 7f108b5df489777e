import type { GoldenCase, GoldenTensor } from '../load.js';
import { type Bounds, bounds } from './infernoBounds.js';
import { at, golden, map, type Numbers, numbers, part, range, reshaped, series, total } from './numbers.js';

/** One side of an update in the shape of the weights; null where the peer leaves it empty. */
export type Side = Numbers | null;
export interface Sides {
  readonly pos: Side;
  readonly neg: Side;
}
/** Both halves of a pair rule for each sample, all ≥ 0: [batch, out, taps]. */
export interface Halves {
  readonly post: Numbers;
  readonly pre: Numbers;
}

/** Over the samples of a batch. */
export function reduced(change: Numbers, reduction = 'mean'): Numbers {
  const batch = change.shape[0] ?? 0;
  return numbers(change.shape.slice(1), (...n) => {
    if (reduction === 'amax') return Math.max(...range(batch).map((b) => at(change, b, ...n)));
    const sum = total(batch, (b) => at(change, b, ...n));
    return reduction === 'mean' ? sum / batch : sum;
  });
}

const scaled = (found: Numbers, factor: number): Numbers => map(found, (value) => value * factor);
const sum = (...found: readonly Side[]): Side =>
  found.reduce(
    (left, right) => (left === null || right === null ? (left ?? right) : map(left, (value, ...n) => value + at(right, ...n))),
    null,
  );

/** Each half goes to the side of its sign. */
export const bySign = (post: Side, pre: Side, postRaises: boolean, preRaises: boolean): Sides => ({
  pos: sum(postRaises ? post : null, preRaises ? pre : null),
  neg: sum(postRaises ? null : post, preRaises ? null : pre),
});

/** The sides of a pair rule. */
export const paired = ({ post, pre }: Halves, [etaPost, etaPre]: readonly [number, number], reduction?: string): Sides =>
  bySign(reduced(post, reduction), reduced(pre, reduction), etaPost >= 0, etaPre >= 0);

/** The same, modulated by a reward for the whole batch or one for each sample. */
export function rewarded(
  { post, pre }: Halves,
  [etaPost, etaPre]: readonly [number, number],
  signal: Numbers,
  { scale = 1, batch_reduction: reduction = 'sum' }: GoldenCase['params'],
): Sides {
  if (signal.shape.length === 0) {
    const reward = at(signal);
    const size = Math.abs(reward * scale);
    const half = (found: Numbers) => scaled(reduced(found, reduction), size);
    return bySign(half(post), half(pre), etaPost * reward >= 0, etaPre * reward >= 0);
  }
  const lists: { readonly [side in keyof Sides]: Numbers[] } = { pos: [], neg: [] };
  for (const [half, eta] of [
    [post, etaPost],
    [pre, etaPre],
  ] as const)
    signal.data.forEach((reward, b) => {
      lists[eta >= 0 === reward >= 0 ? 'pos' : 'neg'].push(scaled(part(half, b), Math.abs(reward * scale)));
    });
  const together = (list: readonly Numbers[]): Side => {
    const [first] = list;
    if (first === undefined) return null;
    return reduced({ shape: [list.length, ...first.shape], data: list.flatMap(({ data }) => data) }, reduction);
  };
  return { pos: together(lists.pos), neg: together(lists.neg) };
}

/** A side as the peer records it: null when it is always empty, a list when it is so at times. */
function recorded(sides: readonly Side[], shape: readonly number[]): GoldenTensor | (GoldenTensor | null)[] | null {
  const whole = sides.flatMap((side) => (side === null ? [] : [reshaped(side, shape)]));
  if (whole.length === 0) return null;
  if (whole.length === sides.length) return series(whole);
  return sides.map((side) => (side === null ? null : golden(reshaped(side, shape))));
}

/**
 * What the peer records of a parameter that learns: what waits on both sides in each step, and the parameter after it. All
 * that waits is applied at once, in every step or in every few.
 */
export function learnt(
  name: string,
  start: Numbers,
  steps: number,
  params: GoldenCase['params'],
  sidesAt: (time: number, parameter: Numbers) => Sides | null,
) {
  const every = params.update_every ?? 1;
  const limits: Bounds = bounds(params);
  let parameter = start;
  let waiting: Sides = { pos: null, neg: null };
  const after: (Sides & { readonly parameter: Numbers })[] = [];
  for (let time = 0; time < steps; time++) {
    const sides = sidesAt(time, parameter) ?? { pos: null, neg: null };
    waiting = { pos: sum(waiting.pos, sides.pos), neg: sum(waiting.neg, sides.neg) };
    const { pos, neg } = waiting;
    if (time % every === every - 1) {
      const flat = (side: Side) => side?.data ?? [];
      const data = parameter.data.map((value, index) => {
        const [up, down] = [flat(pos)[index] ?? 0, flat(neg)[index] ?? 0];
        return value + limits.upper(value, up) - limits.lower(value, down);
      });
      parameter = { shape: start.shape, data };
      waiting = { pos: null, neg: null };
    }
    after.push({ pos, neg, parameter });
  }
  return {
    pos: recorded(
      after.map(({ pos }) => pos),
      start.shape,
    ),
    neg: recorded(
      after.map(({ neg }) => neg),
      start.shape,
    ),
    [name]: series(after.map(({ parameter }) => parameter)),
  };
}
