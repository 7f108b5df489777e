import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import type { Circuit } from 'tfjs-stdp/circuits';
import { type CircuitHistory, emptyHistory, withFrame } from './history.js';
import type { CircuitCommand, CircuitReply } from './protocol.js';

/** What the page knows of the network in the worker, and how to let it run, stop and begin anew. */
export interface CircuitRun {
  readonly history: CircuitHistory;
  readonly running: boolean;
  readonly refusal: string | undefined;
  readonly run: (on: boolean, speed: number) => void;
  readonly restart: () => void;
  readonly dismiss: () => void;
}

type View = Pick<CircuitRun, 'history' | 'running' | 'refusal'>;

type Told = CircuitReply | { readonly type: 'dismissed' } | { readonly type: 'running'; readonly on: boolean };

function told(view: View, reply: Told): View {
  switch (reply.type) {
    case 'frame':
      return { ...view, history: withFrame(view.history, reply.frame) };
    case 'taken':
      return { ...view, refusal: undefined };
    case 'refused':
      return { ...view, refusal: reply.message, running: reply.stopped ? false : view.running };
    case 'running':
      return { ...view, running: reply.on };
    case 'dismissed':
      return { ...view, refusal: undefined };
    default:
      return reply satisfies never;
  }
}

/**
 * A circuit at work in a worker, which starts when it is first looked at.
 *
 * @param circuit  another one goes on from where the last is, or begins anew where it has other neurons or synapses; undefined: none yet.
 */
export function useCircuit(circuit: Circuit | undefined): CircuitRun {
  const [view, tell] = useReducer(told, { history: emptyHistory, running: false, refusal: undefined });
  const worker = useRef<Worker | undefined>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);
  const send = useCallback((command: CircuitCommand) => worker.current?.postMessage(command), []);
  useEffect(() => {
    if (circuit === undefined) return;
    worker.current ??= startWorker(tell);
    send({ type: 'change', circuit });
  }, [circuit, send]);
  const run = useCallback(
    (on: boolean, speed: number) => {
      tell({ type: 'running', on });
      send({ type: 'run', on, speed });
    },
    [send],
  );
  const restart = useCallback(() => {
    if (circuit !== undefined) send({ type: 'begin', circuit });
  }, [circuit, send]);
  const dismiss = useCallback(() => tell({ type: 'dismissed' }), []);
  return { ...view, run, restart, dismiss };
}

function startWorker(tell: (reply: CircuitReply) => void): Worker {
  const worker = new Worker(new URL('./circuit.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<CircuitReply>) => tell(data);
  worker.onerror = ({ message }) =>
    tell({ type: 'refused', stopped: true, message: `The worker could not start: ${message ?? 'unknown reason'}` });
  return worker;
}
