import { at } from '../../lanes';
import { philox, word0, word1, word2, word3 } from '../../philox';
import { log2 } from '../../powers';
import { aboveZero, share } from '../noise';
import { Circuit, Poisson, Population } from '../records';

// Poisson spikes. What is drawn is the number of places without a spike before the next one, in the grid of all steps and neurons, at the
// largest of the rates: floor(log2 u / log2(1 − p)). Where rates differ, a candidate fires with its share of the largest. Numbers come in
// blocks of 16; which one is next is part of the state, so that a run may end anywhere.

/** @returns where the list of spikes ends. */
export function poisson(circuit: Circuit, p: Population, t: i32): usize {
  const k = changetype<Poisson>(p.constants);
  if (k.scale === 0) return p.spikes;
  const base = <f64>t * <f64>p.size;
  const beyond = base + <f64>p.size;
  if (k.isStale) {
    k.isStale = 0;
    store<f64>(k.next, base + silence(circuit, p, k));
  }
  const next = load<f64>(k.next);
  if (next >= beyond) return p.spikes;
  return k.share === 0 && k.course === 0 ? all(circuit, p, k, base, beyond, next) : some(circuit, p, k, base, beyond, next, t);
}

/** Candidates that all fire. */
@inline
function all(circuit: Circuit, p: Population, k: Poisson, base: f64, beyond: f64, first: f64): usize {
  const gaps = k.gaps;
  let entry = load<i32>(k.draw, 4);
  let next = first;
  let end = p.spikes;
  do {
    if (!k.isDrawn) draw(circuit, p, k);
    store<i32>(end, <i32>(next - base));
    end += 4;
    next += 1 + <f64>load<f32>(at(gaps, entry));
    entry = (entry + 1) & 15;
    if (entry === 0) endBlock(k);
  } while (next < beyond);
  store<i32>(k.draw, entry, 4);
  store<f64>(k.next, next);
  return end;
}

/** Candidates of which each has its chance. */
function some(circuit: Circuit, p: Population, k: Poisson, base: f64, beyond: f64, first: f64, t: i32): usize {
  let next = first;
  let end = p.spikes;
  do {
    const i = <i32>(next - base);
    if (fires(circuit, p, k, i, t)) {
      store<i32>(end, i);
      end += 4;
    }
    next += 1 + silence(circuit, p, k);
  } while (next < beyond);
  store<f64>(k.next, next);
  return end;
}

/** Places before the next candidate. */
@inline
function silence(circuit: Circuit, p: Population, k: Poisson): f64 {
  if (!k.isDrawn) draw(circuit, p, k);
  const entry = load<i32>(k.draw, 4);
  const places = <f64>load<f32>(at(k.gaps, entry));
  if (entry === 15) endBlock(k);
  store<i32>(k.draw, (entry + 1) & 15, 4);
  return places;
}

@inline
function endBlock(k: Poisson): void {
  store<u32>(k.draw, load<u32>(k.draw) + 1);
  k.isDrawn = 0;
}

/** Whether a candidate, whose place was the last that was drawn, is a spike. */
@inline
function fires(circuit: Circuit, p: Population, k: Poisson, i: i32, t: i32): bool {
  let chance: f32 = 1;
  if (k.share !== 0) chance *= load<f32>(at(k.share, i));
  if (k.course !== 0) chance *= load<f32>(at(k.course, t - k.courseFrom));
  if (!k.isDrawn) draw(circuit, p, k);
  return load<f32>(at(k.chances, load<i32>(k.draw, 4))) < chance;
}

/** A block of numbers. */
function draw(circuit: Circuit, p: Population, k: Poisson): void {
  const index = i32x4.splat(load<i32>(k.draw));
  philox(index, i32x4(0, 1, 2, 3), p.streamLow, p.streamHigh, circuit.keyLow, circuit.keyHigh);
  const scale = f32x4.splat(k.scale);
  v128.store(k.gaps, f32x4.floor(f32x4.mul(log2(aboveZero(word0)), scale)));
  v128.store(k.gaps, f32x4.floor(f32x4.mul(log2(aboveZero(word1)), scale)), 16);
  v128.store(k.gaps, f32x4.floor(f32x4.mul(log2(aboveZero(word2)), scale)), 32);
  v128.store(k.gaps, f32x4.floor(f32x4.mul(log2(aboveZero(word3)), scale)), 48);
  k.isDrawn = 1;
  if (k.share === 0 && k.course === 0) return;
  philox(index, i32x4(4, 5, 6, 7), p.streamLow, p.streamHigh, circuit.keyLow, circuit.keyHigh);
  v128.store(k.chances, share(word0));
  v128.store(k.chances, share(word1), 16);
  v128.store(k.chances, share(word2), 32);
  v128.store(k.chances, share(word3), 48);
}
