/** The number that a line of a header tells; `undefined` where none does. */
export function numberOf(header: readonly string[], line: RegExp): number | undefined {
  const [, digits] = header.map((text) => line.exec(text)).find((match) => match !== null) ?? [];
  const value = Number(digits);
  return Number.isSafeInteger(value) && value <= 2 ** 14 ? value : undefined;
}

/** The size of the sensor, in either form in which RAW files tell it. */
export function sizeIn(header: readonly string[]): readonly [width: number, height: number] | undefined {
  const [width, height] = [numberOf(header, /width=(\d+)/), numberOf(header, /height=(\d+)/)];
  if (width && height) return [width, height];
  const [columns, rows] = [numberOf(header, /^% geometry (\d+)x\d+/), numberOf(header, /^% geometry \d+x(\d+)/)];
  return columns && rows ? [columns, rows] : undefined;
}
