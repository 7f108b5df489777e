import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Call, ownCall } from '../../property-tests/calls/call.js';
import { check } from '../../property-tests/calls/outcome.js';
import { items, type Recipe, value, values } from '../../property-tests/calls/recipes.js';
import { slips } from '../../property-tests/calls/slips.js';
import * as library from '../../src/entries/node.js';
import { tinyRun } from './runs.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-io-calls-'));
const outside = process.cwd();
beforeAll(async () => {
  await tf.setBackend('cpu');
  process.chdir(root);
});
afterAll(() => {
  process.chdir(outside);
  rmSync(root, { recursive: true });
});

/** A recipe of plain data: every list and record in it is a place for slips. */
const plain = (data: unknown): Recipe => {
  if (Array.isArray(data)) return items(...data.map(plain));
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return value(data);
  return { make: 'record', fields: Object.fromEntries(Object.entries(data).map(([name, field]) => [name, plain(field)])) };
};
const always = (...args: readonly Recipe[]) => fc.constant(args);

const chart = {
  title: 't',
  xLabel: 'x',
  yLabel: 'y',
  series: [
    {
      name: 'a',
      points: [
        [0, 1],
        [2, 3],
      ],
    },
  ],
  logarithmic: false,
};
const spikes = [{ time: 3, neuron: 12, channel: 'ON' }];
const confusion = {
  classes: ['a', 'b'],
  counts: [
    [1, 2],
    [3, 4],
  ],
};
const few = { pixels: Uint8Array.of(1, 2), labels: Uint8Array.of(0), count: 1 };
const data = { name: 'x', rows: 1, columns: 2, channels: 1, classes: 1, classNames: ['one'], train: few, test: few };
const report = {
  title: 'A run',
  facts: [['seed', '1']],
  fields: [{ name: 'layer', png: Uint8Array.of(1) }],
  raster: { title: 'r', spikes, unit: 'ms' },
  histograms: [{ name: 'layer', values: Float32Array.of(1, 2) }],
  learning: chart,
  confusion,
};

const calls: readonly Call[] = [
  ownCall('lineChart', always(plain(chart)), library.lineChart),
  ownCall('histogram', always(value('h'), value(Float32Array.of(1, 2))), library.histogram),
  ownCall('rasterPlot', always(value('r'), plain(spikes), value('ms')), library.rasterPlot),
  ownCall('confusionPlot', always(value('c'), plain(confusion)), library.confusionPlot),
  ownCall('renderReport', always(plain(report)), library.renderReport),
  ownCall('decodePicture', always(value(library.encodePng(1, 1, Uint8Array.of(7))), value('dot.png')), library.decodePicture),
  ownCall('encodePng', always(value(2), value(1), value(Uint8Array.of(0, 255))), library.encodePng),
  ownCall(
    'drawReceptiveFields',
    always(value([0, 1, 0, 1, 0, 1]), value([1, 1, 6, 1]), value('opponent')),
    library.drawReceptiveFields,
  ),
  ownCall(
    'drawLabelledFields',
    always(value(Float32Array.of(0, 1)), value([1, 1, 2]), value(Int32Array.of(-1, 1)), value(2)),
    library.drawLabelledFields,
  ),
  ownCall('readIdxImages', always(value('nowhere')), library.readIdxImages),
  ownCall('readIdxLabels', always(value('nowhere')), library.readIdxLabels),
  ownCall(
    'streamEventFile',
    always(value('nowhere'), values({ view: 'jaer' })),
    (...given: Parameters<typeof library.streamEventFile>) => library.streamEventFile(...given).next(),
  ),
  ownCall('loadIdxFolder', always(value('nowhere')), library.loadIdxFolder),
  ownCall('loadData', always(value('nowhere'), values({ label: 1, grey: true, holdout: 0.5 })), library.loadData),
  ownCall(
    'saveState',
    always(value('checkpoints'), plain({ step: 1, list: [1, -0, 'a'], bytes: Uint8Array.of(1) })),
    library.saveState,
  ),
  ownCall('loadState', always(value('checkpoints')), library.loadState),
  ownCall(
    'fileCheckpoints',
    always(value('progress'), values({ every: 5 })),
    (...given: Parameters<typeof library.fileCheckpoints>) => library.fileCheckpoints(...given).state,
  ),
  ownCall('loadRun', always(value('run')), library.loadRun),
  ownCall(
    'latencyRun',
    always(
      plain(tinyRun().network),
      plain({ training: { ...tinyRun().training, weights: tinyRun().arrays.layers } }),
      plain({ seed: 1, data, directory: 'x', holdout: 0, control: false, backend: 'cpu' }),
    ),
    library.latencyRun,
  ),
  ownCall(
    'competitiveRun',
    always(
      plain({ name: 'x', layer: { neurons: 1 } }),
      plain({ training: { imagesSeen: 1, activity: [], weights: Float32Array.of(1), theta: Float32Array.of(1) } }),
      plain({ seed: 1, data, holdout: 0 }),
    ),
    library.competitiveRun,
  ),
  ownCall(
    'saveRun',
    always(value('run'), plain(tinyRun()), value(new Map([['note.txt', 'x']])), values({ replace: true })),
    library.saveRun,
  ),
];

it.each(calls.map((call) => [call.name, call] as const))('%s answers right or refuses in words', async (_, call) => {
  await fc.assert(
    fc.asyncProperty(call.args, slips, async (args, made) => {
      await check(call, { args, slips: made });
    }),
    { numRuns: 300, seed: 1, endOnFailure: false },
  );
  expect(readdirSync('.').filter((name) => name.startsWith('.'))).toEqual([]);
});
