import { useState } from 'preact/hooks';
import { EventCanvas } from './EventCanvas.js';
import type { Recording } from './protocol.js';
import { usePlayback } from './usePlayback.js';

/** How fast it can be played; 1 is as fast as it was. */
const speeds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];
/** How long an event is seen, whatever the speed, µs. */
const seen = 100_000;

/** Short ones slower, so that they can be followed. */
const speedFor = (span: number): number => (span < 2e6 ? 0.1 : 1);

/** Plays a recording. */
export function EventPlayer({ recording }: { readonly recording: Recording }) {
  const span = Math.max(1, Number(recording.t.at(-1)));
  const [speed, setSpeed] = useState(speedFor(span));
  const fade = seen * speed;
  const { playing, now, play, seek } = usePlayback(span + fade, speed);
  return (
    <figure class="camera">
      <EventCanvas recording={recording} now={now} fade={fade} />
      <div class="row">
        <button type="button" class="primary" onClick={() => play(!playing)}>
          {playing ? 'Pause' : 'Play'}
        </button>
        <label>
          Speed
          <select value={speed} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
            {speeds.map((factor) => (
              <option key={factor} value={factor}>
                {factor} ×
              </option>
            ))}
          </select>
        </label>
        <span class="hint" data-test="event-time">
          {(now / 1e6).toFixed(3)} s of {(span / 1e6).toFixed(3)} s
        </span>
      </div>
      <input
        type="range"
        aria-label="Time"
        min={0}
        max={span}
        step="any"
        value={now}
        onInput={({ currentTarget }) => {
          play(false);
          seek(currentTarget.valueAsNumber);
        }}
      />
      <figcaption data-test="event-line">{recording.line}</figcaption>
    </figure>
  );
}
