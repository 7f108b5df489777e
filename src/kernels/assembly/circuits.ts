// The kernels of circuits, by name. Records lie in memory as src/kernels/circuitRecords.ts says.
// A loop that the compiler is to leave apart; nothing outside calls it.
export { runCircuit, stretch as _stretch } from './circuits/run';
