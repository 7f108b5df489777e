/**
 * Networks of populations and projections as plain data: sparse, with delays, any rule on each projection, event-driven.
 *
 * @module
 */
export type { CheckedProjection, Populations } from '../circuits/checked/projections.js';
export type { CheckedWiring } from '../circuits/checked/wirings.js';
export type { Circuit, CircuitCoincidence, RecordSpec } from '../circuits/circuit.js';
export type {
  Arrays,
  CircuitInput,
  CircuitRecords,
  CircuitState,
  CircuitWiring,
  ProjectionWiring,
  Series,
  SpikeList,
} from '../circuits/circuitState.js';
export { runComposed } from '../circuits/composed/runComposed.js';
export { init } from '../circuits/init.js';
export { type Environment, type Interaction, interact, type Turn } from '../circuits/interact.js';
export type { AdaptiveLifNeuronParams } from '../circuits/neurons/adaptiveLif.js';
export type { AdExNeuronParams } from '../circuits/neurons/adEx.js';
export type { CondLifNeuronParams } from '../circuits/neurons/condLif.js';
export type { IntegrateAndFireNeuronParams } from '../circuits/neurons/integrateAndFire.js';
export type { IzhikevichNeuronParams } from '../circuits/neurons/izhikevich.js';
export type { LifNeuronParams } from '../circuits/neurons/lif.js';
export type { NeuronKindParams } from '../circuits/neurons/neuronKinds.js';
export type { ConductanceReceptor, Receptors } from '../circuits/neurons/receptors.js';
export {
  type NeuronSurroundings,
  type NeuronTensors,
  type OwnNeuron,
  registerNeuron,
} from '../circuits/neurons/registerNeuron.js';
export type { SpikeResponseNeuronParams } from '../circuits/neurons/spikeResponse.js';
export type {
  Drawn,
  NeuronKind,
  NeuronPopulation,
  Population,
  Rate,
  Receptor,
  SourcePopulation,
} from '../circuits/population.js';
export type { Projection, ProjectionRule, ShortTerm, Wiring } from '../circuits/projection.js';
export { ready } from '../circuits/ready.js';
export { run } from '../circuits/run.js';
export { type CheckedCircuit, validateCircuit } from '../circuits/validateCircuit.js';
export { wire } from '../circuits/wire.js';
export { type BrunelOptions, brunel } from '../papers/circuits/brunel.js';
export type { CircuitPreset } from '../papers/circuits/circuitPreset.js';
export { circuitPresets } from '../papers/circuits/circuitPresets.js';
export { type FlorianMemory, type FlorianOptions, florian2007, florianWorld } from '../papers/circuits/florian2007.js';
export {
  type IzhikevichMemory,
  type IzhikevichOptions,
  type IzhikevichWorldOptions,
  izhikevich2007,
  izhikevichWorld,
} from '../papers/circuits/izhikevich2007.js';
export {
  type MasquelierMemory,
  type MasquelierOptions,
  masquelier2008,
  masquelierWorld,
} from '../papers/circuits/masquelier2008.js';
export { type MasquelierInput, type MasquelierInputOptions, masquelierInput } from '../papers/circuits/masquelierInput.js';
export {
  type SongMemory,
  type SongOptions,
  songCorrelated,
  songMillerAbbott2000,
} from '../papers/circuits/songMillerAbbott2000.js';
export { type VogelsOptions, vogels2011 } from '../papers/circuits/vogels2011.js';
