import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface FileDropProps {
  readonly label: string;
  readonly class?: string;
  /** At least one. */
  readonly onFiles: (files: readonly File[]) => void;
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
        giveFiles(event.dataTransfer?.files, onFiles);
      }}
    >
      {children}
    </section>
  );
}

interface FilePickerProps {
  readonly text: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that opens files. The same file can be chosen twice. */
export const FilePicker = ({ text, multiple = false, onFiles }: FilePickerProps) => (
  <label class="button">
    {text}
    <input
      type="file"
      multiple={multiple}
      class="unseen"
      onChange={({ currentTarget }) => {
        giveFiles(currentTarget.files, onFiles);
        currentTarget.value = '';
      }}
    />
  </label>
);

function giveFiles(list: FileList | null | undefined, onFiles: (files: readonly File[]) => void): void {
  const files = [...(list ?? [])];
  if (files.length > 0) onFiles(files);
}
