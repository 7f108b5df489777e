// node bench/circuits/meetings.mjs: microseconds that two threads take to wait for each other, which a step in two threads would do two or
// three times: by looking on until the other has come (`spin`), and asleep until it wakes them (`wait`). The least, the median and the 99th
// of a hundred of blocks of 50 meetings.
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const [blocks, meetings] = [300, 50];

/** Meets so often, from one number of meetings on: who comes last lets both go on. */
function meet(shared, from, way) {
  for (let meeting = from + 1; meeting <= from + meetings; meeting++) {
    if (Atomics.add(shared, 0, 1) === 2 * meeting - 1) {
      Atomics.store(shared, 1, meeting);
      if (way === 'wait') Atomics.notify(shared, 1);
    } else while (Atomics.load(shared, 1) < meeting) if (way === 'wait') Atomics.wait(shared, 1, meeting - 1);
  }
}

function meetAll(shared, way) {
  return Array.from({ length: blocks }, (_, block) => {
    const before = performance.now();
    meet(shared, block * meetings, way);
    return (1000 * (performance.now() - before)) / meetings;
  });
}

if (isMainThread) {
  for (const way of ['spin', 'wait']) {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const other = new Worker(new URL(import.meta.url), { workerData: { shared, way } });
    await new Promise((resolve) => other.once('online', resolve));
    const times = meetAll(shared, way).sort((a, b) => a - b);
    const at = (share) => Number(times[Math.floor(share * (blocks - 1))].toFixed(2));
    console.log(JSON.stringify({ way, least: at(0), median: at(0.5), high: at(0.99) }));
    await other.terminate();
  }
} else meetAll(workerData.shared, workerData.way);
