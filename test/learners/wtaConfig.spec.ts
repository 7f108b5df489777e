import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { validateWtaConfig, wtaConfigDefaults } from '../../src/learners/wtaConfig.js';

describe('WtaConfig', () => {
  it('fills in the defaults', () => {
    expect(orThrow(validateWtaConfig({ mode: 'both' }))).toEqual({ ...wtaConfigDefaults, mode: 'both' });
  });

  it.each([
    [{ localRadius: 1.5 }, 'WtaConfig: localRadius must be an integer ≥ 0, got 1.5'],
    [{ targetRate: -0.1 }, 'targetRate must be a number in [0, 1], got -0.1'],
    [{ homeostasisRate: 0 }, 'homeostasisRate must be a number > 0, got 0'],
    [{ thresholdMin: 5, thresholdMax: 5 }, 'thresholdMin must be below thresholdMax, got 5 and 5'],
  ])('refuses %j', (given, message) => {
    expect(() => orThrow(validateWtaConfig(given))).toThrow(message);
  });

  it('names the modes when given another', () => {
    const given = JSON.parse('{"mode":"some"}');
    expect(() => orThrow(validateWtaConfig(given))).toThrow(`mode must be one of 'global', 'local', 'both', got "some"`);
  });
});
