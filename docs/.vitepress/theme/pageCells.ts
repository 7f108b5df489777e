import { type ShallowRef, shallowRef } from 'vue';
import { fromHash, toHash } from '../cells/address.js';
import type { Message, Order, Output } from '../cells/messages.js';
import { markedProgram, placeOf } from '../cells/program.js';

/**
 * A cell on the screen.
 *
 * @property original  its code on the page.
 * @property code      its code now.
 * @property outputs   of the last run.
 * @property word      what is told of it: that it runs, has run, or why not.
 */
export interface CellView {
  readonly original: string;
  readonly code: string;
  readonly outputs: readonly Output[];
  readonly word: string;
}

/** The cells of the page that is open, from the top down, and the number of the one that runs; −1 where none does. */
export const cells: ShallowRef<readonly CellView[]> = shallowRef([]);
export const running = shallowRef(-1);

let worker: Worker | undefined;
/** Changes whenever a run ends, so that one which still waits for its code finds that its turn is over. */
let turn = 0;

const change = (index: number, changed: Partial<CellView>): void => {
  cells.value = cells.value.map((cell, other) => (other === index ? { ...cell, ...changed } : cell));
};
const codes = (last: number): readonly string[] => cells.value.slice(0, last + 1).map(({ code }) => code);

/** A page begins: it has no cells yet, and nothing runs. */
export function leavePage(): void {
  end();
  cells.value = [];
}

/** A cell of the page, in the order of the page. */
export function addCell(index: number, original: string): void {
  const added = { original, code: original, outputs: [], word: '' };
  cells.value = [...cells.value.slice(0, index), added, ...cells.value.slice(index + 1)];
}

/** Takes what the address says that a reader changed. */
export function takeAddress(index: number): void {
  const code = fromHash(location.hash)[index];
  if (code !== undefined) change(index, { code });
}

export const edit = (index: number, code: string): void => change(index, { code });

/** The cell as the page has it. */
export const reset = (index: number): void => {
  const { original = '' } = cells.value[index] ?? {};
  change(index, { code: original, outputs: [], word: '' });
};

/** Puts what was changed up to a cell into the address, and the address where it can be pasted from. */
export async function share(index: number): Promise<void> {
  const changed = cells.value.flatMap(({ code, original }, at) =>
    at <= index && code !== original ? [[at, code] as const] : [],
  );
  history.replaceState(history.state, '', changed.length === 0 ? location.pathname : toHash(Object.fromEntries(changed)));
  const copied = await navigator.clipboard?.writeText(location.href).then(
    () => ' and is copied',
    () => '',
  );
  change(index, { word: `The address holds this code${copied ?? ''}` });
}

/** Runs the cells above, and this one, as one program in a worker of its own. */
export async function run(index: number, library: string): Promise<void> {
  if (running.value !== -1) stop(running.value);
  for (let at = 0; at <= index; at++) change(at, { outputs: [], word: '' });
  change(index, { word: 'Running …' });
  running.value = index;
  const mine = turn;
  const { prepare } = await import('../cells/prepare.js');
  if (mine !== turn) return;
  const prepared = prepare(markedProgram(codes(index)), library);
  if (prepared.kind === 'problem') return fail(index, prepared.message, prepared.line);
  const own = new Worker(new URL('../cells/worker.ts', import.meta.url), { type: 'module' });
  worker = own;
  const begun = performance.now();
  own.onmessage = ({ data }: MessageEvent<Message>) => {
    if (own === worker) take(index, data, begun);
  };
  own.onerror = ({ message }) => fail(index, message || 'The worker could not start', undefined);
  own.postMessage({ text: prepared.text, library } satisfies Order);
}

/** Ends what runs. */
export function stop(index: number): void {
  end();
  change(index, { word: 'Stopped' });
}

function take(index: number, message: Message, begun: number): void {
  switch (message.kind) {
    case 'output':
      change(message.cell, { outputs: [...(cells.value[message.cell]?.outputs ?? []), message.output] });
      break;
    case 'failed':
      fail(index, message.message, message.line);
      break;
    case 'done':
      end();
      change(index, { word: `Done in ${((performance.now() - begun) / 1000).toFixed(1)} s` });
      break;
  }
}

function fail(index: number, message: string, line: number | undefined): void {
  end();
  const { cell, line: own } = placeOf(codes(index), line ?? 1);
  const where = line === undefined ? '' : ` (${cell === index ? '' : `cell ${cell + 1}, `}line ${own})`;
  change(index, { word: `${message}${where}` });
}

function end(): void {
  turn += 1;
  worker?.terminate();
  worker = undefined;
  running.value = -1;
}
