import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { fork } from '../../src/core/random.js';
import { digitDataSet } from '../../src/data/digits.js';
import { validateCompetitiveSpec } from '../../src/networks/competitive/competitiveSpec.js';
import { localCrew } from '../../src/networks/crew/crew.js';
import { encoderDefaults } from '../../src/networks/latency/encoderSpec.js';
import type { ThreadCrew } from '../../src/threads/threadCrew.js';

// As it is shipped: its threads are programs of their own.
const shipped = new URL('../../dist/threads/threadCrew.js', import.meta.url);
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
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('CompetitiveLayer: weights');
    await expect(answering.run(1, 0, 1, undefined)).rejects.toThrow('CompetitiveLayer: weights');
    await crew.close();
  });

  it('is of at least one', () => {
    for (const size of [0, 1.5, Number.NaN]) expect(() => threadCrew(size)).toThrow('threadCrew: size must be an integer ≥ 1');
  });
});
