import type { AnswerReport } from '../network/protocol.js';

/** A spike of a raster: its step, spread a little by its column so that spikes of a row don't hide each other. */
export interface RasterSpike {
  readonly time: number;
  readonly height: number;
  readonly channel: 'ON' | 'OFF';
}

type Times = Pick<AnswerReport, 'times' | 'steps' | 'columns'>;

/** All spikes of an image. */
export function spikesOf({ times, steps, columns }: Times): readonly RasterSpike[] {
  return Array.from(times, (time, index): RasterSpike => {
    const pixel = index >> 1;
    const [row, column] = [Math.floor(pixel / columns), pixel % columns];
    return { time: time + 0.5 * (column / columns - 0.5), height: row + 0.5, channel: index % 2 === 0 ? 'ON' : 'OFF' };
  }).filter((_, index) => (times[index] ?? steps) < steps);
}

/** Each pixel in the colour of the channel that spikes first, the stronger the earlier; paper where none does. */
export function latencyPixels({ times, steps }: Times): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(2 * times.length);
  for (let pixel = 0; pixel < times.length / 2; pixel++) {
    const [on, off] = [times[2 * pixel] ?? steps, times[2 * pixel + 1] ?? steps];
    const early = 1 - Math.min(on, off) / steps;
    const [red, green, blue] = on <= off ? [165, 15, 30] : [5, 70, 160];
    const shade = early === 0 ? 0 : 0.25 + 0.75 * early;
    rgba.set([mix(red, shade), mix(green, shade), mix(blue, shade), 255], 4 * pixel);
  }
  return rgba;
}

/** The paper of the receptive fields, 247, with so much of a colour. */
const mix = (colour: number, part: number): number => 247 + part * (colour - 247);
