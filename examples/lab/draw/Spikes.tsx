import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import type { AnswerReport } from '../network/protocol.js';
import { colours, Figure } from '../ui/Figure.js';
import { PixelCanvas } from '../ui/PixelCanvas.js';
import { latencyPixels, spikesOf } from './latency.js';

/** When each pixel's contrast makes it spike: as an image, and as a raster. */
export function Spikes({ answer }: { readonly answer: AnswerReport | undefined }) {
  const spikes = useMemo(() => answer && spikesOf(answer), [answer]);
  const options = useMemo(() => spikes && answer && raster(spikes, answer), [spikes, answer]);
  const label = (channel: string): string => `${spikes?.filter((spike) => spike.channel === channel).length ?? 0} ${channel}`;
  return (
    <section aria-labelledby="spikes-title">
      <h2 id="spikes-title">Its spikes</h2>
      <p class="lead">The stronger a contrast, the earlier its spike: dark colours fire first.</p>
      {answer && options ? (
        <>
          <PixelCanvas
            class="latency"
            width={answer.columns}
            height={answer.rows}
            rgba={latencyPixels(answer)}
            label={`Spike latencies over the image: ${label('ON')}, ${label('OFF')} spikes`}
          />
          <p class="legend">
            <span>
              <i class="dot on" /> ON: brighter than around it
            </span>
            <span>
              <i class="dot off" /> OFF: darker
            </span>
          </p>
          <Figure label={`Raster of ${spikes?.length ?? 0} spikes in ${answer.steps} steps`} options={options} />
        </>
      ) : (
        <p class="empty">Draw something to see it.</p>
      )}
    </section>
  );
}

const raster = (spikes: ReturnType<typeof spikesOf>, { steps, rows }: AnswerReport): Plot.PlotOptions => ({
  height: 200,
  marginLeft: 44,
  x: { label: 'time step', domain: [-0.5, steps - 0.5], ticks: 5 },
  y: { label: 'image row', domain: [rows, 0], ticks: 4 },
  color: { domain: ['ON', 'OFF'], range: [colours.second, colours.first] },
  symbol: { domain: ['ON', 'OFF'], range: ['circle', 'times'] },
  marks: [Plot.dot(spikes, { x: 'time', y: 'height', stroke: 'channel', symbol: 'channel', r: 1.6, strokeWidth: 1 })],
});
