import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RuleSchema, WindowReply, WindowRequest } from './protocol.js';

/** The rules, the latest window, why a request was refused, and how to ask for another window. */
export interface WindowView {
  readonly rules: readonly RuleSchema[];
  readonly curves: Extract<WindowReply, { readonly type: 'window' }> | undefined;
  readonly refusal: string | undefined;
  readonly ask: (request: WindowRequest) => void;
}

/** Starts the worker when it is needed for the first time. While it computes, only the latest request waits. */
export function useWindow(needed: boolean): WindowView {
  const [view, setView] = useState<Omit<WindowView, 'ask'>>({ rules: [], curves: undefined, refusal: undefined });
  const worker = useRef<Worker | undefined>(undefined);
  const busy = useRef(false);
  const waiting = useRef<WindowRequest | undefined>(undefined);

  const ask = useCallback((request: WindowRequest) => {
    if (busy.current) waiting.current = request;
    else worker.current?.postMessage(request);
    busy.current = true;
  }, []);

  useEffect(() => {
    if (!needed || worker.current !== undefined) return;
    worker.current = new Worker(new URL('./window.worker.ts', import.meta.url), { type: 'module' });
    worker.current.onmessage = ({ data }: MessageEvent<WindowReply>) => {
      if (data.type === 'rules') return setView((before) => ({ ...before, rules: data.rules }));
      if (data.type === 'window') setView((before) => ({ ...before, curves: data, refusal: undefined }));
      else setView((before) => ({ ...before, refusal: data.message }));
      busy.current = false;
      const next = waiting.current;
      waiting.current = undefined;
      if (next !== undefined) ask(next);
    };
  }, [needed, ask]);

  return { ...view, ask };
}
