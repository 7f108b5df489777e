import { Help, helpOf } from '../ui/Help.js';
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
        <div class="param">
          <label for={id}>{name}</label>
          <input
            id={id}
            type="checkbox"
            aria-describedby={helpOf(id)}
            checked={value === true}
            onChange={({ currentTarget }) => onValue(currentTarget.checked)}
          />
          <Help of={id} text={param.description} />
        </div>
      );
    case 'choice':
      return (
        <div class="param">
          <label for={id}>{name}</label>
          <select
            id={id}
            aria-describedby={helpOf(id)}
            value={String(value)}
            onChange={({ currentTarget }) => onValue(currentTarget.value)}
          >
            {param.choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
          <Help of={id} text={param.description} />
        </div>
      );
    case 'text':
      return (
        <div class="param wide">
          <label for={id}>{name}</label>
          <TypedField
            id={id}
            describedBy={helpOf(id)}
            type="text"
            value={String(value)}
            onField={(field) => onValue(field.value)}
          />
          <Help of={id} text={param.description} />
        </div>
      );
    default:
      return param satisfies never;
  }
}
