import { at } from '../lanes';
import { Circuit, Population } from './records';

/** How many steps fit into all that is recorded, whoever fires. */
export function roomFor(circuit: Circuit): i32 {
  let steps = i32.MAX_VALUE;
  if (circuit.rateEvery !== 0) steps = min(steps, circuit.rateRoom - circuit.rateEntries);
  if (circuit.voltageEvery !== 0) steps = min(steps, circuit.voltageRoom - circuit.voltageEntries);
  for (let index = 0; index < circuit.populationCount; index++) {
    const p = changetype<Population>(circuit.populations + <usize>index * offsetof<Population>());
    if (p.log !== 0) steps = min(steps, (p.logRoom - p.logEntries) / p.size);
  }
  return steps;
}

/** What a step adds to rates and potentials. */
export function record(circuit: Circuit, t: i32): void {
  if (circuit.rateEvery !== 0) {
    for (let index = 0; index < circuit.rateCount; index++) {
      const sum = at(circuit.rateSums, index);
      store<i32>(sum, load<i32>(sum) + changetype<Population>(load<usize>(at(circuit.rateOf, index))).count);
    }
    if ((t + 1) % circuit.rateEvery === 0) endWindow(circuit);
  }
  if (circuit.voltageEvery !== 0 && (t + 1) % circuit.voltageEvery === 0) recordVoltage(circuit);
}

function endWindow(circuit: Circuit): void {
  const row = at(circuit.rateRows, circuit.rateEntries * circuit.rateCount);
  memory.copy(row, circuit.rateSums, at(0, circuit.rateCount));
  memory.fill(circuit.rateSums, 0, at(0, circuit.rateCount));
  circuit.rateEntries++;
}

function recordVoltage(circuit: Circuit): void {
  const count = circuit.voltageCount;
  const row = at(circuit.voltageRows, circuit.voltageEntries * count);
  for (let index = 0; index < count; index++) store<f32>(at(row, index), load<f32>(load<usize>(at(circuit.voltageOf, index))));
  circuit.voltageEntries++;
}
