import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../networks/latency/runExperiment.js';

/** Shows work on stderr, one bar a stage: what is done, how fast, how long it will take, and what there is to say. */
export interface Progress {
  readonly update: OnProgress;
  /** Ends the present bar; call it before anything else is printed. */
  stop(): void;
}

/** A progress display: a bar on a terminal, a line now and then elsewhere. The cursor stays visible, come what may. */
export function showProgress(): Progress {
  let bar: SingleBar | undefined;
  let current = '';
  let started = 0;
  const stop = () => {
    bar?.stop();
    bar = undefined;
    current = '';
  };
  return {
    update: (stage, done, total, note = '') => {
      if (stage !== current) {
        stop();
        current = stage;
        started = performance.now();
        bar = newBar();
        bar.start(total, 0, { stage, rate: '…', note });
      }
      const seconds = (performance.now() - started) / 1000;
      bar?.update(done, { rate: seconds > 0 ? (done / seconds).toFixed(done / seconds < 10 ? 1 : 0) : '…', note });
    },
    stop,
  };
}

const newBar = (): SingleBar =>
  new SingleBar({
    format: '{stage} [{bar}] {value}/{total} · {rate}/s · {eta_formatted} left {note}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    etaBuffer: 200,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    gracefulExit: false,
  });
