import type { PlacedFile } from '../ui/droppedFiles.js';
import { FileDrop, FilePicker } from '../ui/FileDrop.js';
import { Notice } from '../ui/Notice.js';
import { EventPlayer } from './EventPlayer.js';
import type { Recording } from './protocol.js';
import type { EventFile } from './useEventFile.js';

/** A number of its own for each recording: the player of one begins anew. */
const numbers = new WeakMap<Recording, number>();
let latest = 0;
function numberOf(recording: Recording): number {
  const number = numbers.get(recording) ?? latest++;
  numbers.set(recording, number);
  return number;
}

/** What an event camera saw, moving. */
export function EventsPanel({ file: { recording, reading, refusal, open, dismiss } }: { readonly file: EventFile }) {
  const use = ([first]: readonly PlacedFile[]): void => {
    if (first !== undefined) open(first.file);
  };
  return (
    <div class="panel events">
      <section aria-labelledby="events-title">
        <h2 id="events-title">What an event camera saw</h2>
        <p class="lead">
          Each pixel by its latest event, which pales with its age: <span class="on">brighter</span> or{' '}
          <span class="off">darker</span> than before.
        </p>
        {refusal !== undefined && (
          <Notice kind="problem" onClose={dismiss}>
            {refusal}
          </Notice>
        )}
        {recording !== undefined && <EventPlayer key={numberOf(recording)} recording={recording} />}
      </section>
      <FileDrop label="Event file" onFiles={use}>
        <div class="row">
          <FilePicker text="Choose an event file …" onFiles={use} />
          <span class="hint" role="status">
            {reading && `Reading ${reading.name}: ${reading.events} events`}
          </span>
        </div>
        <p class="hint">
          Or drop it here: AEDAT 2, 3.1 and 4, Prophesee DAT and RAW (EVT 2 and 3), N-MNIST. It is known by its content and stays
          on your machine.
        </p>
      </FileDrop>
    </div>
  );
}
