import { StdpError } from '../core/errors.js';
import type { CompetitivePreset, Preset } from './preset.js';

/** Changes plain data, a network not yet checked. */
type ChangeNetwork = <T>(network: T) => T;

/**
 * The network of a preset with changes, not yet checked.
 *
 * @param neurons  of a competitive layer. Default: those of the preset.
 */
export const presetNetwork = (preset: Preset, neurons: number | undefined, change: ChangeNetwork): object =>
  change('neurons' in preset ? preset.network(neuronsOf(preset, neurons, change)) : preset.network);

/** How many neurons are asked for: what the preset scales with them is the same by whichever way. */
function neuronsOf({ network, neurons: usual }: CompetitivePreset, neurons: number | undefined, change: ChangeNetwork): number {
  const settled: unknown = change(network(neurons ?? usual)).layer?.neurons;
  if (!Number.isSafeInteger(settled) || Number(settled) < 1) return neurons ?? usual; // told of when all is checked
  if (neurons !== undefined && neurons !== settled)
    throw new StdpError('stdp', 'neurons', `${neurons} and layer.neurons = ${settled} differ: give one of them`);
  return Number(settled);
}
