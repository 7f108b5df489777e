import { errorCode, messageOf } from '../core/show.js';
import { exitCodeAfter } from './interrupts.js';

/**
 * Keeps output that can't be written from ending the program before its work is saved. When the reader has gone (`| head -1`), that
 * is the signal it is for other programs; a full disk behind stderr is passed over, behind stdout it is told in the end.
 */
export function outliveBrokenPipe(): void {
  let gone = false;
  const outlive = (stream: NodeJS.WriteStream, otherwise: (reason: Error) => void) =>
    stream.on('error', (reason) => {
      if (errorCode(reason) !== 'EPIPE') otherwise(reason);
      else if (!gone) {
        gone = true;
        if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit(exitCodeAfter('SIGPIPE'));
      }
    });
  outlive(process.stderr, () => undefined);
  outlive(process.stdout, (reason) => {
    process.stderr.write(`error: the result can't be printed: ${messageOf(reason)}\n`);
    process.exitCode = 2;
  });
}
