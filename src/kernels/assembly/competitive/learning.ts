import { at } from '../lanes';
import {
  etaMinus,
  etaPlus,
  filled,
  inputs,
  norm,
  postTrace,
  preTrace,
  rowBytes,
  theta,
  thetaDecay,
  thetaPlus,
  w,
  wMax,
} from './layer';
import { CHANGE, LAST, NEURON, RECORD, SUM, winners, winnersEnd } from './neurons';
import { lastSpikes, pixels, rows } from './spikeTrains';

// Trace STDP with traces that a spike sets to 1. Only what isn't 0 is touched: rows of pixels that spike, columns of neurons
// that have fired in this presentation.

/** Input spikes: w = max(w − etaMinus·post, 0). */
export function depress(events: usize, end: usize, step: i32): void {
  for (let record = winners; record < winnersEnd; record += RECORD)
    store<f32>(record, etaMinus * load<f32>(at(postTrace, step - load<i32>(record, LAST))), CHANGE);
  for (let event = events; event < end; event += 4) {
    const row = w + <usize>load<u32>(event);
    for (let record = winners; record < winnersEnd; record += RECORD) {
      const p = at(row, load<i32>(record, NEURON));
      store<f32>(p, max<f32>(load<f32>(p) - load<f32>(record, CHANGE), 0));
    }
  }
}

/** A neuron's spike: w = min(w + etaPlus·pre, wMax), and its threshold grows. */
export function potentiate(record: usize, step: i32): void {
  const i = load<i32>(record, NEURON);
  const grown = at(theta, i);
  store<f32>(grown, load<f32>(grown) + thetaPlus);
  const column = at(w, i);
  for (let n = 0; n < pixels; n++) {
    const last = load<i32>(at(lastSpikes, n));
    if (last < 0) continue;
    const p = column + <usize>load<u32>(at(rows, n));
    store<f32>(p, min<f32>(load<f32>(p) + etaPlus * load<f32>(at(preTrace, step - last)), wMax));
  }
}

/** Scales the weights of each neuron that has fired to the sum `norm`. */
export function normalize(): void {
  if (winners === winnersEnd) return;
  for (let record = winners; record < winnersEnd; record += RECORD) store<f32>(record, 0, SUM);
  const end = w + <usize>inputs * rowBytes();
  for (let row = w; row < end; row += rowBytes()) {
    for (let record = winners; record < winnersEnd; record += RECORD)
      store<f32>(record, load<f32>(record, SUM) + load<f32>(at(row, load<i32>(record, NEURON))), SUM);
  }
  for (let record = winners; record < winnersEnd; record += RECORD) {
    const sum = load<f32>(record, SUM);
    store<f32>(record, sum > 0 ? norm / sum : 0, CHANGE);
  }
  for (let row = w; row < end; row += rowBytes()) {
    for (let record = winners; record < winnersEnd; record += RECORD) {
      const p = at(row, load<i32>(record, NEURON));
      store<f32>(p, load<f32>(p) * load<f32>(record, CHANGE));
    }
  }
}

/** All thresholds sink a little between two presentations. */
export function relaxThresholds(): void {
  const decay = f32x4.splat(thetaDecay);
  for (let i = 0; i < filled; i += 4) v128.store(at(theta, i), f32x4.mul(v128.load(at(theta, i)), decay));
}
