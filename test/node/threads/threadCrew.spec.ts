import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { orThrow } from '../../../src/core/errors.js';
import { fork } from '../../../src/core/random.js';
import { digitDataSet, generateDigits } from '../../../src/data/digits.js';
import { validateCompetitiveSpec } from '../../../src/networks/competitive/competitiveSpec.js';
import { localCrew } from '../../../src/networks/crew/crew.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { encoderDefaults } from '../../../src/networks/latency/encoderSpec.js';
import type { ThreadCrew } from '../../../src/threads/threadCrew.js';

// As it is shipped: its threads are programs of their own.
const shipped = new URL('../../../dist/threads/threadCrew.js', import.meta.url);
const { threadCrew } = (await import(shipped.href)) as { readonly threadCrew: (size: number) => ThreadCrew };

const spec = orThrow(validateCompetitiveSpec({ name: 'small', input: { duration: 40 }, layer: { neurons: 8 } }));
const pixels = digitDataSet(1, 5, 1).train.pixels;
const filters = Float32Array.from({ length: 98 }, (_, index) => Math.sin(index));
const encoding = { ...encoderDefaults, height: 28, width: 28, filters };

async function encoded(crew: ThreadCrew | ReturnType<typeof localCrew>, members: readonly number[]): Promise<Uint8Array> {
  const times = crew.bytes(5 * 2 * 784);
  const task = crew.begin('encode', { encoding, pixels: crew.share(pixels), times });
  await Promise.all(members.map((member, image) => task.run(member, image, image + 1, undefined)));
  task.end();
  return times.slice();
}

describe('threadCrew', () => {
  it('does what one thread does', async () => {
    const crew = threadCrew(3);
    const alone = await encoded(localCrew(), [0, 0, 0, 0, 0]);
    expect(await encoded(crew, [0, 1, 2, 1, 0])).toEqual(alone);
    expect(alone.some((time) => time < encoderDefaults.bins)).toBe(true);
    await crew.close();
  });

  it('of one stays on this thread', async () => {
    const crew = threadCrew(1);
    expect(crew.bytes(1).buffer).toBeInstanceOf(ArrayBuffer);
    expect(await encoded(crew, [0, 0, 0, 0, 0])).toEqual(await encoded(localCrew(), [0, 0, 0, 0, 0]));
    await crew.close();
  });

  it('shares values once', async () => {
    const crew = threadCrew(2);
    const shared = crew.share(Float32Array.of(1, 2));
    expect(shared).toEqual(Float32Array.of(1, 2));
    expect(crew.share(shared)).toBe(shared);
    await crew.close();
  });

  it('hands on what goes wrong in a thread', async () => {
    const crew = threadCrew(2);
    const learned = { weights: new Float32Array(1), theta: new Float32Array(8) };
    const answering = crew.begin('answer', { spec, learned, pixels, size: 784, spikes: fork(1, 0) });
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('crew: answer.learned.weights');
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('crew: answer.learned.weights');
    await expect(answering.run(0, 0, 1, undefined)).rejects.toMatchObject({
      name: 'StdpError',
      where: 'crew',
      argument: 'answer.learned.weights',
      stack: expect.stringContaining('givenLearned.js'),
    });
    expect(await encoded(crew, [1, 0, 1, 0, 1])).toEqual(await encoded(localCrew(), [0, 0, 0, 0, 0])); // and is as good as before
    await crew.close();
  });

  it('is of at least one, and of no more than anybody can want', () => {
    for (const size of [0, 1.5, Number.NaN]) expect(() => threadCrew(size)).toThrow('threadCrew: size must be an integer ≥ 1');
    for (const size of [-1, 1e5, Number.POSITIVE_INFINITY, null, undefined, '2', {}, 2n])
      expect(() => threadCrew(size as number)).toThrow('threadCrew: size must be an integer ≥ 1 and at most ');
  });

  it.each([1, 2])('of %i leaves what it is given as it is', async (size) => {
    const crew = threadCrew(size);
    const values = Float32Array.of(1, 2, 3, 4);
    const news = Float64Array.of(0.5, 0);
    const setup = { values, mean: Float32Array.of(0), inverse: Float32Array.of(1), classes: 1, labels: new Uint8Array(4) };
    const task = crew.begin('hinges', setup);
    const first = await task.run(0, 0, 4, news);
    expect(await task.run(size - 1, 0, 4, news)).toEqual(first);
    expect([...values, ...news]).toEqual([1, 2, 3, 4, 0.5, 0]);
    await crew.close();
  });

  it.each([1, 2])('of %i refuses work once it is closed, begun before or after', async (size) => {
    const crew = threadCrew(size);
    const setup = { values: Float32Array.of(1), size: 1 };
    const before = crew.begin('moments', setup);
    await crew.close();
    await crew.close();
    for (const task of [before, crew.begin('moments', setup)])
      await expect(task.run(0, 0, 1, undefined)).rejects.toThrow('threadCrew: crew was closed; make another for more work');
    await useBackend('cpu');
    const encoding = encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, undefined, undefined, crew);
    await expect(encoding).rejects.toThrow('threadCrew: crew was closed');
  });

  it.each([1, 2])('of %i says what it can’t do', async (size) => {
    const crew = threadCrew(size);
    const values = Float32Array.of(1);
    for (const length of [-1, 0.5, Number.NaN, 2 ** 52]) {
      expect(() => crew.bytes(length)).toThrow('crew: bytes must be');
      expect(() => crew.floats(length)).toThrow('crew: floats must be');
    }
    for (const alien of [null, undefined, [1], 'a', Float64Array.of(1), new Uint8ClampedArray(1), new ArrayBuffer(1)])
      expect(() => crew.share(alien as unknown as Float32Array)).toThrow(
        'crew: values must be a Uint8Array or a Float32Array, got ',
      );
    const task = crew.begin('moments', { values, size: 1 });
    await expect(task.run(size, 0, 1, undefined)).rejects.toThrow(`crew: member must be one of 0 … ${size - 1}, got ${size}`);
    await expect(task.run(0, 1, 0, undefined)).rejects.toThrow('crew: images must be those of');
    task.end();
    await expect(task.run(0, 0, 1, undefined)).rejects.toThrow('crew: task has ended');
    const alien = crew.begin('toString' as 'moments', { values, size: 1 });
    await expect(alien.run(0, 0, 1, undefined)).rejects.toThrow('crew: name must be one of encode, extract, moments');
    await crew.close();
  });

  it('shares a Buffer without a word', async () => {
    const crew = threadCrew(2);
    const warned = vi.spyOn(process, 'emitWarning');
    expect([...crew.share(Buffer.from([1, 2]))]).toEqual([1, 2]);
    expect(warned).not.toHaveBeenCalled();
    await crew.close();
  });

  it('works in a program that is given as text', () => {
    const text = `
      import { threadCrew } from ${JSON.stringify(shipped.href)};
      const crew = threadCrew(2);
      const { sums } = await crew.begin('moments', { values: Float32Array.of(1, 2), size: 1 }).run(1, 0, 2, undefined);
      await crew.close();
      console.log(sums[0]);`;
    for (const asModule of [['--input-type=module'], ['--input-type', 'module']])
      expect(execFileSync(process.execPath, [...asModule, '-e', text], { encoding: 'utf8' })).toBe('3\n');
  });
});
