import { replay } from './replay.js';

replay('bindsnet_');
