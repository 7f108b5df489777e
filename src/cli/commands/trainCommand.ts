import { existsSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '../../backends/useBackend.js';
import { messageOf } from '../../core/show.js';
import { accuracyByClass } from '../../data/classNames.js';
import type { DataSet } from '../../data/dataSet.js';
import { readingOf } from '../../data/files/reading.js';
import type { Run } from '../../io/kinds/networkKinds.js';
import { percent } from '../../io/percent.js';
import { addToRunFolder, completeRunFolder, isSaved, keepRun } from '../../io/programRuns.js';
import type { RunProcess } from '../../io/run.js';
import { readExisting } from '../../io/runFolder.js';
import { beginRun, readProgress } from '../../io/runProgress.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import { type Traffic, trafficText } from '../../sweep/pieces/traffic.js';
import { commandLine } from '../commandLine.js';
import { exitCodeAfter } from '../interrupts.js';
import { chooseData, ensureSameData } from '../job/chooseData.js';
import { ensureMemory } from '../job/ensureMemory.js';
import { runJob, runToBegin } from '../job/job.js';
import type { TrainOptions } from '../job/trainOptions.js';
import { newPlan, type Plan, resumedPlan } from '../job/trainPlan.js';
import { type Progress, showProgress } from '../progress.js';
import { linesBeside, stopOnInterrupt } from '../stopOnInterrupt.js';
import { confusionTable, printable, say, sayJson } from '../text.js';
import { withEngine } from '../withEngine.js';
import { withWorkers } from '../withWorkers.js';

/**
 * Trains, tests and writes a run folder, which keeps how far it has come from the beginning on. Ctrl-C, or another signal to end, stops
 * after the present piece of work and writes what was learned; the second quits at once.
 *
 * @param version  of the program.
 * @returns the exit code: 0, or that of the signal.
 */
export async function trainCommand(options: TrainOptions, version: string): Promise<number> {
  if (options.resume !== undefined && (await drewMissing(options.resume, options))) return 0;
  const started = performance.now();
  const plan = options.resume === undefined ? newPlan(options) : await resumedPlan(options, options.resume);
  const { data, request } = await chooseData(plan.request);
  const kept = plan.keptFor(data);
  const workers = options.workers ?? availableParallelism();
  ensureMemory(plan.job, data, workers);
  const process = processOf(plan, version);
  const progress = showProgress();
  const begun = beginRun(plan.place, runToBegin(plan.job, data, request, process), {
    ...{ ...kept, existing: plan.existing, numbered: plan.numbered, every: options.checkpoint },
    onFailure: tellOnce(progress),
  });
  const interrupts = stopOnInterrupt(progress, 'what was learned so far');
  const context = { request, seed: request.seed, onProgress: progress.update, signal: interrupts.signal };
  const train = (pool: WorkerPool) => runJob(plan.job, data, { ...context, workers: pool, checkpoints: begun.checkpoints });
  const engine = { url: options.engine, request, data, signal: interrupts.signal, tell: linesBeside(progress) };
  const work = withWorkers(workers, (local) => withEngine(engine, local, train));
  const { result: outcome, traffic } = await work.finally(progress.stop).catch((reason) => {
    if (begun.end('failed')) tellSaved(begun.folder, true);
    throw reason;
  });
  const run: Run = { ...outcome.run, process: { ...process, ended: new Date().toISOString() } };
  const seconds = (performance.now() - started) / 1000;
  const { folder } = begun;
  keepRun(folder, run, begun.existing);
  const failed = outcome.failure ?? (await drawn(folder, run, data));
  begun.end('saved');
  interrupts.release();
  if (failed !== undefined) {
    if (isSaved(folder, run)) tellSaved(folder, run.status !== 'complete');
    throw failed.reason;
  }
  print(options, run, folder, seconds, traffic);
  const signal = interrupts.stopped();
  return run.status === 'complete' || signal === undefined ? 0 : exitCodeAfter(signal);
}

/** This process, as the run's folder tells of it. */
const processOf = ({ command, started = new Date().toISOString() }: Plan, version: string): RunProcess => ({
  ...{ version, command, started },
  ...{ host: hostname(), pid: process.pid },
});

/** Tells the first checkpoint that can't be written: the work goes on, and the one before it stays. */
function tellOnce(progress: Progress): (reason: unknown) => void {
  let told = false;
  return (reason) => {
    if (told) return;
    told = true;
    progress.stop();
    process.stderr.write(`warning: no checkpoint: ${printable(messageOf(reason))}; the last one is good, and the run goes on\n`);
  };
}

function tellSaved(folder: string, goesOn: boolean): void {
  const goOn = goesOn ? ` ${goOnWith(folder)}` : '';
  process.stderr.write(`\nWhat was learned before it failed is saved in ${printable(folder)}.${goOn}\n`);
}

/** Draws the pictures of a complete run that was cut off before it had them. Answers whether that was all there was to do. */
async function drewMissing(folder: string, { data: given, otherData = false }: TrainOptions): Promise<boolean> {
  const { run, existing } = await readExisting(folder);
  if (run.status !== 'complete' || existsSync(join(folder, 'report.html')) || readProgress(folder) !== undefined) return false;
  const { directory, train, holdout } = run.data;
  const request = { directory: given ?? directory, seed: run.seed, train, holdout, ...readingOf(run.data) };
  const { data } = await chooseData(request);
  ensureSameData(run.data, data, { folder, given: given !== undefined, parts: ['train', 'test'], otherData });
  if ('backend' in run) await useBackend(run.backend);
  const { reportFiles } = await import('../reportFiles.js');
  completeRunFolder(folder, run, await reportFiles(run, data), existing);
  say(`Complete already; pictures and report were missing: ${printable(join(folder, 'report.html'))}`);
  return true;
}

/** Adds pictures and the report to a run that is saved; what goes wrong about them comes back, the run stays as it is. */
async function drawn(out: string, run: Run, data: DataSet): Promise<{ readonly reason: unknown } | undefined> {
  try {
    const { reportFiles } = await import('../reportFiles.js');
    addToRunFolder(out, run, await reportFiles(run, data));
    return undefined;
  } catch (reason) {
    return { reason };
  }
}

const goOnWith = (folder: string): string => `Go on with: ${printable(commandLine(['train', '--resume', folder]))}`;

function print({ json }: TrainOptions, run: Run, out: string, seconds: number, traffic: Traffic | undefined): void {
  const controlled = 'controlled' in run ? run.controlled : undefined;
  if (json) {
    const { score, status, seed, data, network } = run;
    const summary = {
      status,
      accuracy: score?.accuracy,
      controlAccuracy: controlled?.accuracy,
      confusion: score?.confusion,
      accuracyByClass: score && accuracyByClass(score.confusion, data.classNames),
      seed,
      seconds,
      preset: network.name,
      data,
      out,
      traffic: traffic ?? null,
    };
    sayJson(summary);
    return;
  }
  say(
    `\n${printable(`${run.network.name} on ${run.data.name}`)}: ${run.data.train} training images, seed ${run.seed}, ${seconds.toFixed(1)} s`,
  );
  if (run.score !== undefined) say(`${run.data.holdout > 0 ? 'Held-out' : 'Test'} accuracy ${percent(run.score.accuracy)}`);
  if (controlled !== undefined) say(`With ${controlled.kind} weights, at as many spikes: ${percent(controlled.accuracy)}`);
  if (run.score !== undefined)
    say(
      `\nConfusion matrix (rows: what it is, columns: what was seen)\n${confusionTable(run.score.confusion, run.data.classNames)}`,
    );
  if (traffic !== undefined) say(`Over the network: ${trafficText(traffic)}`);
  if (run.status === 'interrupted') say(`Interrupted. ${goOnWith(out)}`);
  say(`\nPictures, report and weights: ${printable(join(out, 'report.html'))}`);
}
