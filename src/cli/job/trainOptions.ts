import type { BackendName } from '../../backends/useBackend.js';
import type { TimesControl } from '../../data/events/timesControl.js';
import type { ControlKind } from '../../networks/latency/control/control.js';
import type { PresetName } from '../../papers/presets.js';

/** The options of `stdp train`, parsed. */
export interface TrainOptions {
  readonly data?: string;
  readonly label?: string;
  readonly grey?: true;
  readonly times?: TimesControl;
  readonly preset?: PresetName;
  readonly neurons?: number;
  readonly seed?: number;
  readonly train?: number;
  readonly holdout?: number;
  readonly backend?: BackendName;
  readonly out?: string;
  readonly force?: true;
  readonly control?: ControlKind;
  readonly set: readonly string[];
  readonly resume?: string;
  readonly otherData?: boolean;
  readonly workers?: number;
  /** Where workers of other machines are asked to help, `redis://…`. */
  readonly engine?: string;
  readonly json?: true;
  /** Seconds between two checkpoints; 30 by default. */
  readonly checkpoint: number;
}
