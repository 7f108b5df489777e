// The kernels of circuits, by name. Records lie in memory as src/kernels/circuitRecords.ts says.
export { runCircuit } from './circuits/run';
