import { Help, helpOf } from './Help.js';
import { TypedField } from './TypedField.js';

interface NumberControlProps {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly help: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
}

/** A number by slider, or exactly in the field beside it. */
export function NumberControl({ id, name, unit, help, value, min, max, step, onValue }: NumberControlProps) {
  const given = (next: number): void => {
    if (!Number.isNaN(next)) onValue(next);
  };
  return (
    <div class="param">
      <label for={id}>
        {name}
        {unit === '' ? null : <small> {unit}</small>}
      </label>
      <input
        type="range"
        aria-label={`${name}, slider`}
        aria-describedby={helpOf(id)}
        min={min}
        max={max}
        step={step}
        value={value}
        onInput={({ currentTarget }) => given(currentTarget.valueAsNumber)}
      />
      <TypedField id={id} describedBy={helpOf(id)} type="number" value={value} onField={(field) => given(field.valueAsNumber)} />
      <Help of={id} text={help} />
    </div>
  );
}
