import type { Worker } from 'node:worker_threads';
import { StdpError } from '../core/errors.js';
import { messageOf, show } from '../core/show.js';
import { type Answer, isAnswer, type Order, type Piece, reasonOf } from './messages.js';

/** A thread of a pool, which does one piece of work after the other. */
export interface Thread {
  /** @throws {StdpError} when the order can't be sent. */
  tell(order: Exclude<Order, { readonly kind: 'run' }>): void;
  /** Has it do a piece of work; rejects with what goes wrong in it, and when the thread ends before it has answered. */
  ask(piece: Piece): Promise<unknown>;
  /** Ends it now; whoever waits for an answer is told the reason. */
  end(reason: StdpError): Promise<unknown>;
}

/** Who waits for the answer to a piece of work. */
interface Waiting {
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/**
 * A thread at work.
 *
 * @param worker   just started, with a program that keeps to {@link Order} and {@link Answer}.
 * @param name     what messages call it.
 * @param onDeath  told when it ends though nobody has ended it.
 */
export function asThread(worker: Worker, name: string, onDeath: (reason: StdpError) => void): Thread {
  const waiting = new Map<number, Waiting>();
  let pieces = 0;
  let ended: StdpError | undefined;

  const end = (reason: StdpError): Promise<unknown> => {
    ended ??= reason;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    return worker.terminate();
  };
  const die = (problem: string, cause?: unknown): void => {
    if (ended !== undefined) return;
    const reason = new StdpError('threadPool', name, `${problem}; make another pool`, { cause });
    void end(reason);
    onDeath(reason);
  };
  const take = (answer: Answer): void => {
    const who = waiting.get(answer.number);
    waiting.delete(answer.number);
    if (who === undefined) die(`answered for piece ${answer.number}, which it wasn't given`);
    else if (answer.kind === 'done') who.resolve(answer.result);
    else who.reject(reasonOf(answer.failure));
  };

  worker.on('message', (message: unknown) => {
    if (ended !== undefined) return;
    if (isAnswer(message)) take(message);
    else die(`sent what is no answer: ${show(message)}`);
  });
  worker.on('messageerror', (reason) => die(`sent what can't be read: ${messageOf(reason)}`, reason));
  worker.on('error', (reason) => die(`broke down: ${messageOf(reason)}`, reason));
  worker.on('exit', (code) => die(`ended by itself with exit code ${code}`));

  const send = (order: Order): void => {
    try {
      worker.postMessage(order);
    } catch (reason) {
      throw new StdpError('threadPool', 'work', `can't be sent to a thread: ${messageOf(reason)}`, { cause: reason });
    }
  };
  return {
    tell: (order) => {
      if (ended === undefined) send(order);
    },
    ask: (piece) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const number = pieces++;
        send({ kind: 'run', number, piece });
        waiting.set(number, { resolve, reject });
      }),
    end,
  };
}
