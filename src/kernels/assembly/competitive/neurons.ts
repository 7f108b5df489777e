import { at } from '../lanes';
import {
  BLOCK,
  decayExc,
  decayInh,
  excReversal,
  filled,
  inhibition,
  inhReversal,
  leak,
  neurons,
  refractory,
  reset,
  rowBytes,
  theta,
  threshold,
  w,
} from './layer';

// The neurons in one presentation. With a = dt / tauMembrane, an implicit Euler step:
//
//     ge' = decayExc·ge + Σ w over input spikes        gi' = decayInh·gi + inhibition, if another neuron fired a step ago
//     v' = (v + a·(excReversal·ge' + inhReversal·gi')) / (1 + a·(1 + ge' + gi'))
//
// Of those above their threshold the one farthest above fires. Those that have not fired yet, nearly all, share one gi;
// each that has (`winners`) has a record with a gi of its own, its potential and its pauses.

/** Where a neuron's potential must rise to; infinite for those with a record. */
let limits: usize = 0;
let v: usize = 0;
let ge: usize = 0;
let gi: f32 = 0;
/** Who fired in the present step, −1 for nobody. */
let fired: i32 = -1;
let lead: f32 = 0;

/** The records of those that have fired. */
export let winners: usize = 0;
export let winnersEnd: usize = 0;
/** Bytes of a record. */
export const RECORD: usize = 32;
/** Fields of a record: the neuron, the step of its latest spike, its potential and inhibition; two more for learning. */
export const NEURON: usize = 0;
export const LAST: usize = 4;
const POTENTIAL: usize = 8;
const INHIBITION: usize = 12;
export const CHANGE: usize = 16;
export const SUM: usize = 20;

/** Words of memory that {@link placeNeurons} takes. */
export function neuronWords(filledCount: i32): i32 {
  return (3 + <i32>(RECORD >> 2)) * filledCount;
}

/** Lays out what a presentation needs, from `start` on. */
export function placeNeurons(start: usize): void {
  const list = rowBytes();
  v = start;
  ge = v + list;
  limits = ge + list;
  winners = limits + list;
}

/** All at rest. */
export function rest(): void {
  memory.fill(v, 0, rowBytes());
  memory.fill(ge, 0, rowBytes());
  for (let i = 0; i < filled; i++) store<f32>(at(limits, i), i < neurons ? threshold + load<f32>(at(theta, i)) : Infinity);
  gi = 0;
  fired = -1;
  winnersEnd = winners;
}

/** One step on the input's `events`, up to the question of who fires. */
export function integrate(events: usize, end: usize, step: i32): void {
  const jump: f32 = fired < 0 ? 0 : inhibition;
  const before = fired;
  gi = gi * decayInh + jump;
  fired = -1;
  integrateAll(events, end);
  for (let record = winners; record < winnersEnd; record += RECORD)
    integrateWinner(record, step, load<i32>(record, NEURON) === before ? 0 : jump);
}

/** Those without a record; of the others their ge alone. */
function integrateAll(events: usize, end: usize): void {
  const d = f32x4.splat(decayExc);
  const a = f32x4.splat(leak);
  const push = f32x4.splat(leak * excReversal);
  const pull = f32x4.splat(leak * inhReversal * gi);
  const closed = f32x4.splat(1 + leak * (1 + gi));
  const bytes = rowBytes();
  for (let o: usize = 0; o < bytes; o += at(0, BLOCK)) {
    const g = ge + o;
    let g0 = f32x4.mul(d, v128.load(g));
    let g1 = f32x4.mul(d, v128.load(g, 16));
    let g2 = f32x4.mul(d, v128.load(g, 32));
    let g3 = f32x4.mul(d, v128.load(g, 48));
    let g4 = f32x4.mul(d, v128.load(g, 64));
    const block = w + o;
    for (let event = events; event < end; event += 4) {
      const row = block + <usize>load<u32>(event);
      g0 = f32x4.add(g0, v128.load(row));
      g1 = f32x4.add(g1, v128.load(row, 16));
      g2 = f32x4.add(g2, v128.load(row, 32));
      g3 = f32x4.add(g3, v128.load(row, 48));
      g4 = f32x4.add(g4, v128.load(row, 64));
    }
    let above = integrateFour(g0, o, a, push, pull, closed);
    above = v128.or(above, integrateFour(g1, o + 16, a, push, pull, closed));
    above = v128.or(above, integrateFour(g2, o + 32, a, push, pull, closed));
    above = v128.or(above, integrateFour(g3, o + 48, a, push, pull, closed));
    above = v128.or(above, integrateFour(g4, o + 64, a, push, pull, closed));
    if (v128.any_true(above)) compareBlock(<i32>(o >> 2));
  }
}

/** Four neurons with their new ge; answers which are above their limit. */
@inline
function integrateFour(g: v128, o: usize, a: v128, push: v128, pull: v128, closed: v128): v128 {
  v128.store(ge + o, g);
  const driven = f32x4.add(f32x4.add(v128.load(v + o), f32x4.mul(push, g)), pull);
  const potential = f32x4.div(driven, f32x4.add(f32x4.mul(a, g), closed));
  v128.store(v + o, potential);
  return f32x4.gt(potential, v128.load(limits + o));
}

function compareBlock(first: i32): void {
  for (let i = first; i < first + BLOCK; i++) compare(i, load<f32>(at(v, i)) - load<f32>(at(limits, i)));
}

/** Lets a neuron fire instead of another; of two equally far above the threshold the first. */
function compare(i: i32, excess: f32): void {
  if (!(excess > 0) || (fired >= 0 && (excess < lead || (excess === lead && fired < i)))) return;
  fired = i;
  lead = excess;
}

function integrateWinner(record: usize, step: i32, jump: f32): void {
  const own = load<f32>(record, INHIBITION) * decayInh + jump;
  store<f32>(record, own, INHIBITION);
  if (step - load<i32>(record, LAST) <= refractory) return;
  const i = load<i32>(record, NEURON);
  const g = load<f32>(at(ge, i));
  const driven = load<f32>(record, POTENTIAL) + leak * excReversal * g + leak * inhReversal * own;
  const potential = driven / (leak * g + (1 + leak * (1 + own)));
  store<f32>(record, potential, POTENTIAL);
  compare(i, potential - (threshold + load<f32>(at(theta, i))));
}

/** Resets the neuron that fires; its record begins with its first spike. Answers the record, 0 when nobody fires. */
export function fire(step: i32): usize {
  if (fired < 0) return 0;
  let record = winners;
  while (record < winnersEnd && load<i32>(record, NEURON) !== fired) record += RECORD;
  if (record === winnersEnd) {
    winnersEnd += RECORD;
    store<i32>(record, fired, NEURON);
    store<f32>(record, gi, INHIBITION);
    store<f32>(at(limits, fired), Infinity);
  }
  store<f32>(record, reset, POTENTIAL);
  store<i32>(record, step, LAST);
  return record;
}
