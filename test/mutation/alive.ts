import { inject } from 'vitest';
import { switches } from './switches.js';

/** Before any module of src is loaded: a mutant that acts then has to be active already. */
switches.activeMutant = inject('mutation').alive;
