import { describe, inject, it, type RunnerTask, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest';
import { useKernels } from '../../src/kernels/tensors/current.js';
import type { Answer, Order } from './protocol.js';
import { switches } from './switches.js';

/**
 * Loads the specs once, then tries one mutant after the other on them. Stryker builds all mutants into the code, behind a
 * switch; to load TensorFlow.js and the specs anew for each would take twenty times as long as the tests that find it.
 * Mutants that act while modules are loaded have to be active from the start: `alive`.
 */
declare module 'vitest' {
  interface ProvidedContext {
    readonly mutation: { readonly specs: string; readonly alive: string | undefined };
  }
}

const { specs, alive } = inject('mutation');

const all = import.meta.glob([
  '../**/*.spec.ts',
  '../../property-tests/*.spec.ts',
  '!../../property-tests/publicCalls.spec.ts',
  '!../node/**',
  '!../backends/**',
]);
for (const [key, load] of Object.entries(all)) {
  const path = key.startsWith('../../') ? key.slice(6) : key.replace('..', 'test');
  if (new RegExp(specs).test(path)) describe(path, async () => void (await load()));
}

/** How many tests a mutant has to get past: what half a library runs through is found early or not at all. */
const most = 1000;

/** A test, with the kernels on, or off, where all is a composition of TensorFlow.js operations. */
interface Trial {
  readonly id: string;
  readonly path: string;
  readonly test: RunnerTestCase;
  readonly kernels: boolean;
}

const testsOf = (task: RunnerTask): readonly RunnerTestCase[] =>
  task.type === 'test' ? [task] : (task as RunnerTestSuite).tasks.flatMap(testsOf);

const nameOf = (task: RunnerTask): string => (task.suite ? `${nameOf(task.suite)} > ${task.name}` : task.name);

function trialsOf(path: string, suite: RunnerTask): readonly Trial[] {
  const kernels = path.includes('/golden/') ? [true, false] : [true];
  return testsOf(suite).flatMap((test, index) =>
    kernels.map((on) => ({ id: `${nameOf(test)} (${index}${on ? '' : ', without kernels'})`, path, test, kernels: on })),
  );
}

/** Runs a test: what it threw, in words, and how long it took. */
async function attempt({
  id,
  test,
  kernels,
}: Trial): Promise<{ readonly id: string; readonly ms: number; readonly error?: string }> {
  const start = performance.now();
  try {
    useKernels(kernels);
    await TestRunner.getTestFn(test)?.();
    return { id, ms: performance.now() - start };
  } catch (error) {
    return { id, ms: performance.now() - start, error: String(error) };
  } finally {
    useKernels(true);
  }
}

it('serve', { timeout: 0 }, async ({ task }) => {
  const trials = new Map(
    task.file.tasks
      .filter((suite) => suite !== task)
      .flatMap((suite) => trialsOf(suite.name, suite))
      .map((trial) => [trial.id, trial]),
  );
  const took = new Map<string, number>();

  /** All tests, none of which may fail. */
  async function dryRun(): Promise<Answer> {
    const tests = [];
    for (const trial of trials.values()) {
      switches.currentTestId = trial.id;
      tests.push(await attempt(trial));
      took.set(trial.id, tests.at(-1)?.ms ?? 0);
    }
    switches.currentTestId = undefined;
    return { tests, coverage: switches.mutantCoverage };
  }

  /**
   * Those that reach the mutant until one fails: the nearest first, of these the quickest first, but no more than `most`. Of a
   * mutant that acts while modules are loaded nobody knows which they are: then all.
   */
  async function mutantRun(order: Extract<Order, { readonly kind: 'mutant' }>): Promise<Answer> {
    const chosen = (order.tests ?? [...trials.keys()]).flatMap((id) => trials.get(id) ?? []);
    const rank = ({ id, path }: Trial) => (path.includes(order.near) ? 0 : 1e9) + (took.get(id) ?? 0);
    chosen.sort((one, other) => rank(one) - rank(other));
    if (order.tests !== undefined) chosen.splice(most);
    Object.assign(switches, { activeMutant: order.mutant, hitCount: 0, hitLimit: order.hitLimit });
    let ran = 0;
    for (const trial of chosen) {
      const { error } = await attempt(trial);
      ran++;
      if (error === undefined) continue;
      Object.assign(switches, { activeMutant: alive, hitCount: undefined, hitLimit: undefined });
      const spoiled = alive === undefined && (await attempt(trial)).error !== undefined;
      return { ran, killedBy: trial.id, error, spoiled };
    }
    const missed = switches.hitCount === 0;
    Object.assign(switches, { activeMutant: alive, hitCount: undefined, hitLimit: undefined });
    return { ran, missed };
  }

  const orders = new BroadcastChannel('mutation orders');
  const answers = new BroadcastChannel('mutation answers');
  await new Promise<void>((done) => {
    orders.onmessage = async ({ data }: MessageEvent<Order>) => {
      if (data.kind === 'end') return done();
      answers.postMessage(await (data.kind === 'dry' ? dryRun() : mutantRun(data)));
    };
    answers.postMessage('ready');
  });
  orders.close();
  answers.close();
});
