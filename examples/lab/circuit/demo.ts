import { type Circuit, vogels2011 } from 'tfjs-stdp/circuits';

/** What the panel begins with: 800 excitatory and 200 inhibitory neurons, which inhibition can learn to balance. */
export const demo = (seed: number): Circuit => vogels2011({ seed, share: 0.1 });
