import { replay } from './replay.js';

replay('spyketorch_');
