import { at } from './lanes';

// Leaky integrate-and-fire neurons with exponential synapses, in numbers, set before the kernels that read them.

let membraneDecay: f32 = 0;
let membraneGain: f32 = 0;
let synapseDecay: f32 = 0;
let leak: f32 = 0;
let threshold: f32 = 0;
let reset: f32 = 0;

/** Sets the neurons: v' = decay·v + gain·(i + leak), a spike above the threshold, i' = synapse·i. */
export function setNeurons(decay: f32, gain: f32, synapse: f32, vLeak: f32, vTh: f32, vReset: f32): void {
  membraneDecay = decay;
  membraneGain = gain;
  synapseDecay = synapse;
  leak = vLeak;
  threshold = vTh;
  reset = vReset;
}

/**
 * One step of the neurons in place: the currents jump, the membranes follow, who is above the threshold fires.
 *
 * @param inputs      currents of this step.
 * @param inhibition  what each spike of another neuron in the step before takes from the current.
 * @param spikes      of the step before.
 * @param out         receives the spikes of this step; may be `spikes`.
 */
export function fireStep(count: i32, inputs: usize, v: usize, i: usize, inhibition: f32, spikes: usize, out: usize): void {
  let total: f32 = 0;
  if (inhibition !== 0) for (let n = 0; n < count; n++) total += load<f32>(at(spikes, n));
  const one = f32x4.splat(1);
  const none = f32x4.splat(0);
  const end = at(0, count);
  const whole = at(0, count & ~3);
  for (let o: usize = 0; o < end; ) {
    const lanes = o < whole;
    const z = lanes ? v128.load(spikes + o) : v128.load32_zero(spikes + o);
    let current = lanes ? v128.load(inputs + o) : v128.load32_zero(inputs + o);
    if (inhibition !== 0) current = f32x4.sub(current, f32x4.mul(f32x4.splat(inhibition), f32x4.sub(f32x4.splat(total), z)));
    const jumped = f32x4.add(lanes ? v128.load(i + o) : v128.load32_zero(i + o), current);
    const old = lanes ? v128.load(v + o) : v128.load32_zero(v + o);
    const pull = f32x4.mul(f32x4.add(jumped, f32x4.splat(leak)), f32x4.splat(membraneGain));
    const u = f32x4.add(f32x4.mul(old, f32x4.splat(membraneDecay)), pull);
    const fired = v128.and(f32x4.gt(f32x4.sub(u, f32x4.splat(threshold)), none), one);
    const next = f32x4.add(f32x4.mul(f32x4.sub(one, fired), u), f32x4.mul(fired, f32x4.splat(reset)));
    const rest = f32x4.mul(jumped, f32x4.splat(synapseDecay));
    if (lanes) {
      v128.store(out + o, fired);
      v128.store(v + o, next);
      v128.store(i + o, rest);
      o += 16;
    } else {
      v128.store32_lane(out + o, fired, 0);
      v128.store32_lane(v + o, next, 0);
      v128.store32_lane(i + o, rest, 0);
      o += 4;
    }
  }
}
