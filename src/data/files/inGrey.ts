import type { DataSet, LabelledImages } from '../dataSet.js';
import { greyPicture } from '../pictures/fitPicture.js';

/** A data set whose coloured images have become grey ones. */
export const inGrey = (data: DataSet): DataSet =>
  data.channels !== 3 ? data : { ...data, channels: 1, train: greyOf(data.train), test: greyOf(data.test) };

const greyOf = ({ pixels, ...images }: LabelledImages): LabelledImages => ({
  ...images,
  pixels: greyPicture({ pixels, rows: 1, columns: pixels.length / 3, channels: 3 }).pixels,
});
