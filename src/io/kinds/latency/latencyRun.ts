import type { BackendName } from '../../../backends/useBackend.js';
import type { Control, ControlScore } from '../../../networks/latency/control/control.js';
import type { NetworkSpec } from '../../../networks/latency/spec/networkSpec.js';
import type { TrainingState } from '../../../networks/latency/training/trainingState.js';
import type { Readout } from '../../../networks/readout/readout.js';
import type { AnyRun } from '../../run.js';

/** A latency-coded convolutional network with its read-out. The arrays: weights of each layer begun, and the fit. */
export interface LatencyRun extends AnyRun {
  readonly kind: 'latency';
  readonly network: NetworkSpec;
  readonly control: Control;
  readonly backend: BackendName;
  readonly training: Omit<TrainingState, 'weights'>;
  readonly controlled?: ControlScore;
  readonly arrays: { readonly layers: readonly Float32Array[]; readonly readout?: Readout };
}
