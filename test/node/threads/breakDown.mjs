// Loaded by every thread of a program: those of a pool break down when they take up the job that BREAK_AT names.
import { isMainThread, parentPort } from 'node:worker_threads';

const ways = {
  exit: () => process.exit(0),
  throw: () => {
    throw new Error('thrown in a thread');
  },
  // As the system's killer of processes does it to one thread: V8 ends it for want of memory.
  memory: () => {
    const kept = [];
    for (;;) kept.push(new Array(1e6).fill(kept.length));
  },
};

if (!isMainThread && parentPort !== null) {
  const { on } = parentPort;
  parentPort.on = (event, listener) =>
    on.call(parentPort, event, (order) => {
      if (order.kind === 'begin' && order.name === process.env.BREAK_AT) ways[process.env.BREAK_BY]();
      listener(order);
    });
}
