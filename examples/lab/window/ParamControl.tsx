import { NumberControl } from '../ui/NumberControl.js';
import { TypedField } from '../ui/TypedField.js';
import { pathOf, sliderRange } from './params.js';
import type { ParamSchema, ParamValue } from './protocol.js';

interface ParamControlProps {
  readonly param: ParamSchema;
  readonly value: ParamValue;
  readonly onValue: (value: ParamValue) => void;
}

/** A control for a parameter, by its kind, with its unit and what the library says of it. */
export function ParamControl({ param, value, onValue }: ParamControlProps) {
  const name = pathOf(param);
  const id = `param-${name}`;
  switch (param.kind) {
    case 'number':
      return (
        <NumberControl
          id={id}
          name={name}
          unit={param.unit}
          help={param.description}
          value={Number(value)}
          {...sliderRange(param)}
          onValue={onValue}
        />
      );
    case 'flag':
      return (
        <div class="param" title={param.description}>
          <label for={id}>{name}</label>
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            onChange={({ currentTarget }) => onValue(currentTarget.checked)}
          />
        </div>
      );
    case 'choice':
      return (
        <div class="param" title={param.description}>
          <label for={id}>{name}</label>
          <select id={id} value={String(value)} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
            {param.choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        </div>
      );
    case 'text':
      return (
        <div class="param wide" title={param.description}>
          <label for={id}>{name}</label>
          <TypedField id={id} type="text" value={String(value)} onField={(field) => onValue(field.value)} />
        </div>
      );
    default:
      return param satisfies never;
  }
}
