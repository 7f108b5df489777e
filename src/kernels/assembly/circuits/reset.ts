import { at } from '../lanes';
import {
  AD_EX,
  ADAPTIVE,
  CONDUCTANCE,
  Conductance,
  CURRENT,
  Current,
  IZHIKEVICH,
  Izhikevich,
  Population,
  Receptor,
  SPIKE_RESPONSE,
  SpikeResponse,
} from './records';
import { add } from './values';

/** What a spike does to the neuron that fired: a potential to start from, a pause, and what it adapts by. */
export function reset(p: Population, t: i32): void {
  const k = p.constants;
  switch (p.kind) {
    case CURRENT:
      restart(p, t, changetype<Current>(k).reset, 0);
      break;
    case CONDUCTANCE:
    case ADAPTIVE:
    case AD_EX:
      restart(p, t, changetype<Conductance>(k).reset, changetype<Conductance>(k).jump);
      break;
    case IZHIKEVICH:
      restart(p, t, changetype<Izhikevich>(k).reset, changetype<Izhikevich>(k).jump);
      break;
    case SPIKE_RESPONSE:
      respond(p, t);
  }
}

function restart(p: Population, t: i32, potential: f32, jump: f32): void {
  const end = at(p.spikes, p.count);
  const until = t + 1 + p.refractory;
  for (let spike = p.spikes; spike < end; spike += 4) {
    const i = (<usize>load<u32>(spike)) << 2;
    store<f32>(p.v + i, potential);
    store<i32>(p.until + i, until);
    if (p.extra !== 0) add(p.extra + i, jump);
  }
}

/** The potential is at its peak, synapses are shut, the after-potential begins. */
function respond(p: Population, t: i32): void {
  const end = at(p.spikes, p.count);
  const values = changetype<Receptor>(p.receptors).values;
  const peak = changetype<SpikeResponse>(p.constants).peak;
  for (let spike = p.spikes; spike < end; spike += 4) {
    const i = (<usize>load<u32>(spike)) << 2;
    store<f32>(p.v + i, peak);
    store<i32>(p.until + i, t + 1 + p.refractory);
    store<f32>(values + i, 0);
    store<f32>(p.extra + i, 1);
  }
}
