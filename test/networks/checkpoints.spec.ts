import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { digitDataSet } from '../../src/data/digits.js';
import type { Checkpoints, PieceRecord } from '../../src/networks/checkpoints.js';
import {
  type CompetitiveExperimentState,
  type CompetitiveResult,
  runCompetitive,
} from '../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import type { Experiment, ExperimentState } from '../../src/networks/latency/experiment.js';
import { runExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';

/** Keeps a state each so many pieces of work, and ends the program, as it were, at the next one. */
function killedAfter<S>(
  every: number,
  before?: { readonly state: S | undefined; readonly logs: ReadonlyMap<string, readonly PieceRecord[]> },
) {
  const logs = new Map<string, PieceRecord[]>();
  const written = new Map(before?.logs ?? []);
  let [asked, kept] = [0, 0];
  let state = before?.state;
  const copy = (piece: PieceRecord): PieceRecord => ({ ...piece, bytes: piece.bytes.slice() });
  const checkpoints: Checkpoints<S> = {
    state,
    due: () => {
      if (kept > 0) throw new Error('killed');
      asked++;
      return asked >= every;
    },
    keep: (next) => {
      kept++;
      state = structuredClone(next);
      for (const [stage, pieces] of logs) written.set(stage, [...(written.get(stage) ?? []), ...pieces.map(copy)]);
    },
    pieces: (stage) => ({
      kept: () => written.get(stage) ?? [],
      add: (piece) => {
        logs.set(stage, [...(logs.get(stage) ?? []), piece]);
      },
    }),
  };
  return { checkpoints, left: () => ({ state, logs: written }) };
}

/** Runs to the end, killed after each checkpoint; answers how often. */
async function killedAgainAndAgain<S, R>(every: number, run: (checkpoints: Checkpoints<S>) => Promise<R>) {
  let before: ReturnType<ReturnType<typeof killedAfter<S>>['left']> | undefined;
  for (let kills = 0; ; kills++) {
    const life = killedAfter<S>(every, before);
    const result = await run(life.checkpoints).catch((reason: Error) => {
      if (reason.message !== 'killed') throw reason;
    });
    if (result !== undefined) return { kills, result };
    before = life.left();
  }
}

describe.each([1, 3, 7])('an experiment that ends at every checkpoint, each %i pieces of work, and goes on', (every) => {
  it('is that of one breath: latency-coded layers, read-out, control', async () => {
    const spec = orThrow(
      validateNetworkSpec({
        name: 'two',
        layers: [
          { maps: 3, images: 20 },
          { maps: 4, images: 15, threshold: 2 },
        ],
        readout: { iterations: 6 },
      }),
    );
    const data = digitDataSet(1, 230, 110);
    const options = { seed: 3, control: true };
    const whole = await runExperiment(spec, data, options);
    const { kills, result } = await killedAgainAndAgain<ExperimentState, Experiment>(every, (checkpoints) =>
      runExperiment(spec, data, { ...options, checkpoints }),
    );
    expect(result).toEqual(whole);
    expect(kills).toBeGreaterThan(40 / every);
  });

  it('is that of one breath: a competitive layer', async () => {
    const learning = { images: 120 };
    const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 8 }, learning, input: { duration: 60 } }));
    const data = digitDataSet(2, 130, 120);
    const whole = await runCompetitive(spec, data, { seed: 3 });
    const { kills, result } = await killedAgainAndAgain<CompetitiveExperimentState, CompetitiveResult>(every, (checkpoints) =>
      runCompetitive(spec, data, { seed: 3, checkpoints }),
    );
    expect(result).toEqual(whole);
    expect(kills).toBeGreaterThan(0);
  });
});

describe('an experiment that goes on from checkpoints', () => {
  const data = digitDataSet(1, 12, 6);
  const keeping = <S>(state?: S) => {
    const kept: S[] = [];
    const checkpoints: Checkpoints<S> = {
      ...{ state, due: () => true },
      keep: (next) => void kept.push(structuredClone(next)),
      pieces: () => ({ kept: () => [], add: () => undefined }),
    };
    return { kept, checkpoints };
  };
  const others: readonly (readonly [string, Partial<typeof data>])[] = [
    ['training images', { train: digitDataSet(2, 12, 6).train }],
    ['training images', { train: { ...data.train, labels: data.train.labels.map((label) => 9 - label) } }],
    ['test images', { test: digitDataSet(2, 12, 6).test }],
  ];

  it('is refused where they are of another one: latency-coded layers', async () => {
    const network = (threshold: number, name = 'tiny') =>
      orThrow(validateNetworkSpec({ name, layers: [{ maps: 2, images: 5, threshold }], readout: { iterations: 2 } }));
    const run = (state?: ExperimentState, spec = network(15), seed = 1, images = data) => {
      const { kept, checkpoints } = keeping(state);
      return runExperiment(spec, images, { seed, checkpoints }).then((result) => ({ result, kept }));
    };
    const { result, kept } = await run();
    for (const state of kept) {
      expect((await run(state, network(15, 'renamed'))).result).toEqual(result);
      await expect(run(state, network(14))).rejects.toThrow(
        'runExperiment: checkpoints are of an experiment with another network;',
      );
      await expect(run(state, network(15), 2)).rejects.toThrow(
        'an experiment with another seed; this one needs a folder of its own',
      );
      for (const [part, other] of others)
        await expect(run(state, network(15), 1, { ...data, ...other })).rejects.toThrow(`an experiment with other ${part};`);
      const elsewhere = state.of && { ...state, of: { ...state.of, backend: 'elsewhere' } };
      await expect(run(elsewhere)).rejects.toThrow('an experiment with another backend;');
    }
  });

  it('is refused where they are of another one: a competitive layer', async () => {
    const network = (neurons: number) =>
      orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons }, learning: { images: 12 }, input: { duration: 60 } }));
    const run = (state?: CompetitiveExperimentState, neurons = 4, seed = 1, images = data) => {
      const { kept, checkpoints } = keeping(state);
      return runCompetitive(network(neurons), images, { seed, checkpoints }).then((result) => ({ result, kept }));
    };
    const { result, kept } = await run();
    const state = kept.at(-1);
    expect((await run(state)).result).toEqual(result);
    await expect(run(state, 5)).rejects.toThrow('runCompetitive: checkpoints are of an experiment with another network;');
    await expect(run(state, 4, 2)).rejects.toThrow('an experiment with another seed;');
    for (const [part, other] of others)
      await expect(run(state, 4, 1, { ...data, ...other })).rejects.toThrow(`an experiment with other ${part};`);
  });
});
