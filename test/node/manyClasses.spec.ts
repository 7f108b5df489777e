import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { floatAt } from '../../src/core/at.js';
import { orThrow } from '../../src/core/errors.js';
import { fork, randomUniform } from '../../src/core/random.js';
import { parseData } from '../../src/data/files/parseData.js';
import { runCompetitive } from '../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import { locate, rowsIn } from '../../src/sweep/pieces/recipe.js';
import { threadPool } from '../../src/threads/threadPool.js';
import { stdp } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'classes-'));
afterAll(() => rmSync(root, { recursive: true }));

const classes = 300;
const pixels = 144;

/** Each class a pattern of its own, on which noise lies: rows class after class, six times. */
function patterns(): string {
  const lines = [`plate,${Array.from({ length: pixels }, (_, pixel) => `p${pixel}`).join(',')}`];
  for (let image = 0; image < 6 * classes; image++) {
    const [pattern, noise] = [randomUniform(pixels, fork(7, image % classes)), randomUniform(pixels, fork(8, image))];
    const values = pattern.map((value, pixel) => Math.round(255 * (0.7 * Number(value < 0.25) + 0.3 * floatAt(noise, pixel))));
    lines.push(`plate ${image % classes},${values.join(',')}`);
  }
  return lines.join('\n');
}
const table = patterns();
const data = await parseData(new TextEncoder().encode(table), 'plates.csv', { holdout: classes });

describe('three hundred classes', () => {
  it('are labels of 16 bits, in the order of their names', () => {
    expect(data.train.labels).toBeInstanceOf(Uint16Array);
    expect(data.classNames).toEqual(Array.from({ length: classes }, (_, plate) => `plate ${plate}`).sort());
    expect(Math.max(...data.train.labels)).toBe(classes - 1);
  });

  it('are shared as they are, and found again by workers of other machines', () => {
    const shared = threadPool(1).share(data.train.labels);
    expect(shared).toEqual(data.train.labels);
    const part = data.train.labels.subarray(280, 300);
    const found = locate(data, part);
    expect(found).toEqual({ source: { kind: 'data', part: 'train', field: 'labels', first: 280 }, count: 20 });
    expect(rowsIn(data, { kind: 'data', part: 'train', field: 'labels', first: 280 }, 20)).toEqual(part);
  });

  it('are learned, read out by threads, and told by their names', async () => {
    writeFileSync(join(root, 'plates.csv'), table);
    const layer = { maps: 8, kernelSize: 5, pad: 2, threshold: 8, images: 500 };
    const set = Object.entries(layer).flatMap(([field, value]) => ['--set', `layers.0.${field}=${value}`]);
    const small = ['--preset', 'quick', ...set, '--set', 'readout.iterations=20', '--holdout', String(classes), '--workers', '2'];
    const out = join(root, 'run');
    const { code, out: told, err } = await stdp(['train', '--data', join(root, 'plates.csv'), ...small, '--json', '--out', out]);
    expect(code, err).toBe(0);
    const result = JSON.parse(told) as { readonly accuracy: number; readonly accuracyByClass: object };
    expect(result.accuracy).toBeGreaterThan(0.95);
    expect(Object.keys(result.accuracyByClass)).toEqual([...data.classNames]);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('plate 299');
    const [evaluated, confusion] = [await stdp(['evaluate', out]), await stdp(['numbers', out, 'confusion'])];
    expect(evaluated.out.match(/^ *\d+ plate \d+ +([\d.]+ %|–)/gm)).toHaveLength(classes);
    expect(confusion.out.split(/\r?\n/).slice(0, 3)).toEqual([expect.any(String), 'plate 0,plate 0,1', 'plate 0,plate 1,0']);
  });

  it('are voted for by neurons', async () => {
    const some = {
      ...data,
      train: {
        ...data.train,
        pixels: data.train.pixels.subarray(0, 300 * pixels),
        labels: data.train.labels.subarray(0, 300),
        count: 300,
      },
    };
    const learning = { images: 300, norm: 14 };
    const spec = orThrow(validateCompetitiveSpec({ name: 'few', layer: { neurons: 20 }, learning, readout: { images: 300 } }));
    const { rates, score } = await runCompetitive(spec, some, { seed: 1 });
    expect(rates?.classes).toBe(classes);
    const late = score?.confusion.slice(256).flat() ?? [];
    expect(late.reduce((sum, count) => sum + count)).toBe(data.test.labels.filter((label) => label >= 256).length);
    expect(score?.confusion.some((row) => row.slice(256).some((count) => count > 0))).toBe(true);
  });
});
