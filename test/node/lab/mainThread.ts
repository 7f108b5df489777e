import type { Page } from 'playwright';

/**
 * What the page's main thread did while something happened.
 *
 * @property longestTask  the longest task, by the thread's own clock: what other programs do meanwhile doesn't count. Milliseconds.
 * @property busy         the part of its time that it works, by the same clock.
 * @property frames       milliseconds from each animation frame to the next, by the clock on the wall.
 */
export interface MainThread {
  readonly longestTask: number;
  readonly busy: number;
  readonly frames: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Watches the main thread while something happens. */
export async function mainThreadDuring(page: Page, happening: () => Promise<void>): Promise<MainThread> {
  const chromium = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  chromium.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as readonly TraceEvent[])));
  await chromium.send('Tracing.start', { categories: 'disabled-by-default-devtools.timeline', transferMode: 'ReportEvents' });
  let frames: readonly number[];
  try {
    await page.evaluate(countFrames);
    await happening();
    frames = await page.evaluate(() => (window as unknown as { readonly frames: readonly number[] }).frames.slice(2));
  } finally {
    const ended = new Promise((resolve) => chromium.once('Tracing.tracingComplete', resolve));
    await chromium.send('Tracing.end');
    await ended;
  }
  const main = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`);
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && main.includes(`${pid} ${tid}`));
  const milliseconds = tasks.map(({ tdur = 0 }) => tdur / 1000);
  const [worked, lasted] = [milliseconds, frames].map((parts) => parts.reduce((sum, part) => sum + part, 0));
  return { longestTask: Math.max(...milliseconds), busy: (worked ?? 0) / (lasted ?? 0), frames };
}

function countFrames(): void {
  const frames: number[] = [];
  Object.assign(window, { frames });
  let last = performance.now();
  const next = (now: number): void => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
