import { parentPort } from 'node:worker_threads';
import { ensure, unreachable } from '../core/errors.js';
import { type JobName, startJob, type Work } from '../networks/workers/jobs.js';
import { type Command, failureOf, type Piece, type Reply } from './messages.js';

const tasks = new Map<number, Promise<Work<JobName>>>();

async function work({ task, from, to, update }: Piece): Promise<unknown> {
  const job = tasks.get(task);
  ensure(job !== undefined, 'threadPool', 'task', () => 'has not begun, or has ended');
  return (await job)(from, to, update);
}

const reply = (message: Reply): void => parentPort?.postMessage(message);

parentPort?.on('message', (command: Command) => {
  switch (command.kind) {
    case 'begin':
      tasks.set(command.task, startJob(command.name, command.setup));
      return;
    case 'run': {
      const { number, piece } = command;
      work(piece)
        .then((result) => reply({ kind: 'done', number, result }))
        .catch((reason) => reply({ kind: 'failed', number, failure: failureOf(reason) }));
      return;
    }
    case 'end':
      tasks.delete(command.task);
      return;
    default:
      unreachable(command);
  }
});
parentPort?.on('messageerror', (reason) => {
  throw reason; // a command that can't be read would never be answered
});
