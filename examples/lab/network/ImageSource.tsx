import { useState } from 'preact/hooks';
import type { PlacedFile } from '../ui/droppedFiles.js';
import { FileDrop, FilePicker } from '../ui/FileDrop.js';
import type { Command, DataReport, PictureReport } from './protocol.js';
import { drawingRepeats } from './trainingSetSizes.js';

interface ImageSourceProps {
  readonly data: DataReport | undefined;
  readonly picture: PictureReport | undefined;
  readonly send: (command: Command) => void;
}

/** Where the images come from; the user's own files by picker or by drag and drop. */
export function ImageSource({ data, picture, send }: ImageSourceProps) {
  const [label, setLabel] = useState('');
  const use = (files: readonly PlacedFile[]): void => send({ type: 'files', files, label: label.trim() || undefined });
  return (
    <FileDrop label="Images" class="images" onFiles={use}>
      <p>
        Learning from <strong data-test="data">{data?.name ?? '…'}</strong>: {data?.count ?? 0} images
        {data && data.drawn > 0 ? ` and ${data.drawn} you drew, each shown ${drawingRepeats} times` : ''}
        {data && <Classes data={data} />}.
      </p>
      {picture && <Told picture={picture} names={data?.classNames ?? []} />}
      <div class="row">
        <FilePicker text="Choose files …" multiple onFiles={use} />
        <FilePicker text="Choose a folder …" folder onFiles={use} />
        <button type="button" onClick={() => send({ type: 'generated' })}>
          Generated digits
        </button>
        <label>
          Class column of a table
          <input
            type="text"
            size={10}
            placeholder="found"
            value={label}
            onInput={({ currentTarget }) => setLabel(currentTarget.value)}
          />
        </label>
      </div>
      <p class="hint">
        Or drop them here: a folder with a folder of pictures for each class, .npz or .npy, a CSV table, CIFAR-10’s or MNIST’s
        files, plain or .gz. Colours become grey. They stay on your machine. One picture alone is shown to the trained network.
        Digits that you draw can be added in <a href="#panel=draw">Draw and classify</a>.
      </p>
    </FileDrop>
  );
}

/** The classes, and how many images are kept aside. */
function Classes({ data: { classNames, tested } }: { readonly data: DataReport }) {
  if (classNames.length === 0) return <>, without labels</>;
  const most = 12;
  const named = classNames.slice(0, most).join(', ');
  return (
    <>
      {' '}
      of <span data-test="classes">{classNames.length > most ? `${named}, …` : named}</span>, {tested} more kept aside to test on
    </>
  );
}

/** What a picture was taken for. */
function Told({ picture, names }: { readonly picture: PictureReport; readonly names: readonly string[] }) {
  const nearest = picture.margins
    .map((margin, label) => ({ name: names[label] ?? String(label), margin }))
    .sort((a, b) => b.margin - a.margin)
    .slice(0, 3);
  return (
    <p role="status" data-test="told">
      {picture.picture}: <strong>{picture.answer}</strong> (margins:{' '}
      {nearest.map(({ name, margin }) => `${name} ${margin.toFixed(2)}`).join(', ')})
    </p>
  );
}
