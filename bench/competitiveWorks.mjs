// What diehlCook2015 with 400 neurons does, with steps of 1 ms.
import { fork, orThrow } from 'tfjs-stdp';
import { presets, respond, trainCompetitive, validateCompetitiveSpec } from 'tfjs-stdp/networks';

/** Images of one round, and images shown before anything is measured: thresholds have grown by then. */
const [images, before] = [1000, 6000];

/** Learning and answering. */
export async function competitiveWorks(digits) {
  const spec = (shown) =>
    orThrow(validateCompetitiveSpec({ ...presets.diehlCook2015.network(400), learning: { images: shown } }));
  const few = { pixels: digits.pixels.subarray(0, images * 784), labels: digits.labels.subarray(0, images), count: images };
  let learned = await trainCompetitive(spec(before), digits, { seed: 1 });
  return [
    {
      work: 'diehlCook2015, learning',
      kind: 'competitive',
      images,
      run: async () => {
        learned = await trainCompetitive(spec(learned.imagesSeen + images), digits, { seed: 1, from: learned });
      },
    },
    {
      work: 'diehlCook2015, answering',
      images,
      run: () => respond({ spec: spec(before), learned, images: few, spikes: fork(1, 9) }, () => undefined),
    },
  ];
}
