import type { Call } from '../call.js';
import { circuitCalls } from './circuits.js';
import { competitionCalls } from './competition.js';
import { competitiveCalls } from './competitive.js';
import { conformanceCalls } from './conformance.js';
import { coreCalls } from './core.js';
import { dataCalls } from './data.js';
import { encoderCalls } from './encoders.js';
import { eventCalls } from './events.js';
import { formatCalls } from './formats.js';
import { learnerCalls } from './learners.js';
import { networkCalls } from './networks.js';
import { neuronCalls } from './neurons.js';
import { peerCalls } from './peers.js';
import { rulePartCalls } from './ruleParts.js';
import { ruleCalls } from './rules.js';
import { topologyCalls } from './topologies.js';
import { traceCalls } from './traces.js';
import { updateCalls } from './updates.js';
import { validatorCalls } from './validators.js';

/** Every public function that takes data, with right arguments. */
export const calls: readonly Call[] = [
  coreCalls,
  ruleCalls,
  rulePartCalls,
  peerCalls,
  validatorCalls,
  updateCalls,
  topologyCalls,
  traceCalls,
  neuronCalls,
  encoderCalls,
  competitionCalls,
  learnerCalls,
  networkCalls,
  competitiveCalls,
  circuitCalls,
  dataCalls,
  eventCalls,
  formatCalls,
  conformanceCalls,
].flat();
