import { downloadCanvas } from '../download.js';
import type { Link } from '../link.js';
import { greyPixels, PixelCanvas } from '../ui/PixelCanvas.js';
import { ConvergenceFigure, RateFigure } from './Curves.js';
import { FieldGrid, fieldsCanvas } from './FieldGrid.js';
import { ImageSource } from './ImageSource.js';
import type { Command } from './protocol.js';
import { TrainingControls } from './TrainingControls.js';
import type { NetworkView } from './useNetwork.js';

interface FieldsPanelProps {
  readonly view: NetworkView;
  readonly send: (command: Command) => void;
  readonly link: Link;
  readonly onLink: (change: Partial<Link>) => void;
}

/** The network learns: what its maps respond to, and how far they have come. */
export function FieldsPanel({ view, send, link, onLink }: FieldsPanelProps) {
  const { learned, history, data } = view;
  return (
    <div class="panel fields">
      <div class="intro">
        <h2>What each map looks for</h2>
        <p class="lead">
          Every image is turned into spikes, the strongest contrasts first. The maps that fire first win, and only they learn: red
          is brighter, blue is darker than its surroundings.
        </p>
      </div>
      <section class="controls" aria-label="Training">
        <TrainingControls view={view} send={send} seed={link.seed} pace={link.pace} onLink={onLink} />
        <LastImage view={view} />
      </section>
      <section class="maps" aria-label="Maps">
        {learned && <FieldGrid learned={learned} />}
      </section>
      <section class="progress" aria-label="Progress">
        <div class="curves">
          <ConvergenceFigure history={history} total={learned?.total ?? 0} />
          <RateFigure history={history} total={learned?.total ?? 0} />
        </div>
        <div class="row">
          <button type="button" disabled={!learned} onClick={() => send({ type: 'export' })}>
            Save weights (JSON)
          </button>
          <button
            type="button"
            disabled={!learned}
            onClick={() => learned && downloadCanvas('receptive-fields.png', fieldsCanvas(learned))}
          >
            Save picture (PNG)
          </button>
        </div>
      </section>
      <ImageSource data={data} picture={view.picture} send={send} />
    </div>
  );
}

/** The image that was learned from last, and which maps it taught. */
function LastImage({ view: { learned, data } }: { readonly view: NetworkView }) {
  if (learned?.image === undefined || data === undefined) return null;
  return (
    <div class="last">
      <PixelCanvas
        class="digit"
        width={data.columns}
        height={data.rows}
        rgba={greyPixels(learned.image)}
        label="The last image learned from"
      />
      <p>{winnersText(learned.winners)}</p>
    </div>
  );
}

function winnersText(winners: readonly number[] | undefined): string {
  if (winners === undefined) return 'The last of the images.';
  if (winners.length === 0) return 'No map fired for this image.';
  const names = winners.map((map) => map + 1).join(', ');
  return `${winners.length === 1 ? 'Map' : 'Maps'} ${names} won this image and learned from it.`;
}
