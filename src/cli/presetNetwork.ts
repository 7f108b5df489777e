import { StdpError } from '../core/errors.js';
import type { CompetitivePreset, Preset } from '../papers/preset.js';
import { applySettings } from './settings.js';
import type { TrainOptions } from './trainOptions.js';

/** The options that say how the network of a preset is to be. */
type NetworkOptions = Pick<TrainOptions, 'neurons' | 'set'>;

/** The network of a preset as the options ask for it, not yet checked. */
export const presetNetwork = (preset: Preset, options: NetworkOptions): object =>
  applySettings('neurons' in preset ? preset.network(neuronsOf(preset, options)) : preset.network, options.set);

/** How many neurons the options ask for: what the preset scales with them is the same by whichever option. */
function neuronsOf({ network, neurons: usual }: CompetitivePreset, { neurons, set }: NetworkOptions): number {
  const settled: unknown = applySettings(network(neurons ?? usual), set).layer?.neurons;
  if (!Number.isSafeInteger(settled) || Number(settled) < 1) return neurons ?? usual; // told of when all is checked
  if (neurons !== undefined && neurons !== settled)
    throw new StdpError('stdp', '--neurons', `${neurons} and --set layer.neurons=${settled} differ: give one of them`);
  return Number(settled);
}
