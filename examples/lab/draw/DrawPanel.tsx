import { useEffect, useState } from 'preact/hooks';
import type { Command } from '../network/protocol.js';
import type { NetworkView } from '../network/useNetwork.js';
import { Answer } from './Answer.js';
import { DrawPad } from './DrawPad.js';
import { Features } from './Features.js';
import { emptyDrawing } from './ink.js';
import { ReadoutState } from './ReadoutState.js';
import { Spikes } from './Spikes.js';

interface DrawPanelProps {
  readonly view: NetworkView;
  readonly send: (command: Command) => void;
  readonly drawing: Uint8Array;
  readonly onDrawing: (drawing: Uint8Array) => void;
}

/** Milliseconds that a drawing must rest before the network looks at it. */
const rest = 120;

/** What a drawing can be of where the images have no labels. */
const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** A drawing on its way through the network: spikes, features, answer. */
export function DrawPanel({ view, send, drawing, onDrawing }: DrawPanelProps) {
  const { learned, fitted, example } = view;
  const [examples, setExamples] = useState(0);
  const empty = drawing === emptyDrawing;
  useEffect(() => {
    if (empty) return;
    const timer = setTimeout(() => send({ type: 'classify', pixels: drawing }), rest);
    return () => clearTimeout(timer);
  }, [drawing, empty, fitted, view.running, send]);
  useEffect(() => {
    if (example !== undefined) onDrawing(example.pixels);
  }, [example, onDrawing]);
  const answer = empty ? undefined : view.answer;
  const names = view.data === undefined || view.data.classNames.length === 0 ? digits : view.data.classNames;
  return (
    <div class="panel draw">
      <section aria-labelledby="draw-title">
        <h2 id="draw-title">Draw a digit</h2>
        <p class="lead" id="pad-help">
          With mouse or finger; by keyboard, arrows move the pen and the space bar puts it down.
        </p>
        <DrawPad drawing={drawing} onDrawing={onDrawing} />
        <div class="row">
          <button type="button" disabled={empty} onClick={() => onDrawing(emptyDrawing)}>
            Clear
          </button>
          <button
            type="button"
            onClick={() => {
              send({ type: 'example', number: examples });
              setExamples(examples + 1);
            }}
          >
            Example
          </button>
        </div>
        <AddToTraining
          key={example?.label}
          guess={example?.label ?? 0}
          names={names}
          drawing={drawing}
          empty={empty}
          drawn={view.data?.drawn ?? 0}
          send={send}
        />
      </section>
      <Spikes answer={answer} />
      <Features answer={answer} learned={learned} />
      <section aria-labelledby="answer-title">
        <h2 id="answer-title">The answer</h2>
        <ReadoutState view={view} send={send} />
        <Answer answer={answer} names={names} />
      </section>
    </div>
  );
}

interface AddToTrainingProps {
  readonly guess: number;
  readonly names: readonly string[];
  readonly drawing: Uint8Array;
  readonly empty: boolean;
  readonly drawn: number;
  readonly send: (command: Command) => void;
}

/** Puts the drawing among the images that the network learns from. */
function AddToTraining({ guess, names, drawing, empty, drawn, send }: AddToTrainingProps) {
  const [label, setLabel] = useState(guess);
  return (
    <div class="row">
      <label>
        This is a
        <select value={label} onChange={({ currentTarget }) => setLabel(Number(currentTarget.value))}>
          {names.map((name, value) => (
            <option key={name} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" disabled={empty} onClick={() => send({ type: 'addDrawing', pixels: drawing, label })}>
        Add to training
      </button>
      <span class="hint" data-test="drawn">
        {drawn === 0 ? '' : `${drawn} added`}
      </span>
    </div>
  );
}
