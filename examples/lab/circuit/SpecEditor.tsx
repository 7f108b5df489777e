import { useState } from 'preact/hooks';
import type { Circuit } from 'tfjs-stdp/circuits';
import { downloadJson } from '../download.js';
import type { PlacedFile } from '../ui/droppedFiles.js';
import { FileDrop, FilePicker } from '../ui/FileDrop.js';

interface SpecEditorProps {
  readonly circuit: Circuit;
  readonly onText: (text: string) => void;
}

/** The circuit as text, to be edited, saved and opened. */
export function SpecEditor({ circuit, onText }: SpecEditorProps) {
  const text = JSON.stringify(circuit, null, 2);
  const [edited, setEdited] = useState<string | undefined>(undefined);
  const use = async ([first]: readonly PlacedFile[]): Promise<void> => {
    if (first === undefined) return;
    setEdited(undefined);
    onText(await first.file.text());
  };
  return (
    <FileDrop label="Circuit file" onFiles={use}>
      <details>
        <summary>The circuit as text</summary>
        <textarea
          aria-label="Circuit as JSON"
          spellcheck={false}
          rows={18}
          value={edited ?? text}
          onInput={({ currentTarget }) => setEdited(currentTarget.value)}
        />
        <button
          type="button"
          disabled={edited === undefined}
          onClick={() => {
            onText(edited ?? text);
            setEdited(undefined);
          }}
        >
          Use it
        </button>
      </details>
      <div class="row">
        <FilePicker text="Open …" onFiles={use} />
        <button type="button" onClick={() => downloadJson('circuit.json', text)}>
          Save
        </button>
      </div>
      <p class="hint">
        A file of <code>stdp simulate</code>: open it here, or drop it. The address of this page holds the circuit too.
      </p>
    </FileDrop>
  );
}
