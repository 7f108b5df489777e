import { mostSpikes } from './plotChecks.js';
import type { RasterSpike } from './plotted.js';

/** A raster of spikes, however many: of more than can be drawn every n-th, which its title says. */
export function drawable(
  title: string,
  spikes: readonly RasterSpike[],
): { readonly title: string; readonly spikes: readonly RasterSpike[] } {
  const every = Math.ceil(spikes.length / mostSpikes);
  if (every <= 1) return { title, spikes };
  return { title: `${title}; one of ${every} spikes`, spikes: spikes.filter((_, index) => index % every === 0) };
}
