import { orThrow } from '../../../src/core/errors.js';
import { generateDigits } from '../../../src/data/digits.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';

/** A competitive network that learns in a moment, its thresholds growing as fast as that needs. */
export const small = (images = 230, neurons = 20): CompetitiveSpec =>
  orThrow(
    validateCompetitiveSpec({
      name: 'small',
      input: { duration: 100, maxRate: 150 },
      layer: { neurons, thetaPlus: (7.5 * neurons) / images },
      learning: { images },
    }),
  );

export const digits = generateDigits(60, 3);
