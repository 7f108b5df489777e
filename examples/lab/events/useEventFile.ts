import { useCallback, useRef, useState } from 'preact/hooks';
import type { EventsReply, Recording } from './protocol.js';

/** The latest recording, what is read at present, why a file was refused, and how to open one. */
export interface EventFile {
  readonly recording: Recording | undefined;
  readonly reading: { readonly name: string; readonly events: number } | undefined;
  readonly refusal: string | undefined;
  readonly open: (file: File) => void;
  readonly dismiss: () => void;
}

type State = Pick<EventFile, 'recording' | 'reading' | 'refusal'>;

/** Files are read by a worker, which starts with the first. What is refused leaves the recording before it where it is. */
export function useEventFile(): EventFile {
  const [state, setState] = useState<State>({ recording: undefined, reading: undefined, refusal: undefined });
  const worker = useRef<Worker | undefined>(undefined);
  const open = useCallback((file: File) => {
    worker.current ??= startWorker((reply) => setState((before) => after(before, reply)));
    worker.current.postMessage(file);
  }, []);
  const dismiss = useCallback(() => setState((before) => ({ ...before, refusal: undefined })), []);
  return { ...state, open, dismiss };
}

function startWorker(onReply: (reply: EventsReply) => void): Worker {
  const worker = new Worker(new URL('./events.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<EventsReply>) => onReply(data);
  return worker;
}

function after(before: State, reply: EventsReply): State {
  switch (reply.type) {
    case 'reading':
      return { ...before, reading: reply, refusal: undefined };
    case 'recording':
      return { recording: reply.recording, reading: undefined, refusal: undefined };
    case 'refused':
      return { ...before, reading: undefined, refusal: reply.message };
    default:
      return reply satisfies never;
  }
}
