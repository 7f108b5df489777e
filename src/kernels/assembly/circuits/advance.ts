import { drive } from './drive';
import { adaptive, adEx, conductance } from './neurons/conductance';
import { current } from './neurons/current';
import { izhikevich } from './neurons/izhikevich';
import { spikeResponse } from './neurons/spikeResponse';
import {
  AD_EX,
  ADAPTIVE,
  Circuit,
  CONDUCTANCE,
  CURRENT,
  IZHIKEVICH,
  LISTED,
  POISSON,
  Population,
  SPIKE_RESPONSE,
} from './records';
import { listed } from './sources/listed';
import { poisson } from './sources/poisson';
import { beginList } from './spikeLists';

/** One step of a population; answers where the list of its spikes ends. Behind it there may be some of the filling. */
@inline
export function advance(circuit: Circuit, p: Population, t: i32): usize {
  beginList(p);
  if (p.drive !== 0) drive(circuit, p, t);
  switch (p.kind) {
    case CURRENT:
      return current(p, t);
    case CONDUCTANCE:
      return conductance(p, t);
    case ADAPTIVE:
      return adaptive(p, t);
    case AD_EX:
      return adEx(p, t);
    case IZHIKEVICH:
      return izhikevich(p, t);
    case SPIKE_RESPONSE:
      return spikeResponse(p, t);
    case POISSON:
      return poisson(circuit, p, t);
    case LISTED:
      return listed(p, t);
    default:
      return unreachable();
  }
}
