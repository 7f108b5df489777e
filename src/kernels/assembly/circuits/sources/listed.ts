import { at } from '../../lanes';
import { Listed, Population } from '../records';

/** Spikes of a list, in the order of steps; answers where the list of this step's ends. */
export function listed(p: Population, t: i32): usize {
  const k = changetype<Listed>(p.constants);
  let end = p.spikes;
  let cursor = k.cursor;
  for (; cursor < k.end && load<i32>(at(k.steps, cursor)) === t; cursor++) {
    store<i32>(end, load<i32>(at(k.neurons, cursor)));
    end += 4;
  }
  k.cursor = cursor;
  return end;
}
