import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvLines } from '../../src/cli/commands/sweep/csv.js';
import { headOf, settingsTable } from '../../src/cli/commands/sweep/settingsTable.js';
import { StdpError } from '../../src/core/errors.js';
import { saveRun } from '../../src/io/runFolder.js';
import { createSweep } from '../../src/sweep/createSweep.js';
import { optunaJournal } from '../../src/sweep/optunaJournal.js';
import { parameterPlot } from '../../src/sweep/parameterPlot.js';
import type { PlannedRun } from '../../src/sweep/plan.js';
import { keepOnlyBest, recorderOf, runFolderOf } from '../../src/sweep/recorder.js';
import { failedResult, type RunResult } from '../../src/sweep/runResult.js';
import { readRuns, settingsOf, spreadOf } from '../../src/sweep/summary.js';
import {
  appendResult,
  cancelSweep,
  readPlan,
  readResults,
  readTally,
  retrySweep,
  type Sweep,
  sweepStatus,
} from '../../src/sweep/sweepFolder.js';
import { tinyRun } from './runs.js';
import { doneResult, fewImages, newFolder, specOf } from './sweeps.js';

const few = fewImages();
const set = { 'layers.0.threshold': [20, 30], 'readout.source': ['contrast', 'spikes'] };

async function newSweep(given: object = {}): Promise<{ readonly sweep: Sweep; readonly runs: readonly PlannedRun[] }> {
  const sweep = await createSweep(join(newFolder(), 'sweep'), specOf({ data: few, seeds: 3, set, ...given }));
  return { sweep, runs: [...readPlan(sweep)] };
}

const broken = (id: string, final: boolean): RunResult =>
  failedResult(id, final ? new StdpError('it', 'data', 'are bad') : new Error('a crash'), 1);

