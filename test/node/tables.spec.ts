import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/useBackend.js';
import { orThrow } from '../../src/core/errors.js';
import { fork, randomUniform } from '../../src/core/random.js';
import { parseData } from '../../src/data/files/parseData.js';
import { runExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import { table } from '../../src/papers/table.js';
import { stdp } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Rows around a centre of each class: of each feature the sum of twelve uniform numbers, which is nearly normal. */
function clusters(classes: number, features: number, deviation: number, count: number): string {
  const lines = [`${Array.from({ length: features }, (_, feature) => `f${feature}`).join(',')},kind`];
  for (let row = 0; row < count; row++) {
    const centre = randomUniform(features, fork(1, row % classes));
    const noise = randomUniform(12 * features, fork(2, row));
    const values = Array.from(centre, (value, feature) => {
      const own = noise.subarray(12 * feature, 12 * (feature + 1)).reduce((sum, part) => sum + part, 0);
      return (10 * feature + value + deviation * (own - 6)).toFixed(4);
    });
    lines.push(`${values.join(',')},kind ${row % classes}`);
  }
  return lines.join('\n');
}

describe('a table', () => {
  it('is learned from as latencies by the program, and told again from its folder', async () => {
    const place = join(root, 'few.csv');
    writeFileSync(place, clusters(3, 4, 0.1, 300));
    const out = join(root, 'few');
    const {
      code,
      out: told,
      err,
    } = await stdp([
      ...['train', '--data', place, '--label', 'kind', '--holdout', '0.2', '--preset', 'table', '--json', '--out', out],
    ]);
    expect(code, err).toBe(0);
    const { accuracy, accuracyByClass } = JSON.parse(told) as { readonly accuracy: number; readonly accuracyByClass: object };
    expect(accuracy).toBeGreaterThan(0.95);
    expect(Object.keys(accuracyByClass)).toEqual(['kind 0', 'kind 1', 'kind 2']);
    const [again, spikes] = await Promise.all([stdp(['evaluate', out, '--json']), stdp(['numbers', out, 'spikes'])]);
    expect(JSON.parse(again.out)).toMatchObject({ accuracy });
    expect(spikes.out).toMatch(/^\d+,3,field \d/m);
    const { data } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { readonly data: object };
    expect(data).toMatchObject({ rows: 1, columns: 4, channels: 4 * 8 });
  });

  it('of many features teaches the layer what shuffled weights don’t have', async () => {
    await useBackend('wasm');
    const data = await parseData(new TextEncoder().encode(clusters(10, 40, 0.4, 700)), 'many.csv', { holdout: 0.3 });
    const layers = table.network.layers.map((layer) => ({ ...layer, threshold: 40 }));
    const network = orThrow(validateNetworkSpec({ ...table.network, layers }));
    const { score, control } = await runExperiment(network, data, { seed: 1, control: true });
    expect(score?.accuracy).toBeGreaterThan(0.9); // 0.952 and 0.805 when it was written
    expect(control?.accuracy).toBeLessThan(0.85);
  });
});
