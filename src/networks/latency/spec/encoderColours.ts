import { at } from '../../../core/at.js';
import { ensure, unreachable } from '../../../core/errors.js';
import { frozen } from '../../../core/frozen.js';
import type { EncoderSpec } from './encoderSpec.js';

/** What an encoder sees of colours: the planes whose contrast it takes. */
export type EncoderColour = EncoderSpec['colour'];

/** A plane of an image. */
interface ColourPlane {
  /** What rasters call it; '' for the only one. */
  readonly name: string;
  /** What it takes of red, green and blue. */
  readonly mix: readonly [red: number, green: number, blue: number];
}

/** Luma of ITU-R BT.601 in 256ths: sums of bytes are exact, so that every backend has the same. */
export const luminance = [77 / 256, 150 / 256, 29 / 256] as const;

/**
 * Opponents are those of van de Sande, Gevers & Snoek (2010), "Evaluating color descriptors for object and scene recognition", each to a
 * factor: red − green, blue − yellow, and the luminance, which stands first.
 */
const colourPlanes: { readonly [colour in EncoderColour]: readonly ColourPlane[] } = frozen({
  grey: [{ name: '', mix: luminance }],
  opponent: [
    { name: 'luminance', mix: luminance },
    { name: 'red − green', mix: [1, -1, 0] },
    { name: 'blue − yellow', mix: [-1 / 2, -1 / 2, 1] },
  ],
  channels: [
    { name: 'red', mix: [1, 0, 0] },
    { name: 'green', mix: [0, 1, 0] },
    { name: 'blue', mix: [0, 0, 1] },
  ],
});

/** Input maps of latencies: OFF and ON in each of three saccades. */
const latencyMaps = 6;

/** The input of a network. */
export interface InputShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** What input maps depend on. */
type Input = Pick<EncoderSpec, 'input' | 'colour' | 'fields'>;

/** Input maps of a pixel or feature: ON and OFF of each plane, those of latencies, or fields. */
export function inputMaps({ input, colour, fields }: Input): number {
  switch (input) {
    case 'pixels':
      return 2 * colourPlanes[colour].length;
    case 'latencies':
      return latencyMaps;
    case 'features':
      return fields;
    default:
      return unreachable(input);
  }
}

/** What the first layer of a network sees of images of a size: features have no place. */
export const inputShape = (encoder: Input, height: number, width: number): InputShape =>
  encoder.input === 'features'
    ? { height: 1, width: 1, channels: height * width * encoder.fields }
    : { height, width, channels: inputMaps(encoder) };

/** What rasters call an input map. */
export function inputMapName({ input, colour }: Input, map: number): string {
  if (input === 'features') return `field ${map + 1}`;
  if (input === 'latencies') return `saccade ${(map >> 1) + 1} ${map % 2 === 0 ? 'OFF' : 'ON'}`;
  const { name } = at(colourPlanes[colour], map >> 1);
  return `${name} ${map % 2 === 0 ? 'ON' : 'OFF'}`.trim();
}

/**
 * What each plane takes of each channel, `[planes, channels]`.
 *
 * @param channels  of the images: 1 (grey), 3 (red, green, blue) or 6 (latencies of events, whose planes nothing is mixed of).
 * @throws {StdpError} when grey images are to be seen in colours, coloured ones as features, or events as images.
 */
export function planeMix({ input, colour }: Input, channels: number, where: string, argument: string): Float32Array {
  ensure((channels === latencyMaps) === (input === 'latencies'), where, `${argument}.input`, () =>
    input === 'latencies'
      ? "is 'latencies' and needs events (a folder of recordings by class), these are images"
      : "is 'pixels' and needs images, these are latencies of events, which the preset nmnist takes",
  );
  if (input === 'latencies') return new Float32Array(0);
  if (input === 'features') {
    ensure(
      channels === 1,
      where,
      `${argument}.input`,
      () => "is 'features' and needs a table or grey images, these are coloured",
    );
    return new Float32Array(0);
  }
  const problem = () => `is '${colour}' and needs images in red, green and blue, these are grey; 'grey' takes both`;
  ensure(channels === 3 || colour === 'grey', where, `${argument}.colour`, problem);
  return channels === 1 ? Float32Array.of(1) : Float32Array.from(colourPlanes[colour].flatMap(({ mix }) => mix));
}
