import { ensure } from '../../core/errors.js';
import { filledMaps } from '../../kernels/host/layouts.js';
import { kernelsOnHost } from '../../kernels/tensors/current.js';
import { type Branch, branchesOf, featureSize, inputOfBranch, readMaps } from './spec/branches.js';
import { layerSizes } from './spec/layerSizes.js';
import type { NetworkSpec } from './spec/networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';

/** Bytes of anything, at most: what the memory of the kernels, and a tensor, hold. */
const most = 2 ** 32;

/**
 * That a network's kernels fit images of a size, and all that is kept of one image fits in memory.
 *
 * @throws {StdpError} that names the layer which doesn't, before any work.
 */
export function checkWork(
  network: NetworkSpec,
  input: Pick<SpikeTimes, 'height' | 'width' | 'channels' | 'steps'>,
  where: string,
): void {
  const branches = branchesOf(network);
  const shares = branches.length;
  const problem = () => `are ${input.channels}, which ${shares} encoders don't have as many of each`;
  ensure(input.channels % shares === 0, where, 'times.channels', problem);
  for (const branch of branches) checkBranch(branch, input, where);
}

function checkBranch(branch: Branch, input: Pick<SpikeTimes, 'height' | 'width' | 'channels' | 'steps'>, where: string): void {
  const { spec, name: own } = branch;
  const { height, width, channels } = inputOfBranch(branch, input);
  const { steps } = input;
  const outputs = layerSizes(spec, height, width, where, own);
  spec.layers.forEach(({ kernelSize, pad, maps }, index) => {
    const [rows = 0, columns = 0] = outputs[index] ?? [];
    const inputs = kernelSize ** 2 * (spec.layers[index - 1]?.maps ?? channels);
    const name = `${own}.layers[${index}]`;
    const sizes = () => `${maps} maps, kernelSize ${kernelSize}`;
    // Sums of all patterns of four weights are kept, and of every neuron the inputs it sees.
    checkBytes(4 * 4 * inputs * filledMaps(maps), where, name, () => `weights of ${sizes()}`);
    const perPosition = kernelsOnHost() ? inputs + filledMaps(maps) : maps * steps;
    const ofOne = () => `one image with ${sizes()} and pad ${pad}: ${rows} × ${columns} neurons a map`;
    checkBytes(4 * rows * columns * perPosition, where, name, ofOne);
  });
}

/**
 * That the features of so many images fit in memory, and the read-out of so many classes.
 *
 * @throws {StdpError} before any work.
 */
export function checkFeatures(spec: NetworkSpec, images: number, classes: number, where: string): void {
  const { grid } = spec.readout;
  const maps = readMaps(spec);
  const what = (of: string) => () => `${of}: ${grid} × ${grid} cells of ${maps} maps`;
  checkBytes(4 * featureSize(spec) * Math.max(images, 1), where, 'network.readout.grid', what(`features of ${images} images`));
  checkBytes(
    8 * grid ** 2 * filledMaps(maps) * (classes + 64),
    where,
    'network.readout.grid',
    what(`a read-out of ${classes} classes`),
  );
}

function checkBytes(bytes: number, where: string, argument: string, what: () => string): void {
  const problem = () => `asks for ${(bytes / 2 ** 30).toFixed(1)} GiB of memory for ${what()}; at most ${most / 2 ** 30} GiB`;
  ensure(bytes <= most, where, argument, problem);
}
