import type { Worker } from 'node:worker_threads';
import { StdpError } from '../core/errors.js';
import { messageOf, show } from '../core/show.js';
import { type Command, isReply, type Piece, type Reply, reasonOf } from './messages.js';

/** A thread of a pool, which does one piece of work after the other. */
export interface Thread {
  /** @throws {StdpError} when the command can't be sent. */
  post(command: Exclude<Command, { readonly kind: 'run' }>): void;
  /** Has it do a piece of work; rejects with what goes wrong in it, and when the thread ends before it has answered. */
  request(piece: Piece): Promise<unknown>;
  /** Ends it now; whoever waits for an answer is told the reason. */
  end(reason: StdpError): Promise<unknown>;
}

/** Who waits for the answer to a piece of work. */
interface Pending {
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/**
 * A thread at work.
 *
 * @param worker   just started, with a program that keeps to {@link Command} and {@link Reply}.
 * @param name     what messages call it.
 * @param onFailure  told when it ends though nobody has ended it.
 */
export function asThread(worker: Worker, name: string, onFailure: (reason: StdpError) => void): Thread {
  const pending = new Map<number, Pending>();
  let pieces = 0;
  let ended: StdpError | undefined;

  const end = (reason: StdpError): Promise<unknown> => {
    ended ??= reason;
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
    return worker.terminate();
  };
  const fail = (problem: string, cause?: unknown): void => {
    if (ended !== undefined) return;
    const reason = new StdpError('threadPool', name, `${problem}; make another pool`, { cause });
    void end(reason);
    onFailure(reason);
  };
  const settle = (reply: Reply): void => {
    const piece = pending.get(reply.number);
    pending.delete(reply.number);
    if (piece === undefined) fail(`answered for piece ${reply.number}, which it wasn't given`);
    else if (reply.kind === 'done') piece.resolve(reply.result);
    else piece.reject(reasonOf(reply.failure));
  };

  worker.on('message', (message: unknown) => {
    if (ended !== undefined) return;
    if (isReply(message)) settle(message);
    else fail(`sent what is no answer: ${show(message)}`);
  });
  worker.on('messageerror', (reason) => fail(`sent what can't be read: ${messageOf(reason)}`, reason));
  worker.on('error', (reason) => fail(`broke down: ${messageOf(reason)}`, reason));
  worker.on('exit', (code) => fail(`ended by itself with exit code ${code}`));

  const send = (command: Command): void => {
    try {
      worker.postMessage(command);
    } catch (reason) {
      throw new StdpError('threadPool', 'work', `can't be sent to a thread: ${messageOf(reason)}`, { cause: reason });
    }
  };
  return {
    post: (command) => {
      if (ended === undefined) send(command);
    },
    request: (piece) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const number = pieces++;
        send({ kind: 'run', number, piece });
        pending.set(number, { resolve, reject });
      }),
    end,
  };
}
