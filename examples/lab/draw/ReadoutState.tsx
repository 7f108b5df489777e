import type { Command } from '../network/protocol.js';
import { workText } from '../network/TrainingControls.js';
import type { NetworkView } from '../network/useNetwork.js';

interface ReadoutStateProps {
  readonly view: NetworkView;
  readonly send: (command: Command) => void;
}

/** Whether there is a network to answer, how well it does, and what to do about it. */
export function ReadoutState({ view: { learned, fitted, data, running, work }, send }: ReadoutStateProps) {
  const seen = learned?.seen ?? 0;
  if (work !== undefined) return <p class="hint">{workText(work)}</p>;
  if (running) return <p class="hint">Learning: {seen} images so far. The read-out is fitted at the end.</p>;
  if (seen === 0)
    return (
      <div>
        <p>The network is not trained yet.</p>
        <button type="button" class="primary" onClick={() => send({ type: 'run', hurried: true })}>
          Train it
        </button>
      </div>
    );
  if (data?.classNames.length === 0) return <p>These images have no labels, so no answer can be fitted to them.</p>;
  if (fitted === undefined)
    return (
      <div>
        <p>The maps have learned from {seen} images without labels. A read-out learns what they mean.</p>
        <button type="button" class="primary" onClick={() => send({ type: 'fit' })}>
          Fit the read-out
        </button>
      </div>
    );
  return (
    <div>
      <p class="hint">
        Fitted on {fitted.images} images: <strong data-test="accuracy">{(100 * fitted.accuracy).toFixed(1)} %</strong> of{' '}
        {fitted.tested} others right.
      </p>
      {seen > fitted.seen && (
        <p class="hint">
          The maps have learned from {seen - fitted.seen} images since.{' '}
          <button type="button" onClick={() => send({ type: 'fit' })}>
            Fit again
          </button>
        </p>
      )}
    </div>
  );
}
