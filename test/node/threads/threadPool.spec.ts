import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { orThrow } from '../../../src/core/errors.js';
import { fork } from '../../../src/core/random.js';
import { digitDataSet, generateDigits } from '../../../src/data/digits.js';
import { validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { encoderDefaults } from '../../../src/networks/latency/spec/encoderSpec.js';
import { localPool } from '../../../src/networks/workers/workerPool.js';
import type { ThreadPool } from '../../../src/threads/threadPool.js';

// As it is shipped: its threads are programs of their own.
const shipped = new URL('../../../dist/threads/threadPool.js', import.meta.url);
const { threadPool } = (await import(shipped.href)) as { readonly threadPool: (size: number) => ThreadPool };

const spec = orThrow(validateCompetitiveSpec({ name: 'small', input: { duration: 40 }, layer: { neurons: 8 } }));
const pixels = digitDataSet(1, 5, 1).train.pixels;
const filters = Float32Array.from({ length: 98 }, (_, index) => Math.sin(index));
const frame = { height: 28, width: 28, channels: 1, planes: 1, mix: Float32Array.of(1) };
const encoding = { ...encoderDefaults, ...frame, filters };

async function encoded(workers: ThreadPool | ReturnType<typeof localPool>, threads: readonly number[]): Promise<Uint8Array> {
  const times = workers.bytes(5 * 2 * 784);
  const task = workers.begin('encode', { encodings: [encoding], pixels: workers.share(pixels), times });
  await Promise.all(threads.map((worker, image) => task.run(worker, image, image + 1, undefined)));
  task.end();
  return times.slice();
}

describe('threadPool', () => {
  it('does what one thread does', async () => {
    const workers = threadPool(3);
    const alone = await encoded(localPool(), [0, 0, 0, 0, 0]);
    expect(await encoded(workers, [0, 1, 2, 1, 0])).toEqual(alone);
    expect(alone.some((time) => time < encoderDefaults.bins)).toBe(true);
    await workers.close();
  });

  it('of one stays on this thread', async () => {
    const workers = threadPool(1);
    expect(workers.bytes(1).buffer).toBeInstanceOf(ArrayBuffer);
    expect(await encoded(workers, [0, 0, 0, 0, 0])).toEqual(await encoded(localPool(), [0, 0, 0, 0, 0]));
    await workers.close();
  });

  it('shares values once', async () => {
    const workers = threadPool(2);
    const shared = workers.share(Float32Array.of(1, 2));
    expect(shared).toEqual(Float32Array.of(1, 2));
    expect(workers.share(shared)).toBe(shared);
    await workers.close();
  });

  it('hands on what goes wrong in a thread', async () => {
    const workers = threadPool(2);
    const learned = { weights: new Float32Array(1), theta: new Float32Array(8) };
    const answering = workers.begin('answer', { spec, learned, pixels, size: 784, spikes: fork(1, 0) });
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('pool: answer.learned.weights');
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('pool: answer.learned.weights');
    await expect(answering.run(0, 0, 1, undefined)).rejects.toMatchObject({
      name: 'StdpError',
      where: 'pool',
      argument: 'answer.learned.weights',
      stack: expect.stringContaining('checkedLearned.js'),
    });
    expect(await encoded(workers, [1, 0, 1, 0, 1])).toEqual(await encoded(localPool(), [0, 0, 0, 0, 0])); // and is as good as before
    await workers.close();
  });

  it('is of at least one, and of no more than anybody can want', () => {
    for (const size of [0, 1.5, Number.NaN]) expect(() => threadPool(size)).toThrow('threadPool: size must be an integer ≥ 1');
    for (const size of [-1, 1e5, Number.POSITIVE_INFINITY, null, undefined, '2', {}, 2n])
      expect(() => threadPool(size as number)).toThrow('threadPool: size must be an integer ≥ 1 and at most ');
  });

  it.each([1, 2])('of %i leaves what it is given as it is', async (size) => {
    const workers = threadPool(size);
    const values = Float32Array.of(1, 2, 3, 4);
    const update = Float64Array.of(0.5, 0);
    const setup = { values, mean: Float32Array.of(0), inverse: Float32Array.of(1), classes: 1, labels: new Uint8Array(4) };
    const task = workers.begin('hinges', setup);
    const first = await task.run(0, 0, 4, update);
    expect(await task.run(size - 1, 0, 4, update)).toEqual(first);
    expect([...values, ...update]).toEqual([1, 2, 3, 4, 0.5, 0]);
    await workers.close();
  });

  it.each([1, 2])('of %i refuses work once it is closed, begun before or after', async (size) => {
    const workers = threadPool(size);
    const setup = { values: Float32Array.of(1), size: 1 };
    const before = workers.begin('moments', setup);
    await workers.close();
    await workers.close();
    for (const task of [before, workers.begin('moments', setup)])
      await expect(task.run(0, 0, 1, undefined)).rejects.toThrow('threadPool: pool was closed; make another for more work');
    await useBackend('cpu');
    const encoding = encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, undefined, undefined, workers);
    await expect(encoding).rejects.toThrow('threadPool: pool was closed');
  });

  it.each([1, 2])('of %i says what it can’t do', async (size) => {
    const workers = threadPool(size);
    const values = Float32Array.of(1);
    for (const length of [-1, 0.5, Number.NaN, 2 ** 52]) {
      expect(() => workers.bytes(length)).toThrow('pool: bytes must be');
      expect(() => workers.floats(length)).toThrow('pool: floats must be');
    }
    for (const alien of [null, undefined, [1], 'a', Float64Array.of(1), new Uint8ClampedArray(1), new ArrayBuffer(1)])
      expect(() => workers.share(alien as unknown as Float32Array)).toThrow(
        'pool: values must be a Uint8Array, a Uint16Array or a Float32Array, got ',
      );
    const task = workers.begin('moments', { values, size: 1 });
    await expect(task.run(size, 0, 1, undefined)).rejects.toThrow(`pool: worker must be one of 0 … ${size - 1}, got ${size}`);
    await expect(task.run(0, 1, 0, undefined)).rejects.toThrow('pool: images must be those of');
    task.end();
    await expect(task.run(0, 0, 1, undefined)).rejects.toThrow('pool: task has ended');
    const alien = workers.begin('toString' as 'moments', { values, size: 1 });
    await expect(alien.run(0, 0, 1, undefined)).rejects.toThrow('pool: name must be one of encode, extract, moments');
    await workers.close();
  });

  it('shares a Buffer without a word', async () => {
    const workers = threadPool(2);
    const warned = vi.spyOn(process, 'emitWarning');
    expect([...workers.share(Buffer.from([1, 2]))]).toEqual([1, 2]);
    expect(warned).not.toHaveBeenCalled();
    await workers.close();
  });

  it('works in a program that is given as text', () => {
    const text = `
      import { threadPool } from ${JSON.stringify(shipped.href)};
      const workers = threadPool(2);
      const { sums } = await workers.begin('moments', { values: Float32Array.of(1, 2), size: 1 }).run(1, 0, 2, undefined);
      await workers.close();
      console.log(sums[0]);`;
    for (const asModule of [['--input-type=module'], ['--input-type', 'module']])
      expect(execFileSync(process.execPath, [...asModule, '-e', text], { encoding: 'utf8' })).toBe('3\n');
  });
});
