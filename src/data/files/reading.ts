import { check, flag, optional } from '../../core/params/validation.js';

/**
 * How files are read.
 *
 * @property label  of tables: the column that names the classes, by its name or its number from 1. Default: a column called `label`, `class`,
 *                  `target`, `species` or `variety`, or the only one that holds no numbers.
 * @property grey   whether coloured images become grey ones. Default false.
 */
export interface DataReading {
  readonly label?: string | number | undefined;
  readonly grey?: boolean | undefined;
}

const isLabel = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (Number.isSafeInteger(value) && Number(value) > 0);

/** What {@link DataReading} must be. */
export const readingChecks = {
  label: optional(check('the name of a column or its number from 1', isLabel)),
  grey: optional(flag),
};

/** What is said of how files are read, and nothing else. */
export const readingOf = ({ label, grey }: DataReading): DataReading => ({
  ...(label !== undefined && { label }),
  ...(grey !== undefined && { grey }),
});
