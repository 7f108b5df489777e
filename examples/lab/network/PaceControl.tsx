import { paces, paceText, placeOfPace } from './pace.js';

interface PaceControlProps {
  readonly pace: number;
  readonly onPace: (pace: number) => void;
}

/** How fast the network may learn: on the processor it learns from all images before one has seen anything. */
export const PaceControl = ({ pace, onPace }: PaceControlProps) => (
  <div class="pace">
    <label for="pace">Pace</label>
    <input
      id="pace"
      type="range"
      min={0}
      max={paces.length - 1}
      step={1}
      value={placeOfPace(pace)}
      aria-valuetext={paceText(pace)}
      onInput={({ currentTarget }) => onPace(paces[currentTarget.valueAsNumber] ?? pace)}
    />
    <output for="pace">{paceText(pace)}</output>
  </div>
);
