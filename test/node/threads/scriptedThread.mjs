// A thread of a pool that does what its pieces say: it answers, fails, breaks down, ends, sends nonsense or keeps silent.
import { parentPort } from 'node:worker_threads';

const obey = {
  answer: ({ number, piece }) => parentPort.postMessage({ kind: 'done', number, result: piece.from }),
  fail: ({ number, piece }) => {
    const failure = { message: `piece ${piece.from} failed`, stack: undefined, at: undefined };
    parentPort.postMessage({ kind: 'failed', number, failure });
  },
  throw: () => {
    throw new Error('thrown in a thread');
  },
  exit: () => process.exit(3),
  exitWell: () => process.exit(0),
  nothing: ({ number }) => parentPort.postMessage({ kind: 'done', number, result: undefined }),
  noResult: ({ number }) => parentPort.postMessage({ kind: 'done', number }),
  noFailure: ({ number }) => parentPort.postMessage({ kind: 'failed', number }),
  empty: () => parentPort.postMessage(undefined),
  rubbish: () => parentPort.postMessage('hello'),
  stranger: ({ piece }) => parentPort.postMessage({ kind: 'done', number: 1000, result: piece.from }),
  twice: (order) => {
    obey.answer(order);
    obey.answer(order);
  },
  silence: () => {},
};

parentPort.on('message', (order) => {
  if (order.kind === 'run') obey[order.piece.update](order);
});
