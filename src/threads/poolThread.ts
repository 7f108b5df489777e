import { parentPort } from 'node:worker_threads';
import { ensure, unreachable } from '../core/errors.js';
import { type JobName, takeUp, type Work } from '../networks/workers/jobs.js';
import { type Answer, failureOf, type Order, type Piece } from './messages.js';

const tasks = new Map<number, Promise<Work<JobName>>>();

async function work({ task, from, to, update }: Piece): Promise<unknown> {
  const job = tasks.get(task);
  ensure(job !== undefined, 'threadPool', 'task', () => 'has not begun, or has ended');
  return (await job)(from, to, update);
}

const answer = (message: Answer): void => parentPort?.postMessage(message);

parentPort?.on('message', (order: Order) => {
  switch (order.kind) {
    case 'begin':
      tasks.set(order.task, takeUp(order.name, order.setup));
      return;
    case 'run': {
      const { number, piece } = order;
      work(piece)
        .then((result) => answer({ kind: 'done', number, result }))
        .catch((reason) => answer({ kind: 'failed', number, failure: failureOf(reason) }));
      return;
    }
    case 'end':
      tasks.delete(order.task);
      return;
    default:
      unreachable(order);
  }
});
parentPort?.on('messageerror', (reason) => {
  throw reason; // an order that can't be read would never be answered
});
