import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { droppedFiles, type PlacedFile, placedFiles } from './droppedFiles.js';

interface FileDropProps {
  readonly label: string;
  readonly class?: string;
  /** At least one. */
  readonly onFiles: (files: readonly PlacedFile[]) => void;
  readonly children: ComponentChildren;
}

/** A part of the page that files can be dropped on. */
export function FileDrop({ label, class: name = '', onFiles, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  return (
    <section
      aria-label={label}
      class={`drop ${name} ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
      }}
    >
      {children}
    </section>
  );
}

interface FilePickerProps {
  readonly text: string;
  readonly multiple?: boolean;
  /** Whether a folder is chosen, with all that lies in it. */
  readonly folder?: boolean;
  readonly onFiles: (files: readonly PlacedFile[]) => void;
}

/** A button that opens files. The same file can be chosen twice. */
export const FilePicker = ({ text, multiple = false, folder = false, onFiles }: FilePickerProps) => (
  <label class="button">
    {text}
    <input
      type="file"
      multiple={multiple}
      {...(folder && { webkitdirectory: true })}
      class="unseen"
      onChange={({ currentTarget }) => {
        const files = placedFiles(currentTarget.files);
        if (files.length > 0) onFiles(files);
        currentTarget.value = '';
      }}
    />
  </label>
);
