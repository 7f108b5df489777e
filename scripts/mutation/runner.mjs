// A test runner for Stryker that loads the specs once and tries one mutant after the other on them (test/mutation/serve.ts).
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createVitest } from 'vitest/node';
import { inOneLine } from './page.mjs';
import { fromZero, keyOf, textOf } from './sample.mjs';

/** What scripts/mutation.mjs has chosen: specs to run, and mutants to try. */
const settings = JSON.parse(readFileSync(process.env.MUTATION_SETTINGS, 'utf8'));

/** Vitest, which transforms the instrumented code once for all threads. */
const newVitest = () =>
  createVitest('test', {
    config: 'test/mutation/vitest.config.ts',
    watch: false,
    reporters: [{}],
    testNamePattern: /^serve$/,
  });

/** A thread that has loaded the specs; with a mutant alive from the start, if one is named. */
async function startThread(vitest, alive) {
  const orders = new BroadcastChannel('mutation orders');
  const answers = new BroadcastChannel('mutation answers');
  const next = async () => (await once(answers, 'message'))[0].data;
  vitest.provide('mutation', { specs: settings.specs, alive });
  const ready = next();
  const run = vitest.state.getFiles().length === 0 ? vitest.start() : vitest.rerunFiles();
  const problem = await Promise.race([
    ready.then(() => undefined),
    run.then(() => [...vitest.state.errorsSet, ...vitest.state.getFiles().flatMap(({ result }) => result?.errors ?? [])]),
  ]);
  const stop = async () => {
    orders.postMessage({ kind: 'end' });
    orders.close();
    answers.close();
    await run;
  };
  if (problem !== undefined) {
    await stop();
    throw new Error(`the specs did not load: ${problem.map((error) => error.stack ?? error.message).join('\n')}`);
  }
  const ask = async (order) => {
    const answer = next();
    orders.postMessage(order);
    return answer;
  };
  return { ask, stop };
}

class WarmRunner {
  vitest;
  thread;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async reload(alive) {
    await this.endThread();
    this.vitest ??= await newVitest();
    this.thread = await startThread(this.vitest, alive);
    return this.thread;
  }

  async dryRun() {
    const { ask } = await this.reload();
    const { tests, coverage } = await ask({ kind: 'dry' });
    return {
      status: 'complete',
      tests: tests.map(({ id, ms, error }) => ({
        id,
        name: id,
        timeSpentMs: ms,
        ...(error === undefined ? { status: 0 } : { status: 1, failureMessage: error }),
      })),
      mutantCoverage: withoutHybrids(coverage),
    };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const order = {
      kind: 'mutant',
      mutant: activeMutant.id,
      tests: testFilter,
      near: `/${relative('src', activeMutant.fileName).split(sep)[0]}/`,
      hitLimit,
    };
    if (mutantActivation === 'static') return this.fromTheStart(order);
    const { ask } = this.thread ?? (await this.reload());
    const answer = await ask(order);
    if (answer.missed) return this.fromTheStart(order);
    return resultOf(answer.spoiled ? await (await this.reload()).ask(order) : answer);
  }

  /** With the mutant active while the specs are loaded, which it may prevent. */
  async fromTheStart(order) {
    try {
      const { ask } = await this.reload(order.mutant);
      return resultOf(await ask(order));
    } catch (error) {
      return resultOf({ ran: 0, killedBy: 'loading', error: error.message });
    } finally {
      await this.endThread();
    }
  }

  async endThread() {
    const { thread } = this;
    this.thread = undefined;
    await thread?.stop();
  }

  async dispose() {
    await this.endThread();
    await this.vitest?.close();
  }
}

const resultOf = ({ ran, killedBy, error }) =>
  killedBy === undefined
    ? { status: 'survived', nrOfTests: ran }
    : { status: 'killed', killedBy: [killedBy], failureMessage: error ?? '', nrOfTests: ran };

/** Mutants that tests reach after loading too are tried there, which is quicker and finds no more than there is. */
function withoutHybrids({ static: loading, perTest } = { static: {}, perTest: {} }) {
  const reached = new Set(Object.values(perTest).flatMap(Object.keys));
  return { perTest, static: Object.fromEntries(Object.entries(loading).filter(([id]) => !reached.has(id))) };
}

/** Lets only the mutants of the sample through; the others are no part of any figure. */
class Sampler {
  sample = new Set(settings.sample);

  async init() {}

  async check(mutants) {
    const verdict = (mutant) =>
      this.sample.has(keyOf(mutant)) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, verdict(mutant)]));
  }

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }
}

/** Tells at once what survives. */
class Survivors {
  onMutantTested({ status, fileName, location, replacement }) {
    if (status !== 'Survived') return;
    const text = textOf({ fileName, location: fromZero(location) });
    console.log(`survives ${relative('.', fileName)}:${location.start.line}  ${inOneLine(text)}  ->  ${inOneLine(replacement)}`);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'warm', WarmRunner),
  declareClassPlugin(PluginKind.Checker, 'sample', Sampler),
  declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors),
];
