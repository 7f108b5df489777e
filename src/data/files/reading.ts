import { check, flag, oneOf, optional } from '../../core/params/validation.js';
import { timesControls } from '../events/timesControl.js';

/** How files are read. */
export interface DataReading {
  /**
   * Of tables: the column that names the classes, by its name or its number from 1. Default: a column called `label`, `class`,
   * `target`, `species` or `variety`, or the only one that holds no numbers.
   */
  readonly label?: string | number | undefined;
  /** Whether coloured images become grey ones. Default false. */
  readonly grey?: boolean | undefined;
  /**
   * Of events, a control for whether their times matter, `'collapsed'`: all spikes of a saccade come at its beginning, or `'shuffled'`:
   * the spikes of a sample change their times with one another. Default: as they are.
   */
  readonly times?: 'collapsed' | 'shuffled' | undefined;
}

/** How data are read. */
export interface DataOptions extends DataReading {
  /** The last so many images, or that share of them, take the place of the test images. Default 0: none. */
  readonly holdout?: number | undefined;
}

/** A number of images, or a share of them below 1. */
export const aHoldout = check<number>(
  'an integer ≥ 0, or a share of the images below 1',
  (value) => typeof value === 'number' && value >= 0 && (value < 1 || Number.isSafeInteger(value)),
);

const isLabel = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (Number.isSafeInteger(value) && Number(value) > 0);

/** What {@link DataReading} must be. */
export const readingChecks = {
  label: optional(check('the name of a column or its number from 1', isLabel)),
  grey: optional(flag),
  times: optional(oneOf(...timesControls)),
};

/** What is said of how files are read, and nothing else. */
export const readingOf = ({ label, grey, times }: DataReading): DataReading => ({
  ...(label !== undefined && { label }),
  ...(grey !== undefined && { grey }),
  ...(times !== undefined && { times }),
});
