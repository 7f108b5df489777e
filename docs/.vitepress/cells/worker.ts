// The worker of one run: it imports the program of some cells as a module, tells what they print and draw, and is ended then.
import { type Figure, problemOf } from './figure.js';
import type { Message, Order, Output } from './messages.js';
import { show } from './show.js';

const tell = (message: Message): void => self.postMessage(message);
let cell = 0;
const put = (output: Output): void => tell({ kind: 'output', cell, output });
const print = (...values: readonly unknown[]): void => put({ kind: 'text', text: values.map(show).join(' ') });

function plot(figure: Figure): void {
  const problem = problemOf(figure);
  if (problem !== '') throw new TypeError(problem);
  put({ kind: 'figure', figure });
}

/** Where in the program something was thrown: the first place of its stack that lies there. */
function failed(reason: unknown, address: string): void {
  const stack = reason instanceof Error && reason.stack !== undefined ? reason.stack : '';
  const found = stack.split(address)[1]?.match(/^:(\d+)/)?.[1];
  tell({ kind: 'failed', message: show(reason), line: found === undefined ? undefined : Number(found) });
}

self.onmessage = async ({ data: { text, library } }: MessageEvent<Order>) => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  self.addEventListener('unhandledrejection', ({ reason }) => failed(reason, address));
  Object.assign(console, { log: print, info: print, warn: print, error: print });
  Object.assign(self, { plot, enterCell: (index: number) => (cell = index) });
  try {
    const { setWasmPaths } = await import(/* @vite-ignore */ `${library}tfjs-stdp/wasm.js`);
    setWasmPaths(library);
    await import(/* @vite-ignore */ address);
    tell({ kind: 'done' });
  } catch (reason) {
    failed(reason, address);
  }
};
