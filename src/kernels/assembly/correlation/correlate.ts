import { bucketWords } from '../change/buckets';
import { correlateByPost } from './correlateByPost';
import { correlateByPre } from './correlateByPre';
import {
  channels,
  dilationX,
  dilationY,
  height,
  kernelHeight,
  kernelWidth,
  outHeight,
  outputs,
  outWidth,
  reachHeight,
  reachWidth,
  width,
} from './geometry';
import { frameWords } from './padding';

/** Words of scratch that {@link correlate} takes. */
export function correlateWords(): i32 {
  const framed = frameWords((kernelHeight - 1) * dilationY, (kernelWidth - 1) * dilationX);
  const sorted = max(bucketWords(height * width, channels), bucketWords(outHeight * outWidth, outputs));
  return max(framed, reachHeight() * reachWidth() * channels) + sorted + 64;
}

/**
 * Adds one image's part of a convolution's change, Δ[tap, out] = Σ over positions of field(pre)[tap] · post[out], to `sums`.
 *
 * @param byPost  whether the events of post are the rarer; the layout of `sums` follows.
 */
export function correlate(pre: usize, post: usize, sums: usize, byPost: bool, scratch: usize): void {
  if (byPost) correlateByPost(pre, post, sums, scratch);
  else correlateByPre(pre, post, sums, scratch);
}
