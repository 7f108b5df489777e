import { createHash } from 'node:crypto';
import { orThrow } from '../../src/core/errors.js';
import type { LatencyRun } from '../../src/io/kinds/latency/latencyRun.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';

const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1 }] }));

/** A run that was interrupted after its only layer; the seed tells runs apart. */
export const tinyRun = (seed = 1): LatencyRun => ({
  format: 'tfjs-stdp run 2',
  kind: 'latency',
  status: 'interrupted',
  network,
  seed,
  control: false,
  backend: 'cpu',
  data: { name: 'generated digits', train: 5, holdout: 0, channels: 2 },
  training: { layer: 1, imagesSeen: 0, convergence: [{ layer: 0, images: 5, value: 0.2 }] },
  arrays: { layers: [Float32Array.of(0.2, 0.8, 0.5, 0.1)] },
});

/** JSON without spaces, the fields of records by their names in order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .sort()
    .join()}}`;
};

/** A `run.json` of somebody who knows how its checksum is made. */
export function sealed(run: object): string {
  const told = { ...run, checksum: undefined };
  return JSON.stringify({ ...told, checksum: createHash('sha256').update(canonical(told)).digest('hex') });
}
