import { columnsPlus } from './change/columns';
import { rowBoth, rowPlus } from './change/row';
import { addScaled, at, CACHED, touch } from './lanes';
import { fireStep } from './neurons';
import { collect, TOO_MANY } from './spikes';
import { traceStep } from './traces';

// A dense layer in closed loop for many steps, one sample, in place: input spikes give currents, neurons fire and inhibit each
// other, the pair rule changes the weights. A row of w is brought up to date only when its input spikes, which is when the
// layer needs it, and at the end of a stretch.

/** Steps after which all rows are brought up to date. */
const STRETCH: i32 = 128;

/** Words of scratch that {@link scanLayer} takes. */
export function scanLayerWords(rows: i32, columns: i32): i32 {
  return STRETCH * (columns / 3 + 66) + 3 * columns + 3 * rows + 160;
}

/**
 * Steps of a layer. The weights lie within the clamp; setChange and setNeurons have been called.
 *
 * @param spikes       [columns], of the step before the first; not changed.
 * @param inhibition   what each spike of another neuron takes from the current, a step later.
 * @param preTrain     [steps, rows].
 * @param out          receives the spikes [steps, columns].
 * @param presentPre   potentiation sees the present pre spikes in the trace; likewise presentPost.
 */
export function scanLayer(
  steps: i32,
  rows: i32,
  columns: i32,
  w: usize,
  tPre: usize,
  tPost: usize,
  v: usize,
  i: usize,
  spikes: usize,
  inhibition: f32,
  preTrain: usize,
  out: usize,
  preDecay: f32,
  preHeight: f32,
  postDecay: f32,
  postHeight: f32,
  nearest: bool,
  presentPre: bool,
  presentPost: bool,
  scratch: usize,
): void {
  const currents = at(scratch, 16);
  const before = at(currents, columns);
  const inputs = at(before, columns);
  const done = at(inputs, rows + 64);
  const history = at(done, rows);
  const streamed = at(0, columns) * <usize>rows > CACHED;
  let last = spikes;
  for (let t = 0; t < steps; t++) {
    const step = t % STRETCH;
    if (step === 0) memory.fill(done, 0, at(0, rows));
    const train = at(preTrain, t * rows);
    const fired = at(out, t * columns);
    const stretch = at(out, (t - step) * columns);
    const active = collect(rows, train, inputs, rows);
    memory.fill(currents, 0, at(0, columns));
    for (let k = 0; k < active; k++) {
      const o = <usize>load<u32>(at(inputs, k));
      const line = w + o * columns;
      if (streamed) touch(at(0, columns), line, scratch);
      bringUp(columns, line, tPre + o, done + o, step, stretch, history, preDecay);
      addScaled(currents, line, load<f32>(train + o), columns);
    }
    fireStep(columns, currents, v, i, inhibition, last, fired);
    last = fired;
    remember(columns, fired, step, history);
    if (!presentPost) traceStep(columns, tPost, fired, before, postDecay, 0, false);
    traceStep(columns, tPost, fired, tPost, postDecay, postHeight, nearest);
    for (let k = 0; k < active; k++) {
      const o = <usize>load<u32>(at(inputs, k));
      const z = load<f32>(train + o);
      const old = load<f32>(tPre + o) * preDecay;
      const x = (nearest ? <f32>0 : old) + z * preHeight;
      store<f32>(tPre + o, x);
      store<i32>(done + o, step + 1);
      const line = w + o * columns;
      rowBoth(columns, line, line, fired, presentPost ? tPost : before, presentPre ? x : old, z);
    }
    if (step === STRETCH - 1 || t === steps - 1) {
      for (let row = 0; row < rows; row++) {
        const line = w + at(0, row) * <usize>columns;
        if (streamed && load<f32>(at(tPre, row)) !== 0) touch(at(0, columns), line, scratch);
        bringUp(columns, line, at(tPre, row), at(done, row), step + 1, stretch, history, preDecay);
      }
    }
  }
}

// What is remembered of each step of a stretch: how many neurons fired (TOO_MANY for a third or more) and a list of them.

@inline
function eventsAt(history: usize, columns: i32, step: i32): usize {
  return at(history, step * (columns / 3 + 66));
}

function remember(columns: i32, fired: usize, step: i32, history: usize): void {
  const events = eventsAt(history, columns, step);
  store<i32>(events, collect(columns, fired, at(events, 1), columns / 3));
}

/** Brings a row and its trace to the beginning of a step: all steps since it was last touched, without a pre spike. */
@inline
function bringUp(
  columns: i32,
  line: usize,
  trace: usize,
  done: usize,
  step: i32,
  stretch: usize,
  history: usize,
  decay: f32,
): void {
  let x = load<f32>(trace);
  if (x !== 0) {
    for (let s = load<i32>(done); s < step; s++) {
      x *= decay;
      const events = eventsAt(history, columns, s);
      const count = load<i32>(events);
      if (x === 0 || count === 0) continue;
      if (count === TOO_MANY) rowPlus(columns, line, line, at(stretch, s * columns), x);
      else columnsPlus(line, line, at(events, 1), count, 0, x);
    }
    store<f32>(trace, x);
  }
  store<i32>(done, step);
}
