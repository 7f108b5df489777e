import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import { inTime, refusal, start } from './start.js';
import { watchWorkers } from './watchedWorkers.js';

const threads = 'WASM_HAS_MULTITHREAD_SUPPORT';

/**
 * Makes tfjs's wasm backend the current one: with threads on a page that may have them (one that is cross-origin isolated), and
 * where they don't come, with one; a line in the console says so.
 *
 * @throws {StdpError} when it can't start here.
 */
export async function startWasm(): Promise<void> {
  checkAllowed();
  await inTime('wasm', import('@tensorflow/tfjs-backend-wasm'));
  const running = 'wasm' in tf.engine().registry;
  if (running || !(await tf.env().getAsync(threads))) return withoutListeners(() => start('wasm', 'wasm'));
  const why = await failureOfThreads();
  if (why === undefined) return;
  tf.env().set(threads, false);
  await withoutListeners(() => start('wasm', 'wasm'));
  console.warn(`useBackend: wasm goes on with one thread; more could not start: ${why}`);
}

/**
 * In Node, Emscripten's start listens to all that nobody catches, to throw it again: any error of the program that follows would be
 * shown at a line of tfjs, and end it with code 7.
 */
async function withoutListeners(starting: () => Promise<void>): Promise<void> {
  const program: NodeJS.EventEmitter | undefined = typeof process === 'object' && process.versions?.node ? process : undefined;
  const listeners = () =>
    ['uncaughtException', 'unhandledRejection'].flatMap((name) =>
      (program?.listeners(name) ?? []).map((listener) => ({ name, listener: listener as (reason: unknown) => void })),
    );
  const before = listeners();
  await starting();
  for (const { name, listener } of listeners())
    if (!before.some((one) => one.name === name && one.listener === listener)) program?.removeListener(name, listener);
}

/** A module with nothing in it. */
const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Asks before tfjs does, whose start would write to the console. */
function checkAllowed(): void {
  if (typeof WebAssembly !== 'object') throw refusal('wasm', 'could not start');
  try {
    new WebAssembly.Module(empty);
  } catch (cause) {
    const problem =
      "is forbidden by a policy: script-src of the page's Content-Security-Policy needs 'wasm-unsafe-eval'; cpu works everywhere";
    throw new StdpError('useBackend', 'wasm', problem, { cause });
  }
}

/** Starts it with threads, and answers why that failed. */
async function failureOfThreads(): Promise<string | undefined> {
  if (typeof Worker !== 'function') return 'there are no workers here';
  const workers = watchWorkers();
  try {
    await start('wasm', 'wasm', workers.failed);
    return undefined;
  } catch (reason) {
    workers.terminate();
    return messageOf(reason);
  } finally {
    workers.release();
  }
}
