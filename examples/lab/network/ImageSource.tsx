import { useState } from 'preact/hooks';
import type { Command, DataReport } from './protocol.js';
import { drawingRepeats } from './trainingSetSizes.js';

interface ImageSourceProps {
  readonly data: DataReport | undefined;
  readonly send: (command: Command) => void;
}

/** Where the images come from; the user's own files by picker or by drag and drop. */
export function ImageSource({ data, send }: ImageSourceProps) {
  const [over, setOver] = useState(false);
  const use = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) send({ type: 'files', files });
  };
  return (
    <section
      aria-label="Images"
      class={`images ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        use(event.dataTransfer?.files);
      }}
    >
      <p>
        Learning from <strong data-test="data">{data?.name ?? '…'}</strong>: {data?.count ?? 0} images
        {data && data.drawn > 0 ? ` and ${data.drawn} you drew, each shown ${drawingRepeats} times` : ''}
        {data?.labelled === false ? ', without labels' : ''}.
      </p>
      <div class="row">
        <label class="button">
          Choose IDX files …
          <input type="file" multiple class="unseen" onChange={({ currentTarget }) => use(currentTarget.files)} />
        </label>
        <button type="button" onClick={() => send({ type: 'generated' })}>
          Generated digits
        </button>
      </div>
      <p class="hint">
        Or drop them here: images and labels as of MNIST, plain or .gz. They stay on your machine. Digits that you draw can be
        added in <a href="#panel=draw">Draw and classify</a>.
      </p>
    </section>
  );
}
