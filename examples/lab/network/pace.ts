/** Images a second that the control offers, even steps on a log scale; the last is as fast as possible. */
export const paces: readonly number[] = [
  1,
  2.5,
  5,
  10,
  25,
  50,
  100,
  250,
  500,
  1000,
  2500,
  5000,
  10_000,
  Number.POSITIVE_INFINITY,
];

/** The generated digits take a few seconds, and one sees fields sharpen. */
export const defaultPace = 1000;

/** A pace in words. */
export const paceText = (pace: number): string =>
  Number.isFinite(pace) ? `${pace} ${pace === 1 ? 'image' : 'images'} a second` : 'as fast as possible';

/** Where the offered pace that is nearest to this one stands among {@link paces}. */
export function placeOfPace(pace: number): number {
  const fastest = paces.length - 1;
  if (!Number.isFinite(pace)) return fastest;
  const distances = paces.slice(0, fastest).map((offered) => Math.abs(Math.log(offered / pace)));
  return distances.indexOf(Math.min(...distances));
}