describe('the results of a sweep', () => {
  it('are read whole: what was cut off is left out, and the next one stands on a line of its own', async () => {
    const { sweep } = await newSweep();
    appendResult(sweep.dir, 'a', doneResult('r1'));
    const file = join(sweep.dir, 'results', 'a.jsonl');
    appendFileSync(file, '{"id":"r2","status":"do');
    appendResult(sweep.dir, 'b', doneResult('r3'));
    expect([...readResults(sweep.dir)]).toEqual([doneResult('r1'), doneResult('r3')]);
    appendResult(sweep.dir, 'a', doneResult('r4'));
    expect([...readResults(sweep.dir)]).toEqual([doneResult('r1'), doneResult('r4'), doneResult('r3')]);
    appendFileSync(file, 'nonsense\n');
    expect(() => [...readResults(sweep.dir)]).toThrow(/a\.jsonl is damaged: line 3 is no JSON/);
  });

  it.each<[string, unknown]>([
    ['no record', null],
    ['no id', { ...doneResult('r1'), id: 5 }],
    ['no end', { ...doneResult('r1'), status: 'left' }],
    ['no accuracy', { ...doneResult('r1'), accuracy: undefined }],
    ['an accuracy as text', { ...doneResult('r1'), accuracy: '0.5' }],
    ['a confusion that is none', { ...doneResult('r1'), confusion: 7 }],
    ['no time', { ...doneResult('r1'), ended: 'today' }],
    ['no reason', { ...broken('r1', true), error: undefined }],
  ])('are refused where a line was changed: %s', async (_, line) => {
    const { sweep } = await newSweep();
    appendResult(sweep.dir, 'a', doneResult('r1'));
    writeFileSync(join(sweep.dir, 'results', 'a.jsonl'), `${JSON.stringify(line)}\n`);
    expect(() => readTally(sweep.dir)).toThrow(/^sweep: .*a\.jsonl is damaged: a line is no result of a run$/);
  });

  it('are not read beside retries that are none', async () => {
    const { sweep } = await newSweep();
    for (const line of ['null', '{"id":"r1"}']) {
      writeFileSync(join(sweep.dir, 'retries.jsonl'), `${line}\n`);
      expect(() => readTally(sweep.dir)).toThrow(/^sweep: .*retries\.jsonl is damaged: a line is no failure to try again$/);
    }
  });

  it('count once, and those that differ are told of', async () => {
    const { sweep, runs } = await newSweep();
    const [a, b, c] = runs.map(({ id }) => id) as [string, string, string];
    const twice = [doneResult(a), doneResult(a, { seconds: 9, host: 'there', ended: '2027-01-01T00:00:00.000Z' })];
    const changed = [doneResult(b), doneResult(b, { weights: 'abd' }), doneResult(c), doneResult(c, { confusion: [[2]] })];
    for (const [worker, result] of [...twice, ...changed].entries()) appendResult(sweep.dir, `worker-${worker}`, result);
    expect(sweepStatus(sweep.dir)).toEqual({ runs: 12, done: 3, failed: 0, left: 9, differs: [b, c], cancelled: false });
  });

  it('of failures count until they are to be tried again, or were done', async () => {
    const { sweep, runs } = await newSweep();
    const [a, b] = runs.map(({ id }) => id) as [string, string];
    for (const result of [broken(a, true), broken(b, false)]) appendResult(sweep.dir, 'x', result);
    expect(sweepStatus(sweep.dir)).toMatchObject({ done: 0, failed: 2, left: 10 });
    const before = recorderOf(sweep, 'y');
    expect([before.known(a)?.error, before.known(b)]).toEqual([{ message: 'it: data are bad', final: true }, undefined]);
    cancelSweep(sweep.dir);
    expect(sweepStatus(sweep.dir).cancelled).toBe(true);
    expect([retrySweep(sweep.dir), retrySweep(sweep.dir)]).toEqual([2, 0]);
    expect(sweepStatus(sweep.dir)).toMatchObject({ done: 0, failed: 0, left: 12, cancelled: false });
    expect(recorderOf(sweep, 'y').known(a)).toBeUndefined();
    appendResult(sweep.dir, 'x', broken(a, true));
    appendResult(sweep.dir, 'z', doneResult(b));
    expect(sweepStatus(sweep.dir)).toMatchObject({ done: 1, failed: 1, left: 10 });
    appendResult(sweep.dir, 'z', doneResult(a));
    expect(sweepStatus(sweep.dir)).toMatchObject({ done: 2, failed: 0, left: 10 });
  });

  it('are written down by a recorder that keeps count', async () => {
    const { sweep, runs } = await newSweep({ keep: 'best' });
    const [a, b] = runs.map(({ id }) => id) as [string, string];
    const recorder = recorderOf(sweep, 'me');
    recorder.record(broken(a, false));
    expect(recorder.progress()).toEqual({ done: 0, failed: 1, total: 12 });
    recorder.record(doneResult(a));
    recorder.record(doneResult(b));
    expect(recorder.progress()).toEqual({ done: 2, failed: 0, total: 12 });
    expect(recorderOf(sweep, 'other').progress()).toEqual({ done: 2, failed: 0, total: 12 });
    expect(readdirSync(join(sweep.dir, 'results'))).toEqual(['me.jsonl']);
    expect([...readTally(sweep.dir).done.keys()]).toEqual([a, b]);
  });

  it.each([
    ['best', 1],
    ['all', 3],
  ])('of processes beside each other leave the run folders that are asked for: %s', async (keep, left) => {
    const { sweep, runs } = await newSweep({ keep });
    const best = runs[1]?.id ?? '';
    const recorders = runs.slice(0, 3).map((_, index) => recorderOf(sweep, `worker-${index}`));
    for (const [index, recorder] of recorders.entries()) {
      const id = runs[index]?.id ?? '';
      saveRun(runFolderOf(sweep, id), tinyRun(index));
      recorder.record(doneResult(id, { accuracy: id === best ? 0.9 : 0.5 }));
    }
    writeFileSync(join(sweep.dir, 'runs', 'note.txt'), 'mine');
    expect(readdirSync(join(sweep.dir, 'runs'))).toHaveLength(4);
    keepOnlyBest(sweep, readTally(sweep.dir));
    const kept = readdirSync(join(sweep.dir, 'runs'));
    expect(kept).toHaveLength(left + 1);
    expect(kept).toEqual(expect.arrayContaining([best, 'note.txt']));
  });
});

