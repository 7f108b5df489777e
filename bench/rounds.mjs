// Timing side by side: each round measures the peers and all of our forms once, so that what the machine does meanwhile
// happens to all of them.

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Milliseconds of one sample, at least. */
const sample = 6;

/** How often to run something so that one sample lasts. */
async function repetitions(once) {
  await once(1);
  const first = await once(2);
  return Math.max(1, Math.min(2000, Math.ceil(sample / Math.max(first, 1e-4))));
}

/**
 * Milliseconds a step of each, round by round.
 *
 * @param timers  `{ [name]: (repeat) => milliseconds of one step }`.
 */
export async function measure(timers, rounds) {
  const repeats = {};
  for (const [name, time] of Object.entries(timers)) repeats[name] = await repetitions(time);
  const times = Object.fromEntries(Object.keys(timers).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, time] of Object.entries(timers)) times[name].push(await time(repeats[name]));
  return times;
}

/** A timer of one of our forms. */
export const timerOf =
  ({ run, steps }) =>
  (repeat) => {
    run(); // brings its data back into the cache
    const start = performance.now();
    for (let index = 0; index < repeat; index++) run();
    return (performance.now() - start) / repeat / steps;
  };

/** The median of the ratios round by round. */
export const ratio = (theirs, ours) => median(theirs.map((time, round) => time / ours[round]));
