import { FileDrop, FilePicker } from '../ui/FileDrop.js';
import type { Command, DataReport } from './protocol.js';
import { drawingRepeats } from './trainingSetSizes.js';

interface ImageSourceProps {
  readonly data: DataReport | undefined;
  readonly send: (command: Command) => void;
}

/** Where the images come from; the user's own files by picker or by drag and drop. */
export function ImageSource({ data, send }: ImageSourceProps) {
  const use = (files: readonly File[]): void => send({ type: 'files', files });
  return (
    <FileDrop label="Images" class="images" onFiles={use}>
      <p>
        Learning from <strong data-test="data">{data?.name ?? '…'}</strong>: {data?.count ?? 0} images
        {data && data.drawn > 0 ? ` and ${data.drawn} you drew, each shown ${drawingRepeats} times` : ''}
        {data?.labelled === false ? ', without labels' : ''}.
      </p>
      <div class="row">
        <FilePicker text="Choose IDX files …" multiple onFiles={use} />
        <button type="button" onClick={() => send({ type: 'generated' })}>
          Generated digits
        </button>
      </div>
      <p class="hint">
        Or drop them here: images and labels as of MNIST, plain or .gz. They stay on your machine. Digits that you draw can be
        added in <a href="#panel=draw">Draw and classify</a>.
      </p>
    </FileDrop>
  );
}
