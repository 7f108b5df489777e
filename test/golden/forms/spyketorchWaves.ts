import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { featureInhibition } from '../../../src/competition/featureInhibition.js';
import { getKWinners } from '../../../src/competition/kWinners.js';
import { pointwiseInhibition } from '../../../src/competition/pointwiseInhibition.js';
import { fire, thresholdPotentials } from '../../../src/neurons/fire.js';
import { maxPoolSpikes } from '../../../src/topologies/maxPool.js';
import { expectClose } from '../compare.js';
import type { Form } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import * as loops from '../loops/spyketorchWaves.js';
import * as winnerLoops from '../loops/spyketorchWinners.js';
import { unmetered } from '../meter.js';
import { CHANNELS_LAST, places, wave } from '../waves.js';

const expectWave = (found: tf.Tensor, recorded: GoldenTensor) => expectClose(found, recorded, 0, CHANNELS_LAST);

async function firing({ params, inputs, expected }: GoldenCase): Promise<void> {
  await expectWave(fire(wave(inputs.potentials), params.threshold), expected.fire);
  await expectWave(thresholdPotentials(wave(inputs.potentials), params.threshold), expected.thresholded);
}

async function functions(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  await firing(golden);
  const potentials = wave(inputs.potentials);
  const kept = thresholdPotentials(potentials, params.threshold);
  await expectWave(fire(potentials), expected.fire_none);
  await expectWave(thresholdPotentials(potentials), expected.threshold_none);
  await expectWave(pointwiseInhibition(kept), expected.pointwise);
  await expectWave(tf.sign(pointwiseInhibition(kept)), expected.pointwise_spikes);
  await expectWave(featureInhibition(kept, [...params.inhibited_features]), expected.feature_inhibition);
  for (const [field, recorded] of Object.entries<GoldenTensor>(expected)) {
    const pool = loops.poolingOf(field);
    if (pool === undefined) continue;
    const pooled = pool.padding === 0 ? fire(potentials, params.threshold) : kept;
    await expectWave(maxPoolSpikes(pooled, pool.size, pool.stride, pool.padding), recorded);
  }
}

/** Winners by the numbers and radii that the case asks for. */
async function winnersOfMany({ params, inputs, expected }: GoldenCase): Promise<void> {
  const [potentials, spikes] = [wave(inputs.potentials), wave(inputs.spikes)];
  if (params.threshold !== undefined) await expectWave(thresholdPotentials(potentials, params.threshold), inputs.potentials);
  const inhibited = pointwiseInhibition(potentials);
  await expectWave(inhibited, inputs.pointwise ?? expected.pointwise);
  for (const question of expected.cases) {
    const options = { k: question.kwta, inhibitionRadius: question.inhibition_radius };
    expect(places(await getKWinners(potentials, { ...options, spikes }))).toEqual(question.winners);
    expect(places(await getKWinners(potentials, options))).toEqual(question.winners_spikes_none ?? question.winners);
    expect(places(await getKWinners(inhibited, options))).toEqual(question.winners_after_pointwise);
  }
}

/** The largest final potential wins; where all are negative the peer picks the most negative. */
async function decision(golden: GoldenCase): Promise<void> {
  const { inputs, expected } = golden;
  const { asThePeer, right } = winnerLoops.decided(unmetered(golden));
  const potentials = wave(inputs.potentials);
  const spikes = fire(potentials);
  await expectWave(spikes, expected.spikes);
  expect(expected.winners).toEqual(asThePeer);
  expect(places(await getKWinners(potentials, { spikes }))).toEqual(right);
}

/** As many winners as there are maps are asked for. */
async function silence({ inputs, expected }: GoldenCase): Promise<void> {
  const potentials = wave(inputs.potentials);
  expect(places(await getKWinners(potentials, { k: inputs.potentials.shape[1] }))).toEqual(expected.winners);
  await expectWave(pointwiseInhibition(potentials), expected.pointwise);
}

const has =
  (field: string) =>
  ({ expected }: GoldenCase) =>
    field in expected;
const winners = 'spyketorch_kwinners__';

export const forms: readonly Form[] = [
  { cases: 'spyketorch_fire__', check: firing, loops: loops.fire },
  { cases: 'spyketorch_fn__', check: functions, loops: loops.functions },
  {
    cases: winners,
    when: has('cases'),
    check: winnersOfMany,
    loops: winnerLoops.winnersOfMany,
    unread: () => ({ 'expected.cases[].on': 'a word for inputs.potentials, which are read' }),
  },
  { cases: winners, when: has('spikes'), check: decision, loops: winnerLoops.decision },
  {
    cases: winners,
    when: (golden) => !has('cases')(golden) && !has('spikes')(golden),
    check: silence,
    loops: winnerLoops.silence,
  },
];
