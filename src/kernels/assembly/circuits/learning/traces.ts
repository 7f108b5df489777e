import { at } from '../../lanes';
import { Powers, Trace } from '../records';
import { flush } from '../values';

// A trace of each neuron of one side of a projection. Where nearly all are silent (sources), the value at the latest spike and the step of
// that are kept, and what is left is read through a table; where not, all decay in each step.

/** What is left after so many steps: 0 below 1e-30. */
@inline
export function leftAfter(powers: Powers, steps: i32): f32 {
  const left = load<f32>(at(powers.coarse, min(steps >> 8, powers.top))) * load<f32>(at(powers.fine, steps & 255));
  return abs(left) > 1e-30 ? left : 0;
}

/** A trace in step t. */
@inline
export function traceOf(trace: Trace, i: i32, t: i32): f32 {
  const value = load<f32>(at(trace.values, i));
  return trace.isLazy ? value * leftAfter(changetype<Powers>(trace.powers), t - load<i32>(at(trace.last, i))) : value;
}

/** Brings a trace that is kept up to this step, before its spikes. */
@inline
export function decayTrace(trace: Trace): void {
  const decay = f32x4.splat(trace.decay);
  const end = at(trace.values, trace.count);
  for (let p = trace.values; p < end; p += 16) v128.store(p, flush(f32x4.mul(v128.load(p), decay)));
}

/** The spikes of step t enter a trace. */
export function addSpikes(trace: Trace, spikes: usize, count: i32, t: i32): void {
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const i = load<i32>(spike);
    const before: f32 = trace.isNearest ? 0 : traceOf(trace, i, t);
    store<f32>(at(trace.values, i), before + trace.height);
    if (trace.last !== 0) store<i32>(at(trace.last, i), t);
  }
}

/** Marks who has a spike, or takes the marks away: bytes, which stay in the cache. */
@inline
export function mark(seen: usize, spikes: usize, count: i32, value: u8): void {
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) store<u8>(seen + <usize>load<u32>(spike), value);
}
