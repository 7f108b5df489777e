import { columnsPlus } from './change/columns';
import { rowBoth, rowPlus } from './change/row';
import { EVENT, listWords, sortEvents } from './eventLists';
import { at, CACHED, touch } from './lanes';
import { areOnes, collect, TOO_MANY } from './spikes';
import { traceStep } from './traces';

// Many steps of the pair rule on given spike trains, one sample, dense, in place. Rows of w don't know of each other, so each
// is brought through all steps of a stretch before the next is touched: the weights are read and written once.

/** Steps of a stretch: what is remembered of the post side for all of them stays in the cache. */
const STRETCH: i32 = 128;

/** Words of scratch that {@link scanPairs} takes. */
export function scanPairsWords(rows: i32, columns: i32): i32 {
  return STRETCH * (columns + (columns / 3 + 64) + 4) + listWords(STRETCH, rows) + STRETCH + 64;
}

/**
 * Steps of the pair rule. The weights lie within the clamp.
 *
 * @param preTrain     [steps, rows].
 * @param postTrain    [steps, columns].
 * @param presentPre   potentiation sees the present pre spikes in the trace; likewise presentPost.
 */
export function scanPairs(
  steps: i32,
  rows: i32,
  columns: i32,
  w: usize,
  tPre: usize,
  tPost: usize,
  preTrain: usize,
  postTrain: usize,
  preDecay: f32,
  preHeight: f32,
  postDecay: f32,
  postHeight: f32,
  nearest: bool,
  presentPre: bool,
  presentPost: bool,
  scratch: usize,
): void {
  const streamed = at(0, columns) * <usize>rows > CACHED;
  const sink = at(scratch, scanPairsWords(rows, columns) - 4);
  for (let first = 0; first < steps; first += STRETCH) {
    const length = min(STRETCH, steps - first);
    const post = at(postTrain, first * columns);
    const pre = at(preTrain, first * rows);
    rememberPost(length, columns, post, tPost, postDecay, postHeight, nearest, presentPost, scratch);
    const starts = at(scratch, STRETCH * (columns + (columns / 3 + 64) + 4));
    sortTrain(length, rows, pre, starts);
    for (let row = 0; row < rows; row++) {
      const x = at(tPre, row);
      const line = w + at(0, row) * <usize>columns;
      const events = <usize>load<u32>(at(starts, row));
      const end = <usize>load<u32>(at(starts, row + 1));
      const before = load<f32>(x);
      if (events === end && before === 0) continue;
      if (streamed) touch(at(0, columns), line, sink);
      const after = bringRow(length, columns, line, before, events, end, post, scratch, preDecay, preHeight, nearest, presentPre);
      store<f32>(x, after);
    }
  }
}

// What is remembered of the post side, step by step: the traces to pair with [STRETCH, columns]; where the events are, as
// lists of columns / 3 + 64 words; how many there are; and the address of their values, 0 where all are 1.

@inline
function tracesAt(scratch: usize, columns: i32, step: i32): usize {
  return at(scratch, step * columns);
}

@inline
function listAt(scratch: usize, columns: i32, step: i32): usize {
  return at(scratch, STRETCH * columns + step * (columns / 3 + 64));
}

@inline
function countAt(scratch: usize, columns: i32, step: i32): usize {
  return at(scratch, STRETCH * (columns + (columns / 3 + 64)) + 2 * step);
}

function rememberPost(
  length: i32,
  columns: i32,
  train: usize,
  tPost: usize,
  decay: f32,
  height: f32,
  nearest: bool,
  present: bool,
  scratch: usize,
): void {
  for (let t = 0; t < length; t++) {
    const spikes = at(train, t * columns);
    const traces = tracesAt(scratch, columns, t);
    if (!present) traceStep(columns, tPost, spikes, traces, decay, 0, false);
    traceStep(columns, tPost, spikes, tPost, decay, height, nearest);
    if (present) memory.copy(traces, tPost, at(0, columns));
    const list = listAt(scratch, columns, t);
    const count = collect(columns, spikes, list, columns / 3);
    store<i32>(countAt(scratch, columns, t), count);
    store<u32>(countAt(scratch, columns, t), count > 0 && !areOnes(spikes, list, count) ? <u32>spikes : 0, 4);
  }
}

/** The pre spikes of a stretch, neuron by neuron, each with its step. `starts` is followed by the events. */
function sortTrain(length: i32, rows: i32, train: usize, starts: usize): void {
  const table = at(starts, listWords(length, rows));
  for (let t = 0; t < length; t++) store<u32>(at(table, t), <u32>at(train, t * rows));
  sortEvents(length, rows, table, 4, 0, 1, starts, at(starts, rows + 2));
}

/** One row through a stretch. Answers its trace at the end. */
@inline
function bringRow(
  length: i32,
  columns: i32,
  line: usize,
  trace: f32,
  event: usize,
  end: usize,
  train: usize,
  scratch: usize,
  decay: f32,
  height: f32,
  nearest: bool,
  present: bool,
): f32 {
  let x = trace;
  for (let t = 0; t < length; t++) {
    const before = x * decay;
    const count = load<i32>(countAt(scratch, columns, t));
    const spikes = at(train, t * columns);
    if (event < end && load<i32>(event) === t) {
      const z = load<f32>(event, 4);
      event += EVENT;
      x = (nearest ? <f32>0 : before) + z * height;
      rowBoth(columns, line, line, spikes, tracesAt(scratch, columns, t), present ? x : before, z);
      continue;
    }
    x = before;
    if (before === 0 || count === 0) continue;
    if (count === TOO_MANY) rowPlus(columns, line, line, spikes, before);
    else columnsPlus(line, line, listAt(scratch, columns, t), count, <usize>load<u32>(countAt(scratch, columns, t), 4), before);
  }
  return x;
}
