import { isRight } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { stdpConfigDefaults, stdpConfigFromPaper, validateStdpConfig } from '../../src/learners/stdpConfig.js';

describe('StdpConfig', () => {
  it('fills in the defaults', () => {
    expect(orThrow(validateStdpConfig({ etaPlus: 0.1 }))).toEqual({ ...stdpConfigDefaults, etaPlus: 0.1 });
  });

  it.each([
    [{ etaPlus: 0 }, 'StdpConfig: etaPlus must be a number > 0, got 0'],
    [{ etaMinus: -0.003 }, 'etaMinus must be a number > 0, got -0.003'],
    [{ wMin: Number.NEGATIVE_INFINITY }, 'wMin must be a finite number, got -Infinity'],
    [{ wMin: 0.9, wMax: 0.9 }, 'wMin must be below wMax, got 0.9 and 0.9'],
    [{ wMax: 0.7 }, 'weightInitMean must be in [0, 0.7], got 0.8'],
    [{ weightInitStd: 0 }, 'weightInitStd must be a number > 0, got 0'],
    [{ convergenceThreshold: Number.NaN }, 'convergenceThreshold must be a number > 0, got NaN'],
  ])('refuses %j', (given, message) => {
    expect(() => orThrow(validateStdpConfig(given))).toThrow(message);
  });

  it('knows its papers in any case, and lists them when asked for another', () => {
    expect(stdpConfigFromPaper('Kheradpisheh2018')).toMatchObject({ etaPlus: 0.004, etaMinus: 0.003, weightInitStd: 0.05 });
    expect(isRight(validateStdpConfig(stdpConfigFromPaper('IGARSS2023')))).toBe(true);
    const known = "must be one of 'kheradpisheh2018', 'igarss2023'";
    expect(() => stdpConfigFromPaper('diehl2015')).toThrow(`stdpConfigFromPaper: paper ${known}, got "diehl2015"`);
    expect(() => stdpConfigFromPaper('toString')).toThrow(known);
  });
});
