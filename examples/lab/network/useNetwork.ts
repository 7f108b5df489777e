import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { hasWasmSimd, type LabBackend } from '../support.js';
import type { AnswerReport, Command, DataReport, FittedReport, LearnedReport, PictureReport, Report } from './protocol.js';

/** A point of the curves. */
export interface Moment {
  readonly seen: number;
  readonly convergence: number;
  readonly rate: number;
}

/** What the page knows of the network in the worker. */
export interface NetworkView {
  readonly backend: LabBackend;
  readonly running: boolean;
  readonly work: { readonly what: string; readonly done: number; readonly total: number } | undefined;
  readonly data: DataReport | undefined;
  readonly learned: LearnedReport | undefined;
  readonly history: readonly Moment[];
  readonly fitted: FittedReport | undefined;
  readonly answer: AnswerReport | undefined;
  readonly picture: PictureReport | undefined;
  readonly example: { readonly pixels: Uint8Array; readonly label: number } | undefined;
  readonly exported: string | undefined;
  readonly problem: string | undefined;
  readonly deviceLost: boolean;
}

const unknown: NetworkView = {
  backend: 'wasm',
  running: false,
  work: { what: 'Starting', done: 0, total: 1 },
  data: undefined,
  learned: undefined,
  history: [],
  fitted: undefined,
  answer: undefined,
  picture: undefined,
  example: undefined,
  exported: undefined,
  problem: undefined,
  deviceLost: false,
};

/** Points of a curve that are kept; then every second one goes. */
const mostPoints = 300;

function told(view: NetworkView, report: Report | { readonly type: 'dismissed' }): NetworkView {
  switch (report.type) {
    case 'backend':
      if (report.name === 'cuda') return view;
      // What was wrong with another backend is over; at the beginning there was none, and what is said then holds.
      return { ...view, backend: report.name, problem: view.data === undefined ? view.problem : undefined };
    case 'running':
      return { ...view, running: report.on };
    case 'idle':
      return { ...view, work: undefined };
    case 'working':
      return { ...view, work: report };
    case 'data':
      return { ...view, data: report, picture: undefined };
    case 'learned':
      return withMoment({ ...view, learned: report }, report);
    case 'fitted':
      return { ...view, fitted: report };
    case 'answer':
      return { ...view, answer: report };
    case 'picture':
      return { ...view, picture: report };
    case 'example':
      return { ...view, example: report };
    case 'exported':
      return { ...view, exported: report.json };
    case 'problem':
      return { ...view, problem: report.message };
    case 'deviceLost':
      return { ...view, deviceLost: true };
    case 'dismissed':
      return { ...view, problem: undefined, deviceLost: false };
    default:
      return report satisfies never;
  }
}

/** The curves with the latest point; from the beginning where the network begins anew. */
function withMoment(view: NetworkView, { seen, convergence, rate }: LearnedReport): NetworkView {
  const last = view.history.at(-1);
  if (last !== undefined && seen < last.seen) return { ...view, history: [{ seen, convergence, rate }], fitted: undefined };
  if (last?.seen === seen) return view;
  const history = [...view.history, { seen, convergence, rate }];
  return { ...view, history: history.length > mostPoints ? history.filter((_, index) => index % 2 === 0) : history };
}

/** Starts the worker; gives what it tells, and a way to ask something of it. */
export function useNetwork(seed: number): {
  readonly view: NetworkView;
  readonly send: (command: Command) => void;
  readonly dismiss: () => void;
} {
  const [view, tell] = useReducer(told, unknown);
  const worker = useRef<Worker | undefined>(undefined);
  const first = useRef(seed);
  useEffect(() => {
    const started = new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<Report>) => tell(data);
    started.onerror = ({ message }) =>
      tell({ type: 'problem', message: `The worker could not start: ${message ?? 'unknown reason'}` });
    const without = 'This browser has no WebAssembly with SIMD: the lab computes in plain JavaScript, which is much slower.';
    if (!hasWasmSimd()) tell({ type: 'problem', message: without });
    started.postMessage({ type: 'begin', backend: hasWasmSimd() ? 'wasm' : 'cpu', seed: first.current } satisfies Command);
    worker.current = started;
    return () => started.terminate();
  }, []);
  const send = useCallback((command: Command) => worker.current?.postMessage(command), []);
  const dismiss = useCallback(() => tell({ type: 'dismissed' }), []);
  return { view, send, dismiss };
}
