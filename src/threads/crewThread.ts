import { parentPort } from 'node:worker_threads';
import { unreachable } from '../core/errors.js';
import { type JobName, type NewsOf, type SetupOf, takeUp, type Work } from '../networks/crew/jobs.js';

/** What a thread of a crew is told. */
export type Order =
  | { readonly kind: 'begin'; readonly task: number; readonly name: JobName; readonly setup: SetupOf<JobName> }
  | { readonly kind: 'run'; readonly task: number; readonly from: number; readonly to: number; readonly news: NewsOf<JobName> }
  | { readonly kind: 'end'; readonly task: number };

const tasks = new Map<number, Work<JobName>>();

parentPort?.on('message', (order: Order) => {
  switch (order.kind) {
    case 'begin':
      tasks.set(order.task, takeUp(order.name, order.setup));
      return;
    case 'run':
      // What comes of a piece is answered even when it is nothing: the other side counts.
      parentPort?.postMessage(tasks.get(order.task)?.(order.from, order.to, order.news));
      return;
    case 'end':
      tasks.delete(order.task);
      return;
    default:
      unreachable(order);
  }
});
