/** The workers that something starts. */
export interface WatchedWorkers {
  /** Rejects when one of them fails. */
  readonly failed: Promise<never>;
  /** Ends them. */
  terminate(): void;
  /** Looks away. */
  release(): void;
}

/**
 * Watches the workers that are made from text (a `blob:`) from now on, as TensorFlow.js makes its threads, which has no eye on them
 * itself: it waits for ever for one that a page's policy forbids, or that dies of how its text was minified. What happens to
 * them is not written to the console: it is told here.
 */
export function watchWorkers(): WatchedWorkers {
  const { Worker: Original } = globalThis;
  const made: Worker[] = [];
  let fail: (reason: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {}); // nobody may be waiting any more
  class Watched extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (!String(url).startsWith('blob:')) return;
      made.push(this);
      this.addEventListener('error', (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        fail(event.message || 'a worker made from text is not allowed here');
      });
    }
  }
  globalThis.Worker = Watched;
  return {
    failed,
    terminate: () => {
      for (const worker of made) worker.terminate();
    },
    release: () => {
      if (globalThis.Worker === Watched) globalThis.Worker = Original;
    },
  };
}