describe('what is told of a sweep', () => {
  it('has sample standard deviations', () => {
    expect([spreadOf([]), spreadOf([2])]).toEqual([undefined, { mean: 2 }]);
    expect(spreadOf([1, 2, 6])).toEqual({ mean: 3, deviation: Math.sqrt(7) });
  });

  /** A sweep in which the seeds of the last setting are best, one run failed and one is left. */
  async function halfDone(): Promise<Sweep> {
    const { sweep, runs } = await newSweep();
    for (const [index, { id }] of runs.slice(0, -1).entries()) {
      const accuracy = (index % 4) / 4 + Math.floor(index / 4) / 100;
      appendResult(sweep.dir, 'x', index === 0 ? broken(id, true) : doneResult(id, { accuracy }));
    }
    return sweep;
  }

  it('are settings, the best first', async () => {
    const sweep = await halfDone();
    const settings = settingsOf(readRuns(sweep, readTally(sweep.dir)));
    expect(settings.map(({ set: point, done, failed, left }) => [Object.values(point).join(), done, failed, left])).toEqual([
      ['30,spikes', 2, 0, 1],
      ['30,contrast', 3, 0, 0],
      ['20,spikes', 3, 0, 0],
      ['20,contrast', 2, 1, 0],
    ]);
    expect(settings[1]?.accuracy?.mean).toBeCloseTo(0.51, 10);
    expect(settings[1]?.accuracy?.deviation).toBeCloseTo(0.01, 10);
    expect(headOf(sweep)).toContain('12 runs: layers.0.threshold (2), readout.source (2); grid, 3 seeds');
    expect(settingsTable(sweep, settings).split('\n').slice(0, 3)).toEqual([
      'accuracy        runs         layers.0.threshold  readout.source',
      '75.50 ± 0.71 %  2, 1 left    30                  spikes',
      '51.00 ± 1.00 %  3            30                  contrast',
    ]);
  });

  it('are runs as CSV', async () => {
    const sweep = await halfDone();
    const lines = [...csvLines(sweep, readRuns(sweep, readTally(sweep.dir)))];
    expect(lines).toHaveLength(13);
    expect(lines[0]).toBe(
      'id,seed,layers.0.threshold,readout.source,status,accuracy,controlAccuracy,seconds,ended,host,weights,error\r\n',
    );
    expect(lines[1]).toMatch(/^r\w+,1,20,contrast,failed,,,1,[^,]+,[^,]+,,it: data are bad\r\n$/);
    expect(lines[2]).toMatch(/^r\w+,1,20,spikes,done,0\.25,,1\.5,2026-01-01T00:00:02\.000Z,here,abc,\r\n$/);
    expect(lines[12]).toMatch(/^r\w+,3,30,spikes,left,,,,,,,\r\n$/);
    const odd = { ...sweep, spec: specOf({ set: { a: ['x,"y"'] } }) };
    const [run] = readPlan(sweep);
    const quoted = run && [...csvLines(odd, [{ run: { ...run, set: { a: 'x,"y"' } }, result: undefined }])];
    expect(quoted?.[1]).toContain(',"x,""y""",left');
  });

  it('are pictures, of numbers and of names', async () => {
    const sweep = await halfDone();
    const settings = settingsOf(readRuns(sweep, readTally(sweep.dir)));
    for (const path of Object.keys(set)) {
      const svg = parameterPlot(sweep.spec, path, settings);
      expect(svg).toContain(`Accuracy against ${path}`);
      expect(svg.match(/<circle /g)).toHaveLength(4);
    }
    expect(parameterPlot(sweep.spec, 'readout.source', settings)).toContain('>"spikes"<');
    expect(parameterPlot(sweep.spec, 'readout.source', [])).toContain('</svg>');
  });

  it("are the operations of Optuna's journal: create a study (0), create a trial (4)", async () => {
    const sweep = await halfDone();
    const lines = [...optunaJournal(sweep, readRuns(sweep, readTally(sweep.dir)))].map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ op_code: 0, worker_id: 'tfjs-stdp', study_name: 'digits', directions: [2] });
    expect(lines.slice(1).map(({ op_code, state }) => [op_code, state])).toEqual([[4, 3], ...Array(10).fill([4, 1])]);
    const { distributions, params, ...trial } = lines[2];
    expect(trial).toMatchObject({
      study_id: 0,
      value: 0.25,
      values: null,
      datetime_start: '2026-01-01T00:00:00.500000+00:00',
      datetime_complete: '2026-01-01T00:00:02.000000+00:00',
      user_attrs: { seed: 1, host: 'here' },
    });
    expect(params).toEqual({ 'layers.0.threshold': 20, 'readout.source': 1 });
    expect(JSON.parse(distributions['layers.0.threshold'])).toEqual({
      name: 'IntDistribution',
      attributes: { low: 20, high: 30, log: false, step: 1 },
    });
    expect(JSON.parse(distributions['readout.source'])).toEqual({
      name: 'CategoricalDistribution',
      attributes: { choices: ['contrast', 'spikes'] },
    });
    const drawn = specOf({ mode: 'random', draws: 1, set: { a: { from: 0.1, to: 10, scale: 'log' } } });
    const [run] = readPlan(sweep);
    const [, random = ''] = run
      ? [
          ...optunaJournal({ ...sweep, spec: drawn }, [
            { run: { ...run, set: { a: 2.5 } }, result: { ...doneResult(run.id), confusionHash: 0 } },
          ]),
        ]
      : [];
    expect(JSON.parse(random).params).toEqual({ a: 2.5 });
    expect(JSON.parse(JSON.parse(random).distributions.a)).toEqual({
      name: 'FloatDistribution',
      attributes: { low: 0.1, high: 10, log: true, step: null },
    });
  });

  it('are in files that name what they hold', async () => {
    const sweep = await halfDone();
    const record = JSON.parse(readFileSync(join(sweep.dir, 'sweep.json'), 'utf8'));
    expect(Object.keys(record).sort()).toEqual(['data', 'format', 'runs', 'spec', 'version']);
  });
});
