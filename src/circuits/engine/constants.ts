import { populationKinds } from '../../kernels/circuitRecords.js';
import type { NeuronModel } from '../neurons/neuronKinds.js';
import { type CircuitArena, newRecord } from './memory.js';

/** What the kernels know of the neurons of a population. */
export interface NeuronConstants {
  readonly kind: number;
  /** Address of the constants of the kind. */
  readonly constants: number;
  /** ms. */
  readonly tauRefractory: number;
  /** The variable beside the potential. */
  readonly extra?: string;
}

/** The code of a kind of populations. */
export const kindOf = (kind: (typeof populationKinds)[number]): number => populationKinds.indexOf(kind);

/** Constants of neurons, with all decays of a step worked out. */
export function neuronConstants(arena: CircuitArena, model: NeuronModel, dt: number): NeuronConstants {
  switch (model.kind) {
    case 'lif': {
      const { capacitance, leak, vRest, vTh, vReset, current, tauRefractory } = model.params;
      const gain = -Math.expm1((-dt * leak) / capacitance) / leak;
      const fields = { leak, drive: leak * vRest + current, gain, threshold: vTh, reset: vReset };
      return { kind: kindOf('current'), constants: newRecord(arena, 'Current', fields).address, tauRefractory };
    }
    case 'integrateAndFire': {
      const { vTh, vReset, current, tauRefractory } = model.params;
      const fields = { leak: 0, drive: current, gain: dt, threshold: vTh, reset: vReset };
      return { kind: kindOf('current'), constants: newRecord(arena, 'Current', fields).address, tauRefractory };
    }
    case 'condLif': {
      const { tauRefractory } = model.params;
      const { address } = newRecord(arena, 'Conductance', conductance(model.params, dt));
      return { kind: kindOf('conductance'), constants: address, tauRefractory };
    }
    case 'adaptiveLif': {
      const { thetaPlus, tauTheta, tauRefractory } = model.params;
      const fields = { ...conductance(model.params, dt), decay: Math.exp(-dt / tauTheta), jump: thetaPlus };
      const { address } = newRecord(arena, 'Conductance', fields);
      return { kind: kindOf('adaptive'), constants: address, tauRefractory, extra: 'theta' };
    }
    case 'adEx': {
      const { leak, vRest, vTh, slopeFactor, vPeak, a, b, tauAdaptation, tauRefractory } = model.params;
      const decay = Math.exp(-dt / tauAdaptation);
      const upstroke = { sharpness: Math.LOG2E / slopeFactor, rise: leak * slopeFactor, knee: vTh };
      const adaptation = { decay, jump: b, coupling: a * (1 - decay), rest: vRest };
      const fields = { ...conductance(model.params, dt), threshold: vPeak, ...upstroke, ...adaptation };
      const { address } = newRecord(arena, 'Conductance', fields);
      return { kind: kindOf('adEx'), constants: address, tauRefractory, extra: 'w' };
    }
    case 'izhikevich': {
      const { a, b, c, d, vPeak, current } = model.params;
      const fields = { half: dt / 2, recovery: a * dt, b, drive: current, threshold: vPeak, reset: c, jump: d };
      const { address } = newRecord(arena, 'Izhikevich', fields);
      return { kind: kindOf('izhikevich'), constants: address, tauRefractory: 0, extra: 'u' };
    }
    case 'spikeResponse': {
      const { tauMem, tauSyn, vTh, spikeHeight, afterpotential, tauRefractory } = model.params;
      const [membrane, synapse] = [Math.exp(-dt / tauMem), Math.exp(-dt / tauSyn)];
      const common = (membrane - synapse) / (1 / tauSyn - 1 / tauMem);
      const height = (tauSyn / tauMem) ** (tauMem / (tauSyn - tauMem)); // a spike of weight 1 alone rises to 1
      const fields = {
        ...{ membrane, synapse, gain: (height / tauMem) * common, after: ((-afterpotential * vTh) / tauSyn) * common },
        ...{ threshold: vTh, peak: spikeHeight * vTh },
      };
      const { address } = newRecord(arena, 'SpikeResponse', fields);
      return { kind: kindOf('spikeResponse'), constants: address, tauRefractory, extra: 'a' };
    }
  }
}

interface Membrane {
  readonly capacitance: number;
  readonly leak: number;
  readonly vRest: number;
  readonly vTh: number;
  readonly vReset: number;
  readonly current: number;
}

const conductance = ({ capacitance, leak, vRest, vTh, vReset, current }: Membrane, dt: number) => ({
  leak,
  drive: leak * vRest + current,
  pace: dt / capacitance,
  threshold: vTh,
  reset: vReset,
});
