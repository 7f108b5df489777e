import type { Link } from '../link.js';
import type { LabBackend } from '../support.js';
import { TypedField } from '../ui/TypedField.js';
import { PaceControl } from './PaceControl.js';
import type { Command } from './protocol.js';
import type { NetworkView } from './useNetwork.js';

const backends: readonly { readonly name: LabBackend; readonly title: string }[] = [
  { name: 'wasm', title: 'WebAssembly' },
  { name: 'webgpu', title: 'WebGPU' },
  { name: 'cpu', title: 'JavaScript' },
];

interface TrainingControlsProps {
  readonly view: NetworkView;
  readonly send: (command: Command) => void;
  readonly seed: number;
  readonly pace: number;
  readonly onLink: (change: Partial<Link>) => void;
}

/** Start, step, begin anew; pace, seed and backend, which can be changed while the network learns. */
export function TrainingControls({ view, send, seed, pace, onLink }: TrainingControlsProps) {
  const { learned, running, backend, work } = view;
  const finished = learned?.finished ?? false;
  return (
    <>
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={learned === undefined || finished}
          onClick={() => send(running ? { type: 'pause' } : { type: 'run', hurried: false })}
        >
          {running ? 'Pause' : 'Start'}
        </button>
        <button type="button" disabled={learned === undefined || finished} onClick={() => send({ type: 'step' })}>
          One image
        </button>
        <button type="button" disabled={learned === undefined} onClick={() => send({ type: 'reset', seed })}>
          Reset
        </button>
      </div>
      <progress aria-label="Images learned from" max={learned?.total ?? 1} value={learned?.seen ?? 0} />
      <p class="state">
        <span data-test="seen">{learned?.seen ?? 0}</span> of {learned?.total ?? 0} images
        {finished ? (learned?.seen === learned?.total ? '. All seen.' : '. Converged.') : ''}
        {work ? <span class="work"> · {workText(work)}</span> : null}
      </p>
      <PaceControl pace={pace} onPace={(next) => onLink({ pace: next })} />
      <div class="row">
        <label for="seed">
          Seed
          <TypedField
            id="seed"
            type="number"
            value={seed}
            onField={({ valueAsNumber: next }) => Number.isSafeInteger(next) && next >= 0 && onLink({ seed: next })}
          />
        </label>
        <label>
          Runs on
          <select
            value={backend}
            onChange={({ currentTarget }) => {
              const chosen = backends.find(({ name }) => name === currentTarget.value);
              currentTarget.value = backend; // until the worker has switched
              if (chosen) send({ type: 'backend', name: chosen.name });
            }}
          >
            {backends.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  );
}

/** A long piece of work, and how much of it is done. */
export const workText = ({ what, done, total }: NonNullable<NetworkView['work']>): string =>
  total > 1 ? `${what}, ${Math.round((100 * done) / total)} %` : `${what} …`;
