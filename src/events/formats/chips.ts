/** Sensors whose sizes the files don't tell, by what their names hold; the first that fits. */
const sizes: readonly (readonly [name: RegExp, width: number, height: number])[] = [
  [/DVS128/i, 128, 128],
  [/DAVIS240/i, 240, 180],
  [/DAVIS346/i, 346, 260],
  [/DAVIS640/i, 640, 480],
  [/DAVIS128/i, 128, 128],
  [/DAVIS208/i, 208, 192],
];

/** The size of the sensor that a text names. */
export function sensorNamed(text: string): readonly [width: number, height: number] | undefined {
  const [, width, height] = sizes.find(([name]) => name.test(text)) ?? [];
  return width === undefined || height === undefined ? undefined : [width, height];
}
