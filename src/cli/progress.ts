import type { OnProgress } from '../networks/onProgress.js';
import { SingleBar } from '../vendor/progressBar.js';

/** Shows work on stderr: what is done, how fast, how long it will take, and what there is to say. */
export interface Progress {
  readonly update: OnProgress;
  /** Ends the present stage; call it before anything else is printed. */
  stop(): void;
}

/** What is told of a stage. */
interface Stage {
  readonly name: string;
  readonly started: number;
  /** What was done when it began to be told of, in an earlier run for one. */
  readonly before: number;
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

/** How the stages of work are shown: at its beginning, as it goes on, at its end. */
interface Display {
  begin(stage: Stage): void;
  go(stage: Stage): void;
  end(stage: Stage): void;
}

/** A bar on a terminal that can move its cursor, else a plain line at the beginning and the end of a stage and now and then. */
export function showProgress(): Progress {
  const { TERM, NO_COLOR } = process.env;
  const plain = !process.stderr.isTTY || TERM === 'dumb' || Boolean(NO_COLOR);
  const display = plain ? lines() : bars();
  let stage: Stage | undefined;
  const stop = () => {
    if (stage !== undefined) display.end(stage);
    stage = undefined;
  };
  return {
    update: (name, done, total, note = '') => {
      if (stage?.name === name) {
        stage = { ...stage, done, total, note };
      } else {
        stop();
        stage = { name, started: performance.now(), before: done, done, total, note };
        display.begin(stage);
      }
      display.go(stage);
    },
    stop,
  };
}

const secondsOf = ({ started }: Stage): number => (performance.now() - started) / 1000;

/** How many a second, in few digits; undefined at the first sight of a stage. */
function rateOf(stage: Stage): string | undefined {
  const rate = (stage.done - stage.before) / secondsOf(stage);
  return rate > 0 && Number.isFinite(rate) ? `${rate.toFixed(rate < 10 ? 1 : 0)}/s` : undefined;
}

/** The cursor stays visible, come what may. */
function bars(): Display {
  let bar: SingleBar | undefined;
  return {
    begin: ({ name, done, total }) => {
      bar = new SingleBar({
        format: '{stage} [{bar}] {value}/{total} · {rate} · {eta_formatted} left {note}',
        barsize: 24,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        etaBuffer: 200,
        gracefulExit: false,
      });
      bar.start(total, done, { stage: name, rate: '…', note: '' });
    },
    go: (stage) => bar?.update(stage.done, { rate: rateOf(stage) ?? '…', note: stage.note }),
    end: () => bar?.stop(),
  };
}

/** Seconds between two lines of one stage. */
const pause = 30;

function lines(): Display {
  let shownAt = 0;
  const line = (stage: Stage, end: string) => {
    const parts = [`${stage.done}/${stage.total}`, rateOf(stage), end, stage.note];
    process.stderr.write(`${stage.name}: ${parts.filter(Boolean).join(', ')}\n`);
    shownAt = performance.now();
  };
  return {
    begin: ({ name }) => {
      process.stderr.write(`${name} …\n`);
      shownAt = performance.now();
    },
    go: (stage) => {
      const done = stage.done - stage.before;
      const left = ((stage.total - stage.done) / done) * secondsOf(stage);
      if (performance.now() - shownAt >= 1000 * pause && done > 0) line(stage, `${left.toFixed(0)} s left`);
    },
    end: (stage) => {
      line(stage, `${secondsOf(stage).toFixed(1)} s`);
    },
  };
}
