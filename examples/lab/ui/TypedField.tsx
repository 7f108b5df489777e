import { useState } from 'preact/hooks';

interface TypedFieldProps {
  readonly id: string;
  readonly type: 'number' | 'text';
  readonly value: number | string;
  readonly describedBy?: string;
  /** Called when what was typed is to hold: at Enter, or when the field is left. */
  readonly onField: (field: HTMLInputElement) => void;
}

/** A field that keeps what is being typed, whatever is drawn anew meanwhile. */
export function TypedField({ id, type, value, describedBy, onField }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <input
      id={id}
      aria-describedby={describedBy}
      {...(type === 'number' ? { type, step: 'any' } : { type, list: undefined })}
      value={typed ?? value}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onChange={({ currentTarget }) => {
        onField(currentTarget);
        setTyped(undefined);
      }}
    />
  );
}
