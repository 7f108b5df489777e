import { replay } from './replay.js';

replay('spikeseg_');
