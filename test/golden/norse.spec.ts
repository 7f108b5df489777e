import { replay } from './replay.js';

replay('norse_');
