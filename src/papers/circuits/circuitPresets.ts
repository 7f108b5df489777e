import { frozen } from '../../core/frozen.js';
import { brunel } from './brunel.js';
import type { CircuitPreset } from './circuitPreset.js';
import { florian2007, florianWorld } from './florian2007.js';
import { izhikevich2007, izhikevichWorld } from './izhikevich2007.js';
import { masquelier2008, masquelierWorld } from './masquelier2008.js';
import { songMillerAbbott2000 } from './songMillerAbbott2000.js';
import { vogels2011 } from './vogels2011.js';

/** Every published circuit by name. */
export const circuitPresets = frozen({
  vogels2011: {
    summary: 'inhibition learns to balance excitation: 8000 + 2000 neurons',
    source: 'Vogels, Sprekeler, Zenke, Clopath and Gerstner 2011',
    expected: 'excitatory neurons settle at 5 to 7 Hz and fire irregularly',
    seconds: 60,
    circuit: (seed) => vogels2011({ seed }),
  },
  songMillerAbbott2000: {
    summary: 'competition among 1000 inputs of one neuron',
    source: 'Song, Miller and Abbott 2000',
    expected: 'an output of 9 to 12 Hz; weights at either bound',
    seconds: 1000,
    circuit: (seed) => songMillerAbbott2000({ seed }),
  },
  masquelier2008: {
    summary: 'a neuron finds a pattern that is hidden in the spikes of 2000 afferents',
    source: 'Masquelier, Guyonneau and Thorpe 2008; Hathway and Goodman 2018',
    expected: 'after 450 s it fires within 10 ms of the beginning of each pattern, and else never',
    seconds: 450,
    circuit: (seed) => masquelier2008({ seed }),
    environment: (seed) => masquelierWorld({ seed }),
  },
  izhikevich2007: {
    summary: 'dopamine that comes seconds late finds the synapse that earned it',
    source: 'Izhikevich 2007',
    expected: 'the chosen synapse of 80 000 reaches its bound within an hour',
    seconds: 3600,
    circuit: (seed) => izhikevich2007({ seed }),
    environment: (seed) => izhikevichWorld({ seed }),
  },
  florian2007: {
    summary: 'exclusive or, learned from rewards',
    source: 'Florian 2007',
    expected: 'the output fires faster for one bit than for none or both',
    seconds: 400,
    circuit: (seed) => florian2007({ seed }),
    environment: (seed) => florianWorld({ seed }),
  },
  brunel: {
    summary: 'a sparse network of 12 500 neurons that fires asynchronously and irregularly',
    source: 'Brunel 2000',
    expected: 'about 38 Hz',
    seconds: 1,
    circuit: (seed) => brunel({ seed }),
  },
} satisfies { readonly [name: string]: CircuitPreset });
