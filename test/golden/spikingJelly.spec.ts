import { replay } from './replay.js';

replay('spikingjelly_');
