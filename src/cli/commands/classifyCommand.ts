import { useBackend } from '../../backends/useBackend.js';
import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { namesOf } from '../../data/classNames.js';
import type { DecodedPicture } from '../../data/pictures/decodedPicture.js';
import { greyPicture, invertedPicture, resizedPicture, rgbPicture } from '../../data/pictures/fitPicture.js';
import { readPicture } from '../../data/pictures/readPicture.js';
import type { Run } from '../../io/kinds/networkKinds.js';
import { percent } from '../../io/percent.js';
import { loadRun } from '../../io/runFolder.js';
import { classifyImage } from '../../networks/classify/classifyImage.js';
import type { Classification } from '../../networks/classify/trainedNetwork.js';
import { ensureTested } from '../job/ensureTested.js';
import { printable, say, sayJson } from '../text.js';

/** The options of `stdp classify`, parsed. */
export interface ClassifyOptions {
  readonly resize?: true;
  readonly invert?: true;
  readonly json?: true;
}

const where = 'stdp classify';

/** Tells what a trained network takes pictures for. All are read before the first is told of. */
export async function classifyCommand(folder: string, paths: readonly string[], options: ClassifyOptions): Promise<number> {
  const run = await loadRun(folder);
  ensureTested(run, folder, where);
  const pictures: [string, Uint8Array][] = [];
  for (const path of paths) pictures.push([path, seen(run, path, await readPicture(path, where), options)]);
  if (run.kind === 'latency') await useBackend(run.backend);
  for (const [path, pixels] of pictures) {
    const { name, values, ...told } = await classifyImage(run, pixels);
    const named = namesOf(run.data.classNames, values.length).map((known, label) => [known, at(values, label)] as const);
    if (options.json) sayJson({ picture: path, answer: name, ...told, values: Object.fromEntries(named) });
    else say(`${printable(path)}: ${printable(name)} (${reasons(told, named)})`);
  }
  return 0;
}

/** The pixels as the network sees them. @throws {StdpError} that tells the size wanted, when it is another and may not be changed. */
function seen(run: Run, path: string, given: DecodedPicture, { resize, invert }: ClassifyOptions): Uint8Array {
  const [rows, columns] = sizeOf(run, given);
  const fits = given.rows === rows && given.columns === columns;
  const sizes = () => `is of ${given.columns} × ${given.rows} pixels, the run of ${columns} × ${rows}; --resize scales it`;
  ensure(fits || resize === true, where, path, sizes);
  const own = seesColours(run, given) ? rgbPicture(given) : greyPicture(given);
  const sized = fits ? own : resizedPicture(own, rows, columns);
  return (invert ? invertedPicture(sized) : sized).pixels;
}

/** Whether a run is shown red, green and blue. A latency-coded network that sees luminance takes it of both. */
const seesColours = (run: Run, { channels }: DecodedPicture): boolean =>
  run.kind === 'competitive' ? run.data.channels === 3 : run.network.encoder.colour !== 'grey' || channels === 3;

/** Rows and columns of what the run learned from; where it is too old to tell, the picture's own are tried. */
const sizeOf = ({ data }: Run, picture: DecodedPicture): readonly [rows: number, columns: number] =>
  data.rows === undefined || data.columns === undefined ? [picture.rows, picture.columns] : [data.rows, data.columns];

/** The classes that come nearest, and how many spikes told it. */
function reasons({ by, spikes }: Pick<Classification, 'by' | 'spikes'>, named: readonly (readonly [string, number])[]): string {
  const nearest = [...named].sort(([, a], [, b]) => b - a).slice(0, 3);
  const shown = nearest.map(([name, value]) => `${printable(name)} ${by === 'votes' ? percent(value) : value.toFixed(2)}`);
  return `${by}: ${shown.join(', ')}; ${spikes} spikes`;
}
