import { StdpError } from '../../core/errors.js';
import type { Engine } from '../engine.js';

const queue = async (): Promise<Engine> => (await import('./queueEngine.js')).queueEngine;

/** The engines by the beginning of what names them; each is loaded only when it is asked for. */
const engines: { readonly [scheme: string]: () => Promise<Engine> } = {
  local: async () => (await import('./local.js')).localEngine,
  redis: queue,
  rediss: queue,
  postgres: queue,
  postgresql: queue,
  slurm: async () => (await import('./slurmEngine.js')).slurmEngine,
  plan: async () => (await import('./planEngine.js')).planEngine,
};

/** The engine that a text names: `local`, `redis://host`, … @throws {StdpError} when it names none. */
export async function engineOf(url: string): Promise<Engine> {
  const [scheme = ''] = url.split(':', 1);
  const load = Object.hasOwn(engines, scheme) ? engines[scheme] : undefined;
  if (load === undefined)
    throw new StdpError('sweep', '--engine', `must be one of ${Object.keys(engines).join(', ')}, got ${url}`);
  return await load();
}
